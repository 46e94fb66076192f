package io.understudy.runbook;

import io.understudy.decision.Remedy;
import io.understudy.estate.DatabaseType;
import io.understudy.estate.Edition;
import io.understudy.estate.Estate;
import io.understudy.estate.Pool;
import io.understudy.estate.PoolFqdn;
import io.understudy.estate.Server;
import io.understudy.estate.ServerFqdn;
import io.understudy.estate.SqlInstance;
import io.understudy.estate.Store;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Runbooks of the Central Management store (domain.md 5.1 steps 1 to 5, 5.4). */
final class CentralManagement {

    private static final Duration MOVE_LIMIT = Duration.ofMinutes(10);
    private static final Duration START_LIMIT = Duration.ofMinutes(10);
    private static final Duration COPY_LIMIT = Duration.ofMinutes(10);
    private static final List<String> SERVICES = List.of("LYNCBACKUP", "MASTER", "REPLICA", "FTA");

    private CentralManagement() {}

    /**
     * A second move too soon is refused or leaves the store stuck: it is never given again unasked.
     */
    static Draft failover(Remedy.CmsFailover remedy, Estate estate) {
        Pool to = Words.pool(estate, remedy.to());
        Store store = store(to, estate);
        Draft draft =
                Draft.of(
                                "Move the Central Management store from "
                                        + remedy.from()
                                        + " to "
                                        + remedy.to(),
                                new Action.MoveCentralManagement(
                                        remedy.from(),
                                        remedy.to(),
                                        store.primary(),
                                        store.mirror(),
                                        remedy.force()),
                                MOVE_LIMIT,
                                "# on a server of " + remedy.to(),
                                "Invoke-CsManagementServerFailover"
                                        + (remedy.force() ? lost(store) : "")
                                        + " -Confirm:$false -Verbose")
                        .undoneBy(
                                "not at once: a second move too soon is refused; later the same"
                                        + " cmdlet on a server of "
                                        + remedy.from())
                        .noting(notes(remedy, to));
        Verification moved = new Verification.CentralManagementOn(remedy.to());
        return remedy.force()
                ? draft.seen(moved)
                : draft.seen(moved, new Verification.ReplicasUpToDate(remedy.to()));
    }

    /** The parameters that there are in a disaster only, -Force among them. */
    private static String lost(Store store) {
        return " -BackupSqlServerFqdn "
                + store.primary().fqdn()
                + " -BackupSqlInstanceName "
                + store.primary().instance()
                + store.mirror().map(CentralManagement::mirror).orElse("")
                + " -Force";
    }

    private static String mirror(SqlInstance mirror) {
        return " -BackupMirrorSqlServerFqdn "
                + mirror.fqdn()
                + " -BackupMirrorSqlInstanceName "
                + mirror.instance();
    }

    /** Where the pool keeps the store: its Back End, or one of its own. */
    private static Store store(Pool pool, Estate estate) {
        return Stream.concat(pool.otherStores().stream(), pool.store().stream())
                .flatMap(name -> estate.store(name).stream())
                .filter(store -> store.databaseTypes().contains(DatabaseType.CENTRAL_MGMT))
                .findFirst()
                .or(() -> estate.storeOf(pool))
                .orElseThrow(() -> Words.missing("store of " + pool.id()));
    }

    private static List<String> notes(Remedy.CmsFailover remedy, Pool to) {
        List<String> notes = new ArrayList<>();
        notes.add(
                remedy.force()
                        ? "-Force is mandatory in a disaster and belongs to it alone: it does not"
                                + " wait for replication, so the last minutes of changes are lost"
                        : "without -Force and without -Backup…: those are for a store that is lost;"
                                + " so it waits for replication and makes the source read-only");
        if (remedy.force()) {
            notes.add(
                    "Microsoft's page calls the mirror -MirrorSQLServerFqdn and"
                            + " -MirrorSQLInstanceName; there are no such parameters. The primary"
                            + " is named first even while the mirror is principal");
            notes.add(
                    "servers that are lost stay UpToDate False in"
                            + " Get-CsManagementStoreReplicationStatus");
        }
        notes.add(
                "never try it without -WhatIf to find out where the store is: ask"
                        + " Get-CsManagementStoreReplicationStatus -CentralManagementStoreStatus");
        notes.add(
                "refused with \"not in Backup mode\" or \"already a failover in progress\" when the"
                        + " last move is too recent: wait for Active Directory to replicate");
        if (to.edition() == Edition.STANDARD) {
            notes.add(
                    "Standard Edition: Skype for Business Server 2015 RTM left the store active on"
                            + " both servers; compare Get-CsManagementConnection on both, and"
                            + " reload the local store of the old one");
        }
        return notes;
    }

