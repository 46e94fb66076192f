package io.understudy.decision;

import io.understudy.estate.ComponentId;
import io.understudy.estate.DatabaseType;
import io.understudy.estate.PoolFqdn;
import io.understudy.estate.Position;
import io.understudy.estate.SqlInstance;
import io.understudy.estate.StoreName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A remediation with all that carrying it out needs. */
public sealed interface Remedy {

    Remediation remediation();

    /** What takes over, or what the target returns from; empty where nothing moves. */
    default Optional<ComponentId> other() {
        return switch (this) {
            case None _, Wait _, Repair _, QuorumRecovery _ -> Optional.empty();
            case MirrorFailover failover -> Optional.of(ComponentId.of(failover.to()));
            case ForcedMirrorFailover forced -> Optional.of(ComponentId.of(forced.to()));
            case PrincipalAlignment aligned -> Optional.of(ComponentId.of(aligned.to()));
            case MirrorFailback back -> Optional.of(ComponentId.of(back.to()));
            case AvailabilityGroupFailover failover -> Optional.of(ComponentId.of(failover.to()));
            case ForcedAvailabilityGroupFailover forced -> Optional.of(ComponentId.of(forced.to()));
            case CmsFailover failover -> Optional.of(ComponentId.of(failover.to()));
            case EdgeNextHopChange change -> Optional.of(ComponentId.of(change.to()));
            case PoolFailover failover -> Optional.of(ComponentId.of(failover.to()));
            case PoolFailback back -> Optional.of(ComponentId.of(back.from()));
            case ChatFailover failover -> Optional.of(ComponentId.of(failover.to()));
            case ChatFailback back -> Optional.of(ComponentId.of(back.to()));
        };
    }

    /** Nothing is to be done, and that is the decision. */
    record None() implements Remedy {
        @Override
        public Remediation remediation() {
            return Remediation.NONE;
        }
    }

    /** The product does it by itself, or time settles it, by the deadline. */
    record Wait(Instant until) implements Remedy {
        @Override
        public Remediation remediation() {
            return Remediation.WAIT;
        }
    }

    /**
     * A person mends it.
     *
     * @param first what to do first
     * @param before until when this is the better way, where something larger follows
     * @param suspended mirroring that is resumed in the end, by side (rows B12, B16); empty where
     *     the repair is something else
     */
    record Repair(String first, Optional<Instant> before, List<Suspended> suspended)
            implements Remedy {
        public Repair {
            suspended = List.copyOf(suspended);
        }

        /** A repair that ends with nothing to resume. */
        public Repair(String first, Optional<Instant> before) {
            this(first, before, List.of());
        }

        /** Databases whose mirroring is SUSPENDED, and the position that their principal is on. */
        public record Suspended(Position principalOn, List<String> databases) {
            public Suspended {
                databases = List.copyOf(databases);
            }
        }

        /** Whether a run of it can end it. */
        public boolean resumesMirroring() {
            return !suspended.isEmpty();
        }

        @Override
        public Remediation remediation() {
            return Remediation.REPAIR;
        }
    }

    /**
     * The databases' other copies become principal (domain.md 4.3, 4.5).
     *
     * @param pool the pool that the cmdlet names
     * @param to the instance whose copies become principal
     * @param newPrincipal its configured position
     * @param types the database types to move, all that are kept together
     * @param principalInaccessible whether the present principal cannot be reached, which the
     *     cmdlet must be told
     */
    record MirrorFailover(
            StoreName store,
            PoolFqdn pool,
            SqlInstance to,
            Position newPrincipal,
            List<DatabaseType> types,
            boolean principalInaccessible)
            implements Remedy {
        public MirrorFailover {
            types = List.copyOf(types);
        }

        @Override
        public Remediation remediation() {
            return Remediation.MIRROR_FAILOVER;
        }
    }

    /** The Central Management store moves to the pair (domain.md 5.1 steps 1 to 5). */
    record CmsFailover(PoolFqdn from, PoolFqdn to, boolean force) implements Remedy {
        @Override
        public Remediation remediation() {
            return Remediation.CMS_FAILOVER;
        }
    }

