package io.understudy.decision;

/** A value that holds, and where it comes from. */
public record Effective<T>(T value, Origin origin) {}
