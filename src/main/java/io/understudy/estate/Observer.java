package io.understudy.estate;

/**
 * Somebody who watches, and where: two observers count as two vantage points only at different
 * sites.
 */
public record Observer(ObserverName name, SiteName site) {}
