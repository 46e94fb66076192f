package io.understudy.runbook;

import io.understudy.decision.Remedy;
import io.understudy.estate.ComponentId;
import io.understudy.estate.Estate;
import io.understudy.estate.Pool;
import io.understudy.estate.PoolFqdn;
import io.understudy.health.PoolState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Runbooks of Front End pools: failover of both kinds, and failback (domain.md 5.1 to 5.3). */
final class PoolMoves {

    private static final Duration SYNC_LIMIT = Duration.ofMinutes(30);
    private static final Duration SHORTEST_FAILBACK = Duration.ofHours(1);

    /** Microsoft measured at most an hour for so many users. */
    private static final int USERS_AN_HOUR = 20_000;

    private static final String ADDRESS_BOOK =
            "keep away from the Address Book's synchronization (KB 3140472)";
    private static final String HOME =
            "-PoolFqdn names the home pool, in failover and failback alike";

    private PoolMoves() {}

    static List<Draft> failover(Remedy.PoolFailover remedy, Estate estate) {
        Pool home = Words.pool(estate, remedy.pool());
        List<Draft> drafts = new ArrayList<>();
        if (!remedy.disasterMode()) {
            drafts.add(sync(remedy.pool(), "so that nothing is left to send"));
            drafts.add(sync(remedy.to(), "so that nothing is left to send back"));
        }
        drafts.add(move(remedy, home));
        drafts.addAll(Applications.follow(home, remedy.to(), remedy.disasterMode()));
        return drafts;
    }

    /**
     * Running the same cmdlet again is the documented cure of a failover that stopped (domain.md
     * 5.1 step 7).
     */
    private static Draft move(Remedy.PoolFailover remedy, Pool home) {
        return Draft.of(
                        "Fail the pool " + remedy.pool() + " over to " + remedy.to(),
                        new Action.FailOverPool(remedy.pool(), remedy.to(), remedy.disasterMode()),
                        home.release().poolFailoverRto().multipliedBy(2),
                        "# on a server of " + remedy.to(),
                        "Invoke-CsPoolFailOver -PoolFqdn "
                                + remedy.pool()
                                + (remedy.disasterMode() ? " -DisasterMode" : "")
                                + " -Confirm:$false -Verbose")
                .seen(
                        new Verification.PoolStateIs(remedy.pool(), PoolState.FAILED_OVER),
                        new Verification.Serves(ComponentId.of(remedy.to())))
                .undoneBy(
                        "Invoke-CsPoolFailBack -PoolFqdn "
                                + remedy.pool()
                                + ", once the pool is whole again")
                .repeated()
                .noting(remedy.disasterMode() ? disaster() : planned());
    }

    private static List<String> disaster() {
        return List.of(
                HOME,
                "-DisasterMode skips all that needs the home pool. An Enterprise pool whose SQL is"
                        + " down needs it although its servers run",
                "it stops while the Central Management store has not fully moved: mend that, and"
                        + " run the same cmdlet again, which is the documented cure",
                "it stops with \"…is specified in topology as the next hop for the Edge server…\""
                        + " while an Edge pool points at the pool: change the next hop first",
                "users sign in again; presence is whole after up to 5 minutes");
    }

    private static List<String> planned() {
        return List.of(
                HOME,
                "without -DisasterMode: the pool becomes read-only, sends what is left and is"
                        + " switched, so that nothing is lost. It does not work while the pool's"
                        + " SQL is down",
                "the Central Management store must be on another pool, and no Edge pool may point"
                        + " at this one",
                "everybody signs in again; " + ADDRESS_BOOK);
    }

    private static Draft sync(PoolFqdn pool, String why) {
        return Draft.of(
                        "Have the Backup Service of " + pool + " send what is new, " + why,
                        new Action.SyncBackup(pool),
                        SYNC_LIMIT,
                        "Invoke-CsBackupServiceSync -PoolFqdn " + pool,
                        "(Get-CsBackupServiceStatus -PoolFqdn " + pool + ").BackupModules")
                .seen(new Verification.BackupSteady(pool))
                .undoneBy("nothing: it only sends what the pair lacks")
                .repeated()
                .noting(
                        "an export that is NotInitialized is normal for CentralMgmt.CMSMaster on a"
                                + " pool that is not its master",
                        "Get-CsBackupServiceStatus has no -BackupModule, whatever Microsoft's page"
                                + " says, and answers members of RTCUniversalServerAdmins only");
    }

    static List<Draft> failback(Remedy.PoolFailback remedy, Estate estate) {
        Pool home = Words.pool(estate, remedy.pool());
        List<Draft> drafts = new ArrayList<>();
        drafts.add(back(remedy, home));
        if (!remedy.disasterMode()) {
            drafts.add(sync(remedy.from(), "conference content above all"));
            drafts.addAll(Applications.comeBack(home, remedy.from()));
        }
        estate.edgesTowards(remedy.pool())
                .forEach(edge ->
                        drafts.add(
                                EdgeNextHop.back(
                                        edge.fqdn(), remedy.pool(), remedy.from(), estate)));
        return drafts;
    }

    private static Draft back(Remedy.PoolFailback remedy, Pool home) {
        Draft draft =
                Draft.of(
                                "Fail the pool " + remedy.pool() + " back from " + remedy.from(),
                                new Action.FailBackPool(
                                        remedy.pool(), remedy.from(), remedy.disasterMode()),
                                failbackLimit(home),
                                "Invoke-CsPoolFailBack -PoolFqdn "
                                        + remedy.pool()
                                        + (remedy.disasterMode() ? " -DisasterMode" : "")
                                        + " -Confirm:$false -Verbose")
                        .seen(
                                new Verification.PoolInService(remedy.pool()),
                                new Verification.Serves(ComponentId.of(remedy.pool())))
                        .noting(backNotes(remedy));
        return remedy.disasterMode()
                ? draft.undoneBy(
                                "nothing brings back what was written on "
                                        + remedy.from()
                                        + " since the failover")
                        .forGood()
                : draft.undoneBy(
                        "Invoke-CsPoolFailOver -PoolFqdn " + remedy.pool() + ", planned again");
    }

    private static List<String> backNotes(Remedy.PoolFailback remedy) {
        List<String> notes = new ArrayList<>();
        notes.add(HOME);
        if (remedy.disasterMode()) {
            notes.add(
                    "-DisasterMode: the backup pool is gone, and what users wrote there since the"
                            + " failover is given up");
        }
        notes.add(
                "start all services first and wait for the Address Book's synchronization (events"
                        + " 12287, 21001, 21002, 21005, 21052): during it RTCSRV may not start on"
                        + " some servers (events 12314, 12299; KB 3140472); reboot those");
        notes.add(
                "users are moved in resiliency mode and their conferences end; Rejoin works once"
                        + " the pool is in normal mode");
        notes.add(
                "a federation route or media association that was moved to another Edge pool goes"
                        + " back before this step; the Central Management store may stay");
        return notes;
    }

    /** Twice what is published, and at least an hour. */
    private static Duration failbackLimit(Pool home) {
        long users = home.users().orElse(USERS_AN_HOUR);
        Duration usual =
                Duration.ofSeconds(
                        Math.ceilDiv(Duration.ofHours(1).toSeconds() * users, USERS_AN_HOUR));
        Duration limit = usual.multipliedBy(2);
        return limit.compareTo(SHORTEST_FAILBACK) < 0 ? SHORTEST_FAILBACK : limit;
    }
}
