package io.understudy.runbook;

import io.understudy.decision.Remedy;
import io.understudy.estate.ComponentId;
import io.understudy.estate.DatabaseType;
import io.understudy.estate.Estate;
import io.understudy.estate.PoolFqdn;
import io.understudy.estate.Position;
import io.understudy.estate.SqlInstance;
import io.understudy.estate.Store;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Runbooks of mirrored stores (domain.md 4.3, 4.5, 4.9): one step per database type. */
final class Mirroring {

    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final String READ_AGAIN =
            "each database fails over by itself and success may be said too early: what counts is"
                    + " the state that is read afterwards";

    private Mirroring() {}

    /** One switch of a store's principals, whatever the reason. */
    private record Switch(
            Store store, PoolFqdn pool, SqlInstance to, Position newPrincipal, boolean force) {}

    static List<Draft> failover(Remedy.MirrorFailover remedy, Estate estate) {
        Switch wanted =
                new Switch(
                        Words.store(estate, remedy.store()),
                        remedy.pool(),
                        remedy.to(),
                        remedy.newPrincipal(),
                        remedy.principalInaccessible());
        return each(wanted, remedy.types());
    }

    static List<Draft> alignment(Remedy.PrincipalAlignment remedy, Estate estate) {
        Switch wanted =
                new Switch(
                        Words.store(estate, remedy.store()),
                        remedy.pool(),
                        remedy.to(),
                        remedy.newPrincipal(),
                        false);
        return each(wanted, remedy.types());
    }

    static List<Draft> failback(Remedy.MirrorFailback remedy, Estate estate) {
        Switch wanted =
                new Switch(
                        Words.store(estate, remedy.store()),
                        remedy.pool(),
                        remedy.to(),
                        Position.PRIMARY,
                        false);
        return each(wanted, remedy.types());
    }

    private static List<Draft> each(Switch wanted, List<DatabaseType> types) {
        return types.stream().map(type -> switchPrincipal(wanted, type)).toList();
    }

    /**
     * The cmdlet names the goal, not a change: where the goal is seen not to be reached it may be
     * given again.
     */
    private static Draft switchPrincipal(Switch wanted, DatabaseType type) {
        List<String> databases = Words.databases(wanted.store(), type);
        return Draft.of(
                        title(wanted.to(), type, databases),
                        new Action.SwitchPrincipal(
                                wanted.store().name(),
                                wanted.pool(),
                                type,
                                databases,
                                wanted.to(),
                                wanted.newPrincipal(),
                                wanted.force()),
                        LIMIT,
                        "Invoke-CsDatabaseFailover -PoolFqdn "
                                + wanted.pool()
                                + " -DatabaseType "
                                + Words.cmdlet(type)
                                + " -NewPrincipal "
                                + Words.cmdlet(wanted.newPrincipal())
                                + (wanted.force() ? " -Force" : "")
                                + " -Confirm:$false -Verbose")
                .seen(seen(wanted.store(), databases, wanted.to(), wanted.newPrincipal()))
                .undoneBy(
                        "the same cmdlet with -NewPrincipal "
                                + Words.cmdlet(wanted.newPrincipal().other())
                                + ", once both partners are SYNCHRONIZED")
                .repeated()
                .noting(notes(wanted, type));
    }

    private static String title(SqlInstance to, DatabaseType type, List<String> databases) {
        return "Make " + to + " principal for " + type + " (" + Words.listed(databases) + ")";
    }

    private static List<Verification> seen(
            Store store, List<String> databases, SqlInstance to, Position position) {
        return List.of(
                new Verification.PrincipalOn(store.name(), databases, position),
                new Verification.Serves(ComponentId.of(to)));
    }

    private static List<String> notes(Switch wanted, DatabaseType type) {
        List<String> notes = new ArrayList<>(List.of(READ_AGAIN));
        notes.add(
                wanted.force()
                        ? "-Force, since the present principal cannot be reached; with both"
                                + " partners SYNCHRONIZED nothing is expected to be lost"
                        : "refused with SQL error 1422 while the mirror has not caught up: wait for"
                                + " SYNCHRONIZED");
        notes.add(
                "Get-CsDatabaseMirrorState says DatabaseInaccessibleOrMirroringNotEnabled for a"
                        + " server that cannot be reached as for one without mirroring: read it on"
                        + " the other partner");
        if (type == DatabaseType.CENTRAL_MGMT) {
            notes.add("while the Central Management store is down the cmdlet needs -LocalStore");
        }
        return notes;
    }

    /** T-SQL on the mirror, never given twice (domain.md 4.5, row B10). */
    static List<Draft> force(Remedy.ForcedMirrorFailover remedy, Estate estate) {
        Store store = Words.store(estate, remedy.store());
        return remedy.types().stream()
                .map(type -> force(remedy, store, Words.databases(store, type), type))
                .toList();
    }

    private static Draft force(
            Remedy.ForcedMirrorFailover remedy,
            Store store,
            List<String> databases,
            DatabaseType type) {
        SqlInstance to = remedy.to();
        return Draft.of(
                        "Force "
                                + to
                                + " to be principal for "
                                + type
                                + " ("
                                + Words.listed(databases)
                                + ")",
                        new Action.ForceService(store.name(), databases, to, remedy.newPrincipal()),
                        LIMIT,
                        "-- on " + to,
                        "USE master;",
                        Words.each(
                                databases,
                                name ->
                                        "ALTER DATABASE "
                                                + Words.bracketed(name)
                                                + " SET PARTNER FORCE_SERVICE_ALLOW_DATA_LOSS;"))
                .seen(seen(store, databases, to, remedy.newPrincipal()))
                .undoneBy(
                        "nothing brings back the log that was not sent, but salvage from the old"
                                + " principal before its mirroring is resumed")
                .forGood()
                .noting(
                        "never while the old principal may still serve: two principals would take"
                                + " writes",
                        "errors 1406 and 1455 mean that it is refused for good, with a witness that"
                                + " the mirror does not see for instance: do not repeat it, bring"
                                + " the principal or the witness back",
                        "afterwards mirroring is SUSPENDED. Keep it so when the old principal"
                                + " returns: decide first what is to be salvaged there (ALTER"
                                + " DATABASE … SET PARTNER OFF, and extract), and only then ALTER"
                                + " DATABASE … SET PARTNER RESUME on the new principal, which"
                                + " discards the old one's unsent log for good (row B16)",
                        READ_AGAIN);
    }
}
