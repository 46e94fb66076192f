package io.understudy.topology;

import io.understudy.estate.Database;
import io.understudy.estate.DatabaseType;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The roles of a topology that are databases, and which databases they are (domain.md 4.1). */
enum StoreRole {
    USER("userstore", DatabaseType.USER, "rtcxds", "rtcshared", "rtcab"),
    APPLICATION("applicationstore", DatabaseType.APPLICATION, "rgsconfig", "rgsdyn", "cpsdyn"),
    CENTRAL_MGMT("centralmgmtstore", DatabaseType.CENTRAL_MGMT, "xds", "lis"),
    MONITORING("monitoringstore", DatabaseType.MONITORING, "LcsCDR", "QoEMetrics"),
    ARCHIVING("archivingstore", DatabaseType.ARCHIVING, "LcsLog"),
    PERSISTENT_CHAT("persistentchatstore", DatabaseType.PERSISTENT_CHAT, "mgc"),
    PERSISTENT_CHAT_COMPLIANCE(
            "persistentchatcompliancestore", DatabaseType.PERSISTENT_CHAT_COMPLIANCE, "mgccomp");

    private final String role;
    private final List<Database> databases;

    StoreRole(String role, DatabaseType type, String... names) {
        this.role = role;
        this.databases = Arrays.stream(names).map(name -> new Database(name, type)).toList();
    }

    List<Database> databases() {
        return databases;
    }

    /** The store role of this name, in lower case; empty for every other role. */
    static Optional<StoreRole> of(String role) {
        return Arrays.stream(values()).filter(store -> store.role.equals(role)).findFirst();
    }
}
