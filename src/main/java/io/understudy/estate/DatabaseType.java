package io.understudy.estate;

/** The database types that the cmdlets know (domain.md 4.1). */
public enum DatabaseType {
    USER,
    APPLICATION,
    CENTRAL_MGMT,
    MONITORING,
    ARCHIVING,
    PERSISTENT_CHAT,
    PERSISTENT_CHAT_COMPLIANCE
}
