package io.understudy.runbook;

import io.understudy.decision.Remedy;
import io.understudy.estate.DatabaseType;
import io.understudy.estate.Estate;
import io.understudy.estate.LogShipping;
import io.understudy.estate.Pool;
import io.understudy.estate.Server;
import io.understudy.estate.ServerFqdn;
import io.understudy.estate.SiteName;
import io.understudy.estate.SqlInstance;
import io.understudy.estate.Store;
import io.understudy.health.ChatState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Runbooks of Persistent Chat: to the log shipping secondary and back (domain.md 6.7, 6.8). */
final class Chat {

    /** No more servers than these can be active. */
    private static final int MOST_ACTIVE = 4;

    private static final Duration SETTING_LIMIT = Duration.ofMinutes(10);
    private static final Duration BY_HAND = Duration.ofHours(1);

    private Chat() {}

    static List<Draft> failover(Remedy.ChatFailover remedy, Estate estate) {
        Pool pool = Words.pool(estate, remedy.pool());
        Store store = Words.store(estate, remedy.store());
        List<String> chat = Words.databases(store, DatabaseType.PERSISTENT_CHAT);
        List<Draft> drafts = new ArrayList<>();
        drafts.add(LogShipped.stop(store.name(), chat, remedy.to()));
        drafts.add(LogShipped.restoreLogs(store.name(), chat, remedy.to()));
        drafts.add(LogShipped.recover(store.name(), chat, remedy.to()));
        drafts.add(state(pool, ChatState.FAILED_OVER));
        drafts.add(mirrorOfSecondary(remedy.to()));
        drafts.add(activeNear(pool, store));
        return drafts;
    }

    private static Draft state(Pool pool, ChatState state, Verification... also) {
        List<Verification> seen = new ArrayList<>();
        seen.add(new Verification.ChatStateIs(pool.fqdn(), state));
        seen.addAll(List.of(also));
        return Draft.of(
                        "Tell the chat pool " + pool.fqdn() + " that it is " + state,
                        new Action.SetChatState(pool.fqdn(), state),
                        SETTING_LIMIT,
                        "Set-CsPersistentChatState -Identity \"PersistentChatServer:"
                                + pool.fqdn()
                                + "\" -PoolState "
                                + Words.cmdlet(state)
                                + " -Confirm:$false",
                        "Get-CsPersistentChatState")
                .seen(seen)
                .undoneBy(
                        "the same with -PoolState "
                                + Words.cmdlet(
                                        state == ChatState.NORMAL
                                                ? ChatState.FAILED_OVER
                                                : ChatState.NORMAL))
                .repeated();
    }

    private static Draft mirrorOfSecondary(SqlInstance secondary) {
        return Draft.of(
                        "Mirror the databases of " + secondary,
                        new Action.ByHand(),
                        BY_HAND,
                        "Install-CsMirrorDatabase -DatabaseType PersistentChat -FileShare"
                                + " <\\\\server\\share> -SqlServerFqdn "
                                + secondary.fqdn()
                                + " -SqlInstanceName "
                                + secondary.instance()
                                + " -Verbose")
                .undoneBy("Uninstall-CsMirrorDatabase, which the failback asks for anyway")
                .ifPossible()
                .noting(
                        "only where the topology names a mirror of the secondary; it is another"
                                + " than the primary's. Chat works without it");
    }

    /** Those that stand where the databases are now (row O10). */
    private static Draft activeNear(Pool pool, Store store) {
        List<ServerFqdn> near =
                store.logShipping()
                        .map(LogShipping::site)
                        .map(site -> at(pool, site))
                        .orElse(List.of());
        return near.isEmpty()
                ? chosenByHand(pool)
                : active(
                        pool,
                        near,
                        "Make the servers beside the databases the active ones",
                        new Verification.Serves(pool.id()));
    }

