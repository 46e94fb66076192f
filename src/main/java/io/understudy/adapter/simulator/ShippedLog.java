package io.understudy.adapter.simulator;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Log shipping of a store to its secondary (domain.md 6.4 to 6.8).
 *
 * @param shipping whether the copy and restore jobs are there
 * @param backedUpAt when the newest log backup was taken
 * @param restoredTo the newest log backup that the secondary has applied, by when it was taken
 * @param nextBackupAt when the next is due
 * @param restoreAt when the jobs will have applied what there is
 * @param recovered whether the secondary's databases are open to clients: its log chain has ended
 * @param fullBackup whether a full backup of them lies on the share
 * @param returned whether that was restored over the primary's databases
 */
public record ShippedLog(
        boolean shipping,
        Instant backedUpAt,
        Instant restoredTo,
        Optional<Instant> nextBackupAt,
        Optional<Instant> restoreAt,
        boolean recovered,
        boolean fullBackup,
        boolean returned) {

    /** As an administrator has just set it up. */
    static ShippedLog fresh(Instant now) {
        return new ShippedLog(
                true, now, now, Optional.empty(), Optional.empty(), false, false, false);
    }

    /** Whether there is a backup that the secondary has not applied. */
    boolean unapplied() {
        return restoredTo.isBefore(backedUpAt);
    }

    /**
     * What the jobs make of it by {@code now}, which none of its deadlines lies before.
     *
     * @param primaryServes whether there is a log to back up
     * @param secondaryUp whether anything can be restored
     */
    ShippedLog next(
            boolean primaryServes, boolean secondaryUp, TwinSettings settings, Instant now) {
        if (recovered) {
            return with(backedUpAt, restoredTo, Optional.empty(), Optional.empty());
        }
        boolean due = nextBackupAt.filter(at -> !now.isBefore(at)).isPresent();
        Instant newest = due && primaryServes ? now : backedUpAt;
        Optional<Instant> again =
                Optional.of(
                        nextBackupAt
                                .filter(now::isBefore)
                                .orElseGet(() -> now.plus(settings.logBackupInterval())));
        if (!shipping || !secondaryUp || !restoredTo.isBefore(newest)) {
            return with(newest, restoredTo, again, Optional.empty());
        }
        Instant applied = restoreAt.orElseGet(() -> now.plus(settings.logRestoreDelay()));
        return now.isBefore(applied)
                ? with(newest, restoredTo, again, Optional.of(applied))
                : with(newest, newest, again, Optional.empty());
    }

    private ShippedLog with(
            Instant newest, Instant applied, Optional<Instant> nextBackup, Optional<Instant> next) {
        return new ShippedLog(
                shipping, newest, applied, nextBackup, next, recovered, fullBackup, returned);
    }

    /** After the jobs were taken away from the secondary. */
    ShippedLog stopped() {
        return new ShippedLog(
                false,
                backedUpAt,
                restoredTo,
                nextBackupAt,
                Optional.empty(),
                recovered,
                fullBackup,
                returned);
    }

    /** After every backup was applied. */
    ShippedLog applied() {
        return with(backedUpAt, backedUpAt, nextBackupAt, Optional.empty());
    }

    /** After RESTORE … WITH RECOVERY. */
    ShippedLog opened() {
        return new ShippedLog(
                shipping,
                backedUpAt,
                restoredTo,
                Optional.empty(),
                Optional.empty(),
                true,
                false,
                false);
    }

    ShippedLog withFullBackup(boolean restoredOnPrimary) {
        return new ShippedLog(
                shipping,
                backedUpAt,
                restoredTo,
                nextBackupAt,
                restoreAt,
                recovered,
                true,
                restoredOnPrimary);
    }

    /** How long what was restored last had taken from the primary to the secondary, or takes. */
    Duration latency(TwinSettings settings) {
        Duration behind = Duration.between(restoredTo, backedUpAt);
        return behind.compareTo(settings.logRestoreDelay()) > 0
                ? behind
                : settings.logRestoreDelay();
    }
}
