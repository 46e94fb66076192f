package io.understudy.decision;

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
     */
    record Repair(String first, Optional<Instant> before) implements Remedy {
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
}
