package io.understudy.estate;

/** How a store survives the loss of a SQL server (domain.md 4). */
public enum StoreTechnology {
    MIRRORING,
    AVAILABILITY_GROUP,
    FAILOVER_CLUSTER,
    STANDALONE
}
