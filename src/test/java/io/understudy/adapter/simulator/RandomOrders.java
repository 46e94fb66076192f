package io.understudy.adapter.simulator;

import io.understudy.estate.CentralManagement;
import io.understudy.estate.ComponentId;
import io.understudy.estate.Database;
import io.understudy.estate.DatabaseType;
import io.understudy.estate.Estate;
import io.understudy.estate.LogShipping;
import io.understudy.estate.Pool;
import io.understudy.estate.PoolFqdn;
import io.understudy.estate.PoolRole;
import io.understudy.estate.Position;
import io.understudy.estate.Server;
import io.understudy.estate.ServerFqdn;
import io.understudy.estate.SqlInstance;
import io.understudy.estate.Store;
import io.understudy.health.ChatState;
import io.understudy.runbook.Action;
import io.understudy.runbook.Action.MoveApplication.Application;
import io.understudy.runbook.Operation;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;

/** Any action on anything of an estate, and any fault of it; most make sense there. */
record RandomOrders(Estate estate, Random random) {

    private static final PoolFqdn NOBODY = new PoolFqdn("nobody.contoso.com");

    /**
     * What is ordered one after the other: mostly one thing, now and then what belongs together.
     */
    List<Action> actions() {
        return switch (random.nextInt(12)) {
            case 0 ->
                    List.of(
                            new Action.RestoreCentralManagement(host()),
                            new Action.ReloadConfiguration(host()),
                            new Action.ReplicateConfiguration(host()));
            case 1 -> chatAway(chat(), store(s -> s.logShipping().isPresent()));
            case 2 -> chatHome(chat(), store(s -> s.logShipping().isPresent()));
            case 3 -> List.of(startServices(paired()));
            default -> List.of(action());
        };
    }

    private static List<Action> chatAway(Pool chat, Store store) {
        SqlInstance secondary = secondary(store);
        List<String> databases = databases(store);
        return List.of(
                new Action.StopLogShipping(store.name(), databases, secondary),
                new Action.RestoreLogs(store.name(), databases, secondary),
                new Action.RecoverDatabases(store.name(), databases, secondary),
                new Action.SetChatState(chat.fqdn(), ChatState.FAILED_OVER));
    }

    private List<Action> chatHome(Pool chat, Store store) {
        List<String> databases = databases(store);
        return List.of(
                new Action.SetActiveChatServers(chat.fqdn(), List.of()),
                new Action.BackUpDatabases(store.name(), databases, secondary(store)),
                new Action.RestoreDatabases(store.name(), databases, store.primary()),
                new Action.SetActiveChatServers(chat.fqdn(), some(chat)),
                new Action.SetChatState(chat.fqdn(), ChatState.NORMAL));
    }

    private static SqlInstance secondary(Store store) {
        return store.logShipping().map(LogShipping::secondary).orElse(store.primary());
    }

    private Action action() {
        return switch (pick(List.of(Operation.values()))) {
            case SWITCH_PRINCIPAL -> switchPrincipal();
            case FORCE_SERVICE -> forceService(store(Sessions::mirrored));
            case RESUME_MIRRORING -> resumeMirroring(store(Sessions::mirrored));
            case FAIL_OVER_GROUP -> failOverGroup(store(Sessions::grouped));
            case RECOVER_QUORUM -> new Action.RecoverQuorum(pool(Pool::isFrontEnd).fqdn());
            case MOVE_CENTRAL_MANAGEMENT -> moveCentralManagement();
            case RESTORE_CENTRAL_MANAGEMENT -> new Action.RestoreCentralManagement(host());
            case RELOAD_CONFIGURATION -> new Action.ReloadConfiguration(host());
            case REPLICATE_CONFIGURATION -> new Action.ReplicateConfiguration(host());
            case START_SERVICES -> startServices(pool(_ -> true));
            case CHANGE_NEXT_HOP ->
                    new Action.ChangeNextHop(
                            pool(p -> p.role() == PoolRole.EDGE).fqdn(), paired().fqdn());
            case FAIL_OVER_POOL -> failOver(paired());
            case FAIL_BACK_POOL -> failBack(paired());
            case SYNC_BACKUP -> new Action.SyncBackup(paired().fqdn());
            case STOP_LOG_SHIPPING,
                    RESTORE_LOGS,
                    RECOVER_DATABASES,
                    BACK_UP_DATABASES,
                    RESTORE_DATABASES ->
                    shipped(store(s -> s.logShipping().isPresent()));
            case SET_CHAT_STATE ->
                    new Action.SetChatState(chat().fqdn(), pick(List.of(ChatState.values())));
            case SET_ACTIVE_CHAT_SERVERS ->
                    new Action.SetActiveChatServers(chat().fqdn(), some(chat()));
            case MOVE_RESPONSE_GROUPS,
                    MOVE_CALL_PARK_ORBITS,
                    MOVE_ANNOUNCEMENTS,
                    MOVE_LOCATIONS,
                    MOVE_NAMES ->
                    moveApplication(paired());
        };
    }

