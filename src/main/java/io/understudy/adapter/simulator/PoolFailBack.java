package io.understudy.adapter.simulator;

import io.understudy.adapter.simulator.Twin.Verdict;
import io.understudy.adapter.spi.StepExecutor.Presence;
import io.understudy.adapter.spi.StepOutcome;
import io.understudy.estate.Pool;
import io.understudy.estate.QuorumTable;
import io.understudy.health.ExportStatus;
import io.understudy.health.PoolState;
import io.understudy.runbook.Action;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Invoke-CsPoolFailBack (domain.md 5.3). The pool is FAILED_OVER until it ends; running it again
 * meanwhile joins what is under way.
 */
record PoolFailBack(Action.FailBackPool action) implements Order {

    @Override
    public Presence presence(TwinView view) {
        return view.pool(action.pool()).state() == PoolState.FAILED_BACK
                ? Presence.DONE
                : Presence.NOT_DONE;
    }

    @Override
    public Verdict begin(TwinView view) {
        PoolNow now = view.pool(action.pool());
        if (now.failedBackAt().isPresent()) {
            return Order.nothing(view, "already failing back");
        }
        Optional<Verdict> no = refusal(view, now);
        if (no.isPresent()) {
            return no.get();
        }
        Instant until = view.at().plus(view.settings().failBackPool());
        return new Verdict(
                view.state().withPool(action.pool(), now.withFailback(Optional.of(until))),
                new StepOutcome.Done("failing back"));
    }

    @Override
    public Duration takes(TwinView view) {
        return view.pool(action.pool())
                .failedBackAt()
                .map(until -> Duration.between(view.at(), until))
                .orElse(Duration.ZERO);
    }

    @Override
    public Verdict end(TwinView view) {
        PoolState state = view.pool(action.pool()).state();
        return state == PoolState.FAILED_BACK
                ? Order.nothing(view, action.pool() + " has its users back")
                : new Verdict(
                        view.state(),
                        new StepOutcome.Uncertain(
                                action.pool() + " is " + state + " and not failed back"));
    }

    private Optional<Verdict> refusal(TwinView view, PoolNow now) {
        Optional<Pool> home = view.estate().pool(action.pool()).filter(Pool::isFrontEnd);
        Optional<Pool> backup = home.flatMap(view.estate()::backupOf);
        if (home.isEmpty() || backup.filter(p -> p.fqdn().equals(action.from())).isEmpty()) {
            return Order.no(
                    view,
                    action.from() + " is not the backup pool of " + action.pool(),
                    "name the home pool and its own backup");
        }
        if (now.state() != PoolState.FAILED_OVER) {
            return Order.no(
                    view,
                    "PoolState of " + action.pool() + " is " + now.state() + ", not FAILED_OVER",
                    "only a pool that is failed over is failed back");
        }
        return homeUnfit(view, home.get())
                .or(() -> action.disasterMode() ? Optional.empty() : planned(view, backup.get()));
    }

    private Optional<Verdict> homeUnfit(TwinView view, Pool home) {
        int needed = QuorumTable.firstStart(home.servers().size());
        long running =
                home.servers().stream().filter(s -> view.runs(home, s, Services.REGISTRAR)).count();
        if (running < needed) {
            return Order.no(
                    view,
                    running
                            + " Front End Servers of "
                            + home.fqdn()
                            + " run, a full start needs "
                            + needed,
                    "start the missing Front End Servers first");
        }
        if (!view.backEndServes(home)) {
            return Order.no(
                    view,
                    "the SQL store of " + home.fqdn() + " does not serve",
                    "bring the store back first");
        }
        return BackupCopy.sends(view, home)
                ? Optional.empty()
                : Order.no(
                        view,
                        "LYNCBACKUP does not run in " + home.fqdn(),
                        "start it on the pool's servers");
    }

    /** What the users have written at the backup pool since is brought along. */
    private Optional<Verdict> planned(TwinView view, Pool backup) {
        if (!BackupCopy.sends(view, backup)) {
            return Order.no(
                    view,
                    backup.fqdn() + " does not answer, and what users wrote there is not here",
                    "bring it back; use -DisasterMode only when it is gone");
        }
        if (!view.configurable()) {
            return Order.no(
                    view,
                    "the Central Management store does not answer",
                    "fail the Central Management store over first, then run this again");
        }
        ExportStatus sent = view.pool(backup.fqdn()).exportStatus();
        return sent == ExportStatus.STEADY_STATE || sent == ExportStatus.FINAL_STATE
                ? Optional.empty()
                : Order.no(
                        view,
                        "the Backup Service of " + backup.fqdn() + " is in " + sent,
                        "run Invoke-CsBackupServiceSync and wait until it is steady");
    }
}
