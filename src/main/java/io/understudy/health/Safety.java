package io.understudy.health;

/** Transaction safety of a mirroring session; only FULL is supported in Lync (domain.md 4.2). */
public enum Safety {
    FULL,
    OFF,
    UNKNOWN
}