    Fault fault() {
        return switch (random.nextInt(12)) {
            case 0 -> new Fault.SynchronizationLost(store(Sessions::paired).name());
            case 1 -> new Fault.MirroringSuspended(store(Sessions::mirrored).name());
            case 2 -> new Fault.ClusterQuorumLost(store(Sessions::paired).name());
            case 3 -> new Fault.RoutingGroupsLost(pool(Pool::isFrontEnd).fqdn());
            case 4 -> new Fault.CentralManagementStuck(host());
            case 5 -> new Fault.BackupServiceError(paired().fqdn());
            case 6, 7 -> new Fault.Kill(ComponentId.of(store(Sessions::paired).primary()));
            default -> {
                Pool pool = random.nextBoolean() ? paired() : pool(_ -> true);
                yield new Fault.ServiceStopped(
                        pick(pool.servers()).fqdn(), pick(Services.of(pool)));
            }
        };
    }

    private <T> T pick(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }

    /** One of those that suit, or any where none does. */
    private Pool pool(Predicate<Pool> suits) {
        List<Pool> suited = estate.pools().stream().filter(suits).toList();
        return pick(suited.isEmpty() ? estate.pools() : suited);
    }

    private Store store(Predicate<Store> suits) {
        List<Store> suited = estate.stores().stream().filter(suits).toList();
        return pick(suited.isEmpty() ? estate.stores() : suited);
    }

    private Pool paired() {
        return pool(p -> p.backupPool().isPresent());
    }

    private Pool chat() {
        return pool(p -> p.role() == PoolRole.PERSISTENT_CHAT);
    }

    private PoolFqdn host() {
        return pool(p -> p.centralManagement() != CentralManagement.NONE).fqdn();
    }

    private static PoolFqdn pair(Pool pool) {
        return pool.backupPool().orElse(NOBODY);
    }

    private Position position() {
        return pick(List.of(Position.values()));
    }

    private List<ServerFqdn> some(Pool pool) {
        return pool.servers().stream().map(Server::fqdn).filter(_ -> random.nextBoolean()).toList();
    }

    private static List<String> databases(Store store) {
        return store.databases().stream().map(Database::name).toList();
    }

    private Action switchPrincipal() {
        Store store = store(Sessions::mirrored);
        Position to = position();
        return new Action.SwitchPrincipal(
                store.name(),
                pool(_ -> true).fqdn(),
                DatabaseType.USER,
                databases(store),
                TwinView.at(store, to),
                to,
                random.nextBoolean());
    }

    private Action forceService(Store store) {
        Position to = position();
        return new Action.ForceService(store.name(), databases(store), TwinView.at(store, to), to);
    }

    private Action resumeMirroring(Store store) {
        Position on = position();
        return new Action.ResumeMirroring(
                store.name(), databases(store), TwinView.at(store, on), on);
    }

    private Action failOverGroup(Store store) {
        Position to = position();
        return new Action.FailOverGroup(
                store.name(), databases(store), TwinView.at(store, to), to, random.nextBoolean());
    }

    private Action moveCentralManagement() {
        Pool from = pool(p -> p.centralManagement() != CentralManagement.NONE);
        SqlInstance sql =
                estate.pool(pair(from))
                        .flatMap(estate::storeOf)
                        .map(Store::primary)
                        .orElse(TwinBench.sql("nobody", "rtc"));
        return new Action.MoveCentralManagement(
                from.fqdn(), pair(from), sql, Optional.empty(), random.nextBoolean());
    }

    private Action startServices(Pool pool) {
        return new Action.StartServices(pool.fqdn(), some(pool), Services.of(pool));
    }

    private Action failOver(Pool pool) {
        return new Action.FailOverPool(pool.fqdn(), pair(pool), random.nextBoolean());
    }

    private Action failBack(Pool pool) {
        return new Action.FailBackPool(pool.fqdn(), pair(pool), random.nextBoolean());
    }

    private Action moveApplication(Pool pool) {
        return new Action.MoveApplication(
                pick(List.of(Application.values())), pool.fqdn(), pair(pool), random.nextBoolean());
    }

    private Action shipped(Store store) {
        SqlInstance secondary = secondary(store);
        List<String> databases = databases(store);
        return switch (random.nextInt(5)) {
            case 0 -> new Action.StopLogShipping(store.name(), databases, secondary);
            case 1 -> new Action.RestoreLogs(store.name(), databases, secondary);
            case 2 -> new Action.RecoverDatabases(store.name(), databases, secondary);
            case 3 -> new Action.BackUpDatabases(store.name(), databases, secondary);
            default -> new Action.RestoreDatabases(store.name(), databases, store.primary());
        };
    }
}
