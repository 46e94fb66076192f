package io.understudy.adapter.simulator;

import io.understudy.adapter.simulator.TwinState.CentralManagementNow;
import io.understudy.adapter.simulator.TwinState.ChatNow;
import io.understudy.estate.ComponentId;
import io.understudy.estate.Pool;
import io.understudy.estate.PoolFqdn;
import io.understudy.estate.PoolRole;
import io.understudy.estate.Server;
import io.understudy.estate.ServerFqdn;
import io.understudy.health.ExportStatus;
import io.understudy.health.Facts;
import io.understudy.health.ImportStatus;
import io.understudy.health.PoolState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Predicate;

/**
 * What the management shell says of a pool, to whoever can ask a server of it or of its pair
 * (domain.md 2.5, 3.5, 5.1). Of the Backup Service of a pool that is gone, its partner still knows
 * what came last.
 */
final class PoolFacts {

    /** How many routing groups have no primary when any are lost. */
    private static final int GROUPS_LOST = 2;

    private final TwinView view;
    private final Predicate<ComponentId> reaches;

    PoolFacts(TwinView view, Predicate<ComponentId> reaches) {
        this.view = view;
        this.reaches = reaches;
    }

    Facts of(Pool pool) {
        if (pool.role() == PoolRole.EDGE) {
            return edge(pool);
        }
        if (pool.role() == PoolRole.PERSISTENT_CHAT) {
            return chat(pool);
        }
        if (!pool.isFrontEnd()) {
            return new Facts.None();
        }
        Optional<Pool> backup = view.estate().backupOf(pool);
        if (!answers(pool) && backup.filter(this::answers).isEmpty()) {
            return new Facts.None();
        }
        PoolNow now = view.pool(pool.fqdn());
        return new Facts.OfPool(
                Optional.of(now.state()),
                view.functional(pool) ? Optional.of(routingGroups(pool)) : Optional.empty(),
                backup.map(partner -> modules(pool, partner, now)).orElse(List.of()),
                activeUsers(pool),
                Optional.empty(),
                centralManagement(pool),
                Optional.empty());
    }

    private Facts.RoutingGroups routingGroups(Pool pool) {
        return new Facts.RoutingGroups(
                view.world().routingGroupsLost(pool.fqdn()) ? GROUPS_LOST : 0, 0);
    }

    /** State and active list are configuration, which any management shell can read. */
    private Facts chat(Pool pool) {
        if (view.estate().pools().stream().noneMatch(this::answers)) {
            return new Facts.None();
        }
        ChatNow now = Chats.of(view, pool);
        return new Facts.OfPool(
                Optional.empty(),
                Optional.empty(),
                List.of(),
                OptionalInt.empty(),
                Optional.of(now.state()),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(now.active().stream().map(ServerFqdn::value).toList()));
    }

    /** The next hop is configuration: every server keeps a replica of it. */
    private Facts edge(Pool edge) {
        if (view.estate().pools().stream().noneMatch(this::answers)) {
            return new Facts.None();
        }
        return new Facts.OfPool(
                Optional.empty(),
                Optional.empty(),
                List.of(),
                OptionalInt.empty(),
                Optional.empty(),
                Optional.empty(),
                view.nextHop(edge).map(PoolFqdn::value));
    }

    private boolean answers(Pool pool) {
        return pool.servers().stream()
                .map(Server::fqdn)
                .map(ComponentId::of)
                .anyMatch(reaches::test);
    }

    private List<Facts.BackupModule> modules(Pool pool, Pool partner, PoolNow now) {
        List<Facts.BackupModule> modules = new ArrayList<>();
        ImportStatus imported =
                view.world().backupError(partner.fqdn())
                        ? ImportStatus.ERROR_STATE
                        : ImportStatus.NORMAL_STATE;
        for (String module : List.of("UserServices.PresenceFocus", "ConfServices.DataConf")) {
            modules.add(
                    new Facts.BackupModule(
                            module, now.exportStatus(), imported, Optional.of(now.lastSteadyAt())));
        }
        if (TwinView.keepsCentralManagement(pool)) {
            boolean master =
                    view.centralManagement().filter(p -> p.fqdn().equals(pool.fqdn())).isPresent();
            modules.add(
                    new Facts.BackupModule(
                            "CentralMgmt.CMSMaster",
                            master ? now.exportStatus() : ExportStatus.NOT_INITIALIZED,
                            imported,
                            master ? Optional.of(now.lastSteadyAt()) : Optional.empty()));
        }
        return modules;
    }

    /** Users sign in where their pool is, or at its pair once it is failed over. */
    private OptionalInt activeUsers(Pool pool) {
        if (pool.users().isEmpty()) {
            return OptionalInt.empty();
        }
        if (!view.functional(pool) || over(pool)) {
            return OptionalInt.of(0);
        }
        int guests =
                view.estate()
                        .backupOf(pool)
                        .filter(this::over)
                        .map(partner -> partner.users().orElse(0))
                        .orElse(0);
        return OptionalInt.of(pool.users().getAsInt() + guests);
    }

    private boolean replicasBehind() {
        return view.state()
                .centralManagement()
                .filter(CentralManagementNow::replicasBehind)
                .isPresent();
    }

    private boolean over(Pool pool) {
        return view.pool(pool.fqdn()).state() == PoolState.FAILED_OVER;
    }

    /** Both names are blank while the store does not answer (domain.md 5.1 step 3). */
    private Optional<Facts.CentralManagementState> centralManagement(Pool pool) {
        if (!TwinView.keepsCentralManagement(pool)) {
            return Optional.empty();
        }
        if (!view.centralManagementWritable()) {
            return Optional.of(
                    new Facts.CentralManagementState(
                            Optional.empty(), List.of(), Optional.empty()));
        }
        boolean upToDate =
                !replicasBehind()
                        && view.estate().pools().stream()
                                .flatMap(p -> p.servers().stream())
                                .allMatch(server -> view.world().up(ComponentId.of(server.fqdn())));
        Optional<String> master = view.centralManagement().map(p -> p.fqdn().value());
        return Optional.of(
                new Facts.CentralManagementState(
                        master, master.stream().toList(), Optional.of(upToDate)));
    }
}