    private static List<ServerFqdn> at(Pool pool, SiteName site) {
        return pool.servers().stream()
                .filter(server -> server.site().orElse(pool.site()).equals(site))
                .map(Server::fqdn)
                .limit(MOST_ACTIVE)
                .toList();
    }

    private static Draft active(
            Pool pool, List<ServerFqdn> servers, String title, Verification... also) {
        List<Verification> seen = new ArrayList<>();
        seen.add(new Verification.ActiveServersAre(pool.fqdn(), servers));
        seen.addAll(List.of(also));
        return Draft.of(
                        title + (servers.isEmpty() ? "" : ": " + Words.listed(servers)),
                        new Action.SetActiveChatServers(pool.fqdn(), servers),
                        SETTING_LIMIT,
                        "Set-CsPersistentChatActiveServer -Identity \"PersistentChatServer:"
                                + pool.fqdn()
                                + "\" -ActiveServers "
                                + listed(servers)
                                + " -Confirm:$false")
                .seen(seen)
                .undoneBy("the same with the servers that were active before")
                .repeated()
                .noting(
                        "at most four servers are active, in the databases' datacenter or near it:"
                                + " none across a slow link",
                        "no cmdlet shows the list alone; Get-CsService -PersistentChatServer does");
    }

    private static String listed(List<ServerFqdn> servers) {
        return servers.isEmpty()
                ? "$Null"
                : servers.stream()
                        .map(server -> "\"" + server + "\"")
                        .toList()
                        .toString()
                        .replace("[", "@{Replace=")
                        .replace("]", "}")
                        .replace(", ", ",");
    }

    private static Draft chosenByHand(Pool pool) {
        return Draft.of(
                        "Choose the active servers of " + pool.fqdn(),
                        new Action.ByHand(),
                        BY_HAND,
                        "Set-CsPersistentChatActiveServer -Identity \"PersistentChatServer:"
                                + pool.fqdn()
                                + "\" -ActiveServers @{Replace=\"<server>\",\"<server>\"}")
                .undoneBy("the same with the servers that were active before")
                .noting(
                        "the estate has no server of the pool at the secondary's site: choose up to"
                                + " four that are near it");
    }

    static List<Draft> failback(Remedy.ChatFailback remedy, Estate estate) {
        Pool pool = Words.pool(estate, remedy.pool());
        Store store = Words.store(estate, remedy.store());
        SqlInstance secondary =
                store.logShipping()
                        .map(LogShipping::secondary)
                        .orElseThrow(() -> Words.missing("log shipping of " + store.id()));
        List<String> chat = Words.databases(store, DatabaseType.PERSISTENT_CHAT);
        List<Draft> drafts = new ArrayList<>();
        drafts.add(active(pool, List.of(), "Make no server active, so that nobody writes"));
        drafts.add(removeMirroring(secondary));
        drafts.add(LogShipped.backUp(store.name(), chat, secondary));
        drafts.add(LogShipped.restoreOver(store.name(), chat, remedy.to()));
        drafts.add(LogShipped.configure(store, secondary));
        drafts.add(active(pool, configured(pool), "Make the usual servers active again"));
        drafts.add(state(pool, ChatState.NORMAL, new Verification.Serves(pool.id())));
        return drafts;
    }

    private static List<ServerFqdn> configured(Pool pool) {
        return pool.servers().stream()
                .filter(Server::active)
                .map(Server::fqdn)
                .limit(MOST_ACTIVE)
                .toList();
    }

    private static Draft removeMirroring(SqlInstance secondary) {
        return Draft.of(
                        "Remove the mirroring of " + secondary,
                        new Action.ByHand(),
                        BY_HAND,
                        "-- on " + secondary + ", where they are mirrored",
                        "ALTER DATABASE [mgc] SET PARTNER OFF;",
                        "ALTER DATABASE [mgccomp] SET PARTNER OFF;")
                .undoneBy("Install-CsMirrorDatabase again")
                .noting("nothing to do where the secondary was not mirrored");
    }
}
