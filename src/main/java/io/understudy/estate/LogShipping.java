package io.understudy.estate;

/** Where a Persistent Chat store ships its log to, in the other datacenter (domain.md 6). */
public record LogShipping(SqlInstance secondary, SiteName site) {}
