package io.understudy.estate;

/** One database of a store and the type under which the cmdlets move it (domain.md 4.1). */
public record Database(String name, DatabaseType type) {}
