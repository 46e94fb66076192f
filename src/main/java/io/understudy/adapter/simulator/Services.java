package io.understudy.adapter.simulator;

import io.understudy.estate.Pool;
import java.util.ArrayList;
import java.util.List;

/** The Windows services of each role (domain.md 7.2). */
final class Services {

    static final String REGISTRAR = "RTCSRV";
    static final String BACKUP = "LYNCBACKUP";
    static final String REPLICA = "REPLICA";
    static final String MASTER = "MASTER";
    static final String FTA = "FTA";
    static final String CHAT = "RTCCHAT";
    static final String FABRIC = "FabricHostSvc";

    private Services() {}

    /** The services of a pool's servers; the first is the one that does the role's work. */
    static List<String> of(Pool pool) {
        return switch (pool.role()) {
            case FRONT_END -> frontEnd(pool);
            case EDGE, DIRECTOR -> List.of(REGISTRAR, REPLICA);
            case MEDIATION -> List.of("RTCMEDSRV", REPLICA);
            case PERSISTENT_CHAT -> List.of(CHAT, REPLICA);
        };
    }

    private static List<String> frontEnd(Pool pool) {
        List<String> services = new ArrayList<>(List.of(REGISTRAR, REPLICA, FABRIC));
        if (pool.backupPool().isPresent()) {
            services.add(BACKUP);
        }
        if (TwinView.keepsCentralManagement(pool)) {
            services.addAll(List.of(MASTER, FTA));
        }
        return services;
    }
}
