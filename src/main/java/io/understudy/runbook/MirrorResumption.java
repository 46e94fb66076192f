package io.understudy.runbook;

import io.understudy.decision.Remedy;
import io.understudy.estate.Position;
import io.understudy.estate.SqlInstance;
import io.understudy.estate.Store;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Mirroring that is suspended is resumed (domain.md 4.5, rows B12 and B16), when people ask. */
final class MirrorResumption {

    /** Until what the mirror has missed is sent and redone. */
    private static final Duration CATCH_UP_LIMIT = Duration.ofMinutes(30);

    private static final Duration BY_HAND = Duration.ofHours(1);

    private MirrorResumption() {}

    /**
     * A step for each side that is principal of some of the databases.
     *
     * @param returned whether the old principal is back after a forced switch, so that resuming
     *     discards its unsent log
     */
    static List<Draft> of(Remedy.Repair repair, Store store, boolean returned) {
        List<Draft> drafts = new ArrayList<>();
        for (Remedy.Repair.Suspended suspended : repair.suspended()) {
            if (returned) {
                drafts.add(salvage(store, suspended));
            }
            drafts.add(returned ? givingUp(store, suspended) : keeping(store, suspended));
        }
        return drafts;
    }

    private static Draft salvage(Store store, Remedy.Repair.Suspended suspended) {
        SqlInstance principal = at(store, suspended.principalOn());
        SqlInstance old = at(store, suspended.principalOn().other());
        return Draft.of(
                        "Decide on salvage: break the session and extract what "
                                + old
                                + " did not send, or give it up ("
                                + Words.listed(suspended.databases())
                                + ")",
                        new Action.ByHand(),
                        BY_HAND,
                        "-- to give it up: nothing, and let the run go on",
                        "-- to save it, on " + principal,
                        each(suspended, " SET PARTNER OFF;"),
                        "-- then on " + old + ", to read it there",
                        Words.each(
                                suspended.databases(),
                                name ->
                                        "RESTORE DATABASE "
                                                + Words.bracketed(name)
                                                + " WITH RECOVERY;"))
                .undoneBy("mirroring that was broken is set up anew, with a fresh mirror")
                .noting(
                        "the next step cannot be taken back: let the run go on only when nothing"
                                + " that "
                                + old
                                + " alone has is still wanted",
                        "once the session is broken there is nothing left to resume: cancel this"
                                + " run, and set mirroring up anew after the extraction",
                        "never bring an application to the copy on "
                                + old
                                + ": it would write beside the principal");
    }

    private static Draft givingUp(Store store, Remedy.Repair.Suspended suspended) {
        return resume(store, suspended)
                .undoneBy(
                        "nothing brings back the log that "
                                + at(store, suspended.principalOn().other())
                                + " had not sent: it is discarded")
                .forGood()
                .noting(
                        "no automatic RESUME: two people have approved of what is lost",
                        redoFailed(),
                        "SET PARTNER may return success and fail later: what counts is the state"
                                + " that is read afterwards");
    }

    private static Draft keeping(Store store, Remedy.Repair.Suspended suspended) {
        return resume(store, suspended)
                .undoneBy("ALTER DATABASE … SET PARTNER SUSPEND on either partner")
                .repeated()
                .noting(
                        "mend the cause first: network, disk, and what SQL errors 1453, 1454 and"
                                + " 1458 name; resuming does not mend it",
                        redoFailed(),
                        "no failover meanwhile: the mirror is not in step, and the principal's log"
                                + " grows until it is",
                        "not after a forced switch: there it discards the old principal's unsent"
                                + " log (row B16)");
    }

    private static String redoFailed() {
        return "error 1462 means that redo has failed: do not repeat it, rebuild the mirror";
    }

    private static Draft resume(Store store, Remedy.Repair.Suspended suspended) {
        SqlInstance principal = at(store, suspended.principalOn());
        List<String> databases = suspended.databases();
        return Draft.of(
                        "Resume mirroring of "
                                + store.id()
                                + " on "
                                + principal
                                + " ("
                                + Words.listed(databases)
                                + ")",
                        new Action.ResumeMirroring(
                                store.name(), databases, principal, suspended.principalOn()),
                        CATCH_UP_LIMIT,
                        "-- on " + principal,
                        "USE master;",
                        each(suspended, " SET PARTNER RESUME;"))
                .seen(new Verification.MirroringSynchronized(store.name(), databases));
    }

    private static String each(Remedy.Repair.Suspended suspended, String what) {
        return Words.each(
                suspended.databases(), name -> "ALTER DATABASE " + Words.bracketed(name) + what);
    }

    private static SqlInstance at(Store store, Position position) {
        return store.at(position)
                .orElseThrow(() -> Words.missing(position + " instance of " + store.id()));
    }
}