    /** An Edge pool sends sign-ins to another pool (domain.md 5.1 step 0). */
    record EdgeNextHopChange(PoolFqdn edgePool, PoolFqdn from, PoolFqdn to) implements Remedy {
        @Override
        public Remediation remediation() {
            return Remediation.EDGE_NEXT_HOP_CHANGE;
        }
    }

    /**
     * The backup pool takes the users (domain.md 5.1 step 7).
     *
     * @param disasterMode whether everything that needs the home pool is skipped
     */
    record PoolFailover(PoolFqdn pool, PoolFqdn to, boolean disasterMode) implements Remedy {
        @Override
        public Remediation remediation() {
            return Remediation.POOL_FAILOVER;
        }
    }

    /**
     * The mirror is made principal although it has not all that was acknowledged (domain.md 4.5).
     *
     * @param types the database types to move, all that are kept together
     */
    record ForcedMirrorFailover(
            StoreName store, SqlInstance to, Position newPrincipal, List<DatabaseType> types)
            implements Remedy {
        public ForcedMirrorFailover {
            types = List.copyOf(types);
        }

        @Override
        public Remediation remediation() {
            return Remediation.FORCED_MIRROR_FAILOVER;
        }
    }

    /**
     * Databases whose principals are split over both partners are brought to one side (row B13).
     */
    record PrincipalAlignment(
            StoreName store,
            PoolFqdn pool,
            SqlInstance to,
            Position newPrincipal,
            List<DatabaseType> types)
            implements Remedy {
        public PrincipalAlignment {
            types = List.copyOf(types);
        }

        @Override
        public Remediation remediation() {
            return Remediation.PRINCIPAL_ALIGNMENT;
        }
    }

    /** The configured primary becomes principal again (row B14). */
    record MirrorFailback(StoreName store, PoolFqdn pool, SqlInstance to, List<DatabaseType> types)
            implements Remedy {
        public MirrorFailback {
            types = List.copyOf(types);
        }

        @Override
        public Remediation remediation() {
            return Remediation.MIRROR_FAILBACK;
        }
    }

    /** The secondary replica takes over while the primary is connected (domain.md 4.10). */
    record AvailabilityGroupFailover(StoreName store, SqlInstance to) implements Remedy {
        @Override
        public Remediation remediation() {
            return Remediation.AVAILABILITY_GROUP_FAILOVER;
        }
    }

    /** The secondary replica takes over without the primary (domain.md 4.10). */
    record ForcedAvailabilityGroupFailover(StoreName store, SqlInstance to) implements Remedy {
        @Override
        public Remediation remediation() {
            return Remediation.FORCED_AVAILABILITY_GROUP_FAILOVER;
        }
    }

    /** Routing groups in quorum loss reload from the store (domain.md 3.3, QuorumLossRecovery). */
    record QuorumRecovery(PoolFqdn pool) implements Remedy {
        @Override
        public Remediation remediation() {
            return Remediation.QUORUM_RECOVERY;
        }
    }

    /**
     * The home pool takes its users back (domain.md 5.3).
     *
     * @param disasterMode whether the backup pool is gone and what was written there is given up
     */
    record PoolFailback(PoolFqdn pool, PoolFqdn from, boolean disasterMode) implements Remedy {
        @Override
        public Remediation remediation() {
            return Remediation.POOL_FAILBACK;
        }
    }

    /** The log shipping secondary is recovered and serves the chat pool (domain.md 6.7). */
    record ChatFailover(PoolFqdn pool, StoreName store, SqlInstance to) implements Remedy {
        @Override
        public Remediation remediation() {
            return Remediation.CHAT_FAILOVER;
        }
    }

    /** The chat pool returns to its primary store (domain.md 6.8). */
    record ChatFailback(PoolFqdn pool, StoreName store, SqlInstance to) implements Remedy {
        @Override
        public Remediation remediation() {
            return Remediation.CHAT_FAILBACK;
        }
    }
}
