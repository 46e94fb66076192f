package io.understudy.api;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.understudy.control.Replica;
import io.understudy.control.Replicas;
import io.understudy.estate.ObserverName;
import io.understudy.run.Lease;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** The processes that share the work, and who has what in hand. */
@Path("/api/v1/replicas")
@Singleton
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.VIEWER)
class ReplicaResource {

    private static final String EVALUATION = "evaluation";
    private static final String PROBING = "probing";

    private final Replicas replicas;
    private final ApiSettings settings;

    @Inject
    ReplicaResource(Replicas replicas, ApiSettings settings) {
        this.replicas = replicas;
        this.settings = settings;
    }

    /** All of them. */
    record ReplicaList(List<ReplicaView> items) {}

    /** A run in hand, and the right to act on it. */
    record RunHeld(String id, long token, Instant leaseUntil) {
        static RunHeld of(Lease lease) {
            return new RunHeld(lease.runId(), lease.token(), lease.until());
        }
    }

    /** One of them, with what it holds. */
    record ReplicaView(
            String name,
            String host,
            OptionalInt port,
            String version,
            Optional<List<String>> observers,
            Instant startedAt,
            Instant lastSeen,
            boolean alive,
            boolean evaluation,
            List<String> probing,
            List<RunHeld> runs) {

        static ReplicaView of(Replica replica, List<Replicas.Held> held, List<Lease> leases) {
            List<Replicas.Held> own =
                    held.stream().filter(h -> h.replica().equals(replica.name())).toList();
            return new ReplicaView(
                    replica.name(),
                    replica.host(),
                    replica.port(),
                    replica.version(),
                    replica.observers()
                            .map(all -> all.stream().map(ObserverName::toString).sorted().toList()),
                    replica.startedAt(),
                    replica.lastSeen(),
                    replica.alive(),
                    own.stream().anyMatch(h -> h.task().equals(EVALUATION)),
                    own.stream()
                            .filter(h -> h.task().equals(PROBING))
                            .map(Replicas.Held::instance)
                            .toList(),
                    leases.stream()
                            .filter(lease -> lease.holder().equals(replica.name()))
                            .map(RunHeld::of)
                            .toList());
        }
    }

    @GET
    public ReplicaList list() {
        List<Replicas.Held> held = replicas.held();
        List<Lease> leases = replicas.leases();
        return new ReplicaList(
                replicas.all(settings.replicaPatience()).stream()
                        .map(replica -> ReplicaView.of(replica, held, leases))
                        .toList());
    }
}
