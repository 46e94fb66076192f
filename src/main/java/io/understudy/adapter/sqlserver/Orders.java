package io.understudy.adapter.sqlserver;

import io.understudy.adapter.spi.StepCall;
import io.understudy.adapter.spi.StepOutcome;
import io.understudy.adapter.sqlserver.MirrorOrder.Force;
import io.understudy.adapter.sqlserver.SqlServerSettings.Shipping;
import io.understudy.estate.Estate;
import io.understudy.estate.LogShipping;
import io.understudy.estate.Position;
import io.understudy.estate.SqlInstance;
import io.understudy.estate.Store;
import io.understudy.estate.StoreName;
import io.understudy.runbook.Action;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.regex.Pattern;

/**
 * The order of an action, once its names are found in the estate: nothing else ever becomes part of
 * a statement.
 */
final class Orders {

    private static final Pattern RUN_ID = Pattern.compile("[A-Za-z0-9-]{1,64}");

    private final Estate estate;
    private final Visit visit;
    private final StepCall call;

    Orders(Estate estate, Visit visit, StepCall call) {
        this.estate = estate;
        this.visit = visit;
        this.call = call;
    }

    /** Whether an action is one of those that SQL Server carries out, and where. */
    static Optional<SqlInstance> instance(Action action) {
        return switch (action) {
            case Action.SwitchPrincipal a -> Optional.of(a.to());
            case Action.ForceService a -> Optional.of(a.to());
            case Action.ResumeMirroring a -> Optional.of(a.principal());
            case Action.FailOverGroup a -> Optional.of(a.to());
            case Action.StopLogShipping a -> Optional.of(a.secondary());
            case Action.RestoreLogs a -> Optional.of(a.secondary());
            case Action.RecoverDatabases a -> Optional.of(a.secondary());
            case Action.BackUpDatabases a -> Optional.of(a.secondary());
            case Action.RestoreDatabases a -> Optional.of(a.primary());
            case Action.Reassess _,
                    Action.ByHand _,
                    Action.RecoverQuorum _,
                    Action.MoveCentralManagement _,
                    Action.RestoreCentralManagement _,
                    Action.ReloadConfiguration _,
                    Action.ReplicateConfiguration _,
                    Action.StartServices _,
                    Action.ChangeNextHop _,
                    Action.FailOverPool _,
                    Action.FailBackPool _,
                    Action.SyncBackup _,
                    Action.SetChatState _,
                    Action.SetActiveChatServers _,
                    Action.MoveApplication _ ->
                    Optional.empty();
        };
    }

    /** Thrown for names that are not the estate's. */
    static final class NotOfTheEstate extends Exception {
        private static final long serialVersionUID = 1;
        private final transient StepOutcome.Fatal outcome;

        NotOfTheEstate(String field, String message, String whatToDo) {
            super(field + ": " + message);
            this.outcome = new StepOutcome.Fatal(field + ": " + message, whatToDo);
        }

        StepOutcome outcome() {
            return outcome;
        }
    }

    Order order() throws NotOfTheEstate {
        return switch (call.action()) {
            case Action.SwitchPrincipal a -> {
                Force force = a.force() ? Force.LOST_PRINCIPAL : Force.NONE;
                yield mirror(a.store(), a.databases(), a.to(), a.newPrincipal(), force);
            }
            case Action.ForceService a ->
                    mirror(a.store(), a.databases(), a.to(), a.newPrincipal(), Force.ONLY);
            case Action.ResumeMirroring a -> {
                Store store = store(a.store(), a.databases());
                SqlInstance principal = at(store, a.principal(), a.principalOn());
                SqlInstance mirror = partner(store, a.principalOn());
                yield new ResumeOrder(visit, a.databases(), principal, mirror);
            }
            case Action.FailOverGroup a -> {
                Store store = store(a.store(), a.databases());
                SqlInstance to = at(store, a.to(), a.newPrimary());
                SqlInstance other = partner(store, a.newPrimary());
                yield new GroupOrder(visit, a.databases(), to, other, a.force());
            }
            case Action.StopLogShipping a -> {
                Store store = store(a.store(), a.databases());
                secondary(store, a.secondary());
                yield new StopShippingOrder(visit, a.databases(), a.secondary());
            }
            case Action.RestoreLogs a ->
                    shipped(
                            a.store(),
                            a.databases(),
                            a.secondary(),
                            (b, d) -> new RestoreLogsOrder(visit, d, a.secondary(), b));
            case Action.RecoverDatabases a ->
                    shipped(
                            a.store(),
                            a.databases(),
                            a.secondary(),
                            (b, d) -> new RecoverOrder(visit, d, a.secondary(), b));
            case Action.BackUpDatabases a -> {
                Store store = store(a.store(), a.databases());
                secondary(store, a.secondary());
                yield new BackUpOrder(visit, a.databases(), a.secondary(), files(store));
            }
            case Action.RestoreDatabases a -> {
                Store store = store(a.store(), a.databases());
                SqlInstance primary = at(store, a.primary(), Position.PRIMARY);
                yield new RestoreOrder(visit, a.databases(), primary, files(store));
            }
            case Action.Reassess _,
                    Action.ByHand _,
                    Action.RecoverQuorum _,
                    Action.MoveCentralManagement _,
                    Action.RestoreCentralManagement _,
                    Action.ReloadConfiguration _,
                    Action.ReplicateConfiguration _,
                    Action.StartServices _,
                    Action.ChangeNextHop _,
                    Action.FailOverPool _,
                    Action.FailBackPool _,
                    Action.SyncBackup _,
                    Action.SetChatState _,
                    Action.SetActiveChatServers _,
                    Action.MoveApplication _ ->
                    throw new NotOfTheEstate(
                            "action",
                            call.action().getClass().getSimpleName()
                                    + " is not carried out by SQL Server",
                            "route it to another executor");
        };
    }

