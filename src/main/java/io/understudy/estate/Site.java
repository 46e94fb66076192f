package io.understudy.estate;

/** A datacenter; an observer may sit at one that has no pool. */
public record Site(SiteName name) {}
