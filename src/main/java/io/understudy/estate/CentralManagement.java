package io.understudy.estate;

/** What a pool is to the Central Management store: its active master, its standby, or nothing. */
public enum CentralManagement {
    ACTIVE,
    STANDBY,
    NONE
}
