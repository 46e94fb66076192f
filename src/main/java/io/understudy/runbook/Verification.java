package io.understudy.runbook;

import io.understudy.estate.ComponentId;
import io.understudy.estate.PoolFqdn;
import io.understudy.estate.Position;
import io.understudy.estate.StoreName;
import io.understudy.health.Facts;
import io.understudy.health.PoolState;
import io.understudy.health.Status;
import java.util.List;

/**
 * How it is seen, by another probe than the one that fired, that a step took effect (domain.md 8.8
 * no. 5).
 */
public sealed interface Verification {

    /** What the probe reads. */
    ComponentId component();

    /** Whether what was read shows the effect. */
    boolean holds(Status status, Facts facts);

    /** A sentence for people: what must be seen. */
    String expectation();

    /** Every one of the databases has its principal on this side. */
    record PrincipalOn(StoreName store, List<String> databases, Position position)
            implements Verification {
        public PrincipalOn {
            databases = List.copyOf(databases);
        }

        @Override
        public ComponentId component() {
            return ComponentId.of(store);
        }

        @Override
        public boolean holds(Status status, Facts facts) {
            return facts instanceof Facts.OfStore told
                    && databases.stream()
                            .allMatch(database ->
                                    told.mirroring().stream()
                                            .anyMatch(row ->
                                                    row.database().equals(database)
                                                            && row.principalOn()
                                                                    .filter(position::equals)
                                                                    .isPresent()));
        }

        @Override
        public String expectation() {
            return "store:"
                    + store
                    + " has the principal of "
                    + String.join(", ", databases)
                    + " on "
                    + position;
        }
    }

    /** The component serves: for a SQL instance a probe has written through it. */
    record Serves(ComponentId component) implements Verification {
        @Override
        public boolean holds(Status status, Facts facts) {
            return status == Status.UP || status == Status.DEGRADED;
        }

        @Override
        public String expectation() {
            return component + " serves";
        }
    }

    /** The pool has reached a registrar state (domain.md 3.5). */
    record PoolStateIs(PoolFqdn pool, PoolState state) implements Verification {
        @Override
        public ComponentId component() {
            return ComponentId.of(pool);
        }

        @Override
        public boolean holds(Status status, Facts facts) {
            return facts instanceof Facts.OfPool told
                    && told.poolState().filter(state::equals).isPresent();
        }

        @Override
        public String expectation() {
            return "PoolState of " + pool + " is " + state;
        }
    }

    /** Active master and file transfer agent are both at this pool (domain.md 5.1 step 5c). */
    record CentralManagementOn(PoolFqdn pool) implements Verification {
        @Override
        public ComponentId component() {
            return ComponentId.of(pool);
        }

        @Override
        public boolean holds(Status status, Facts facts) {
            return facts instanceof Facts.OfPool told
                    && told.centralManagement()
                            .filter(cms ->
                                    cms.activeMaster().filter(pool.value()::equals).isPresent()
                                            && cms.fileTransferAgents().contains(pool.value()))
                            .isPresent();
        }

        @Override
        public String expectation() {
            return "ActiveMasterFqdn and ActiveFileTransferAgents are " + pool;
        }
    }

    /** The Edge pool sends sign-ins to this pool. */
    record NextHopIs(PoolFqdn edgePool, PoolFqdn pool) implements Verification {
        @Override
        public ComponentId component() {
            return ComponentId.of(edgePool);
        }

        @Override
        public boolean holds(Status status, Facts facts) {
            return facts instanceof Facts.OfPool told
                    && told.nextHopPool().filter(pool.value()::equals).isPresent();
        }

        @Override
        public String expectation() {
            return "the Registrar of " + edgePool + " is " + pool;
        }
    }
}