    private Order mirror(
            StoreName name, List<String> databases, SqlInstance to, Position place, Force force)
            throws NotOfTheEstate {
        Store store = store(name, databases);
        SqlInstance target = at(store, to, place);
        return new MirrorOrder(visit, databases, target, partner(store, place), force);
    }

    private Order shipped(
            StoreName name,
            List<String> databases,
            SqlInstance secondary,
            BiFunction<LogBackups, List<String>, Order> order)
            throws NotOfTheEstate {
        Store store = store(name, databases);
        secondary(store, secondary);
        return order.apply(new LogBackups(visit, secondary, shipping(store)), databases);
    }

    private Store store(StoreName name, List<String> databases) throws NotOfTheEstate {
        Optional<Store> store = estate.store(name);
        if (store.isEmpty()) {
            throw new NotOfTheEstate(
                    "/store", "the estate has no store of this name", "name a store of the estate");
        }
        for (int i = 0; i < databases.size(); i++) {
            String database = databases.get(i);
            String field = "/databases/" + i;
            try {
                Identifier.quoted(database);
            } catch (IllegalArgumentException e) {
                throw new NotOfTheEstate(
                        field, String.valueOf(e.getMessage()), "correct the estate document");
            }
            if (store.get().databases().stream().noneMatch(d -> d.name().equals(database))) {
                throw new NotOfTheEstate(
                        field,
                        "store:" + name + " has no database of this name",
                        "name one that the estate document lists");
            }
        }
        return store.get();
    }

    private SqlInstance at(Store store, SqlInstance named, Position place) throws NotOfTheEstate {
        if (store.at(place).filter(named::equals).isEmpty()) {
            throw new NotOfTheEstate(
                    "/to",
                    "sql:" + named + " is not " + place + " of " + store.id(),
                    "decide anew: the estate has changed");
        }
        return known("/to", named);
    }

    private SqlInstance partner(Store store, Position place) throws NotOfTheEstate {
        Optional<SqlInstance> partner = store.at(place.other());
        if (partner.isEmpty()) {
            throw new NotOfTheEstate(
                    "/store", store.id() + " has no partner", "name a store that has two");
        }
        return known("/store", partner.get());
    }

    private void secondary(Store store, SqlInstance named) throws NotOfTheEstate {
        if (store.logShipping().map(LogShipping::secondary).filter(named::equals).isEmpty()) {
            throw new NotOfTheEstate(
                    "/secondary",
                    "sql:" + named + " is not where " + store.id() + " ships its log to",
                    "decide anew: the estate has changed");
        }
        known("/secondary", named);
    }

    private SqlInstance known(String field, SqlInstance instance) throws NotOfTheEstate {
        if (!visit.knows(instance)) {
            throw new NotOfTheEstate(
                    field,
                    "how to reach sql:" + instance + " is not configured",
                    "add it to understudy.sqlserver.instances");
        }
        return instance;
    }

    private Shipping shipping(Store store) throws NotOfTheEstate {
        Shipping shipping = visit.settings().shipping().get(store.name());
        if (shipping == null) {
            throw new NotOfTheEstate(
                    "/store",
                    "where the log backups of " + store.id() + " lie is not configured",
                    "set understudy.sqlserver.log-shipping." + store.name() + ".share");
        }
        return shipping;
    }

    private RunFiles files(Store store) throws NotOfTheEstate {
        if (!RUN_ID.matcher(call.runId()).matches()) {
            throw new NotOfTheEstate(
                    "/runId", "no name of a file can be made of it", "open a new run");
        }
        return new RunFiles(shipping(store).share(), call.runId());
    }
}