    /** The store is stuck between two pools (row P4): what a person has asked for. */
    static List<Draft> repair(PoolFqdn fqdn, Estate estate) {
        Pool pool = Words.pool(estate, fqdn);
        List<Draft> drafts = new ArrayList<>();
        drafts.add(services(pool));
        estate.backupOf(pool).map(CentralManagement::services).ifPresent(drafts::add);
        drafts.add(restore(fqdn));
        drafts.add(reload(pool));
        drafts.add(replicate(fqdn));
        return drafts;
    }

    private static Draft services(Pool pool) {
        List<ServerFqdn> servers = pool.servers().stream().map(Server::fqdn).toList();
        return Draft.of(
                        "Start the services of the Central Management store on " + pool.fqdn(),
                        new Action.StartServices(pool.fqdn(), servers, SERVICES),
                        START_LIMIT,
                        servers.stream()
                                .flatMap(server ->
                                        SERVICES.stream()
                                                .map(service ->
                                                        "Start-CsWindowsService -ComputerName "
                                                                + server
                                                                + " -Name "
                                                                + service))
                                .toArray(String[]::new))
                .seen(
                        servers.stream()
                                .map(server -> new Verification.ServicesRun(server, SERVICES))
                                .toList())
                .undoneBy("nothing: they are to run always")
                .repeated()
                .noting("they must run in both pools before anything else is tried");
    }

    private static Draft restore(PoolFqdn pool) {
        return Draft.of(
                        "Restore the Central Management store on " + pool,
                        new Action.RestoreCentralManagement(pool),
                        MOVE_LIMIT,
                        "# on a server of " + pool,
                        "Get-CsManagementConnection",
                        "Invoke-CsManagementServerFailover -Restore -Confirm:$false -Verbose")
                .seen(new Verification.CentralManagementOn(pool))
                .undoneBy("nothing; it makes the store active that Active Directory names")
                .noting(
                        "only where Get-CsManagementConnection names the SQL store of "
                                + pool
                                + ": if it names the other pool, stop and do the rest there",
                        "no second forced failover: it makes it worse");
    }

    private static Draft reload(Pool pool) {
        return Draft.of(
                        "Load the configuration into the local store of each server of "
                                + pool.fqdn(),
                        new Action.ReloadConfiguration(pool.fqdn()),
                        COPY_LIMIT,
                        "# on each of "
                                + Words.listed(pool.servers().stream().map(Server::fqdn).toList()),
                        "Export-CsConfiguration -FileName \"$env:TEMP\\configuration.zip\"",
                        "Import-CsConfiguration -FileName \"$env:TEMP\\configuration.zip\""
                                + " -LocalStore")
                .undoneBy("nothing: the local store is a copy")
                .noting("without -LocalStore the import would overwrite the whole configuration");
    }

    private static Draft replicate(PoolFqdn pool) {
        return Draft.of(
                        "Replicate the configuration to all servers",
                        new Action.ReplicateConfiguration(pool),
                        COPY_LIMIT,
                        "Invoke-CsManagementStoreReplication",
                        "Get-CsManagementStoreReplicationStatus")
                .seen(
                        new Verification.CentralManagementOn(pool),
                        new Verification.ReplicasUpToDate(pool))
                .repeated()
                .noting(
                        "takes 2 to 3 minutes; Edge servers are reached by HTTPS on port 4443",
                        "\"###50020:XDSForceReplication … being moved\" means that the old pool is"
                                + " still marked active: restore again there");
    }
}
