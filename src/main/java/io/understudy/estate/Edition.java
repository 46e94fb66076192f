package io.understudy.estate;

/**
 * Edition of a Front End pool: a Standard Edition pool is one server with a local store (domain.md
 * 1).
 */
public enum Edition {
    ENTERPRISE,
    STANDARD
}
