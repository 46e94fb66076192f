package io.understudy.run;

import io.understudy.decision.Clause;
import io.understudy.decision.ClauseResult;
import io.understudy.decision.DataLoss;
import io.understudy.decision.Decision;
import io.understudy.decision.GateClause;
import io.understudy.decision.Interruption;
import io.understudy.decision.Mode;
import io.understudy.decision.Rejected;
import io.understudy.decision.Remediation;
import io.understudy.decision.Remedy;
import io.understudy.decision.RunState;
import io.understudy.estate.ComponentId;
import io.understudy.estate.DatabaseType;
import io.understudy.estate.PoolFqdn;
import io.understudy.estate.Position;
import io.understudy.estate.ServerFqdn;
import io.understudy.estate.SqlInstance;
import io.understudy.estate.StoreName;
import io.understudy.runbook.Action;
import io.understudy.runbook.Runbook;
import io.understudy.runbook.Step;
import io.understudy.runbook.Verification;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Runs as tests need them: a mirror failover of store be1, in any state. */
public final class SampleRuns {

    public static final Instant OPENED_AT = Instant.parse("2026-11-21T10:00:00.123456Z");

    private static final StoreName STORE = new StoreName("be1");
    private static final PoolFqdn POOL = new PoolFqdn("pool1.contoso.com");
    private static final SqlInstance MIRROR =
            new SqlInstance(new ServerFqdn("sql2.contoso.com"), "rtc");

    private SampleRuns() {}

    /** A run that has just been opened, {@code minute} minutes after {@link #OPENED_AT}. */
    public static Run opened(String id, int minute) {
        return new Run(
                id,
                decision(),
                runbook(),
                RunState.RUNNING,
                List.of(StepState.pending(1), StepState.pending(2)),
                List.of(),
                "understudy",
                OPENED_AT.plus(Duration.ofMinutes(minute)),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of("incident-" + id));
    }

    /** The same run, ended at this time. */
    public static Run ended(Run run, RunState state, Instant at) {
        return new Run(
                run.id(),
                run.decision(),
                run.runbook(),
                state,
                run.steps(),
                run.approvals(),
                run.openedBy(),
                run.openedAt(),
                run.startedAt(),
                Optional.of(at),
                run.cancelRequestedBy(),
                Optional.of(new Run.Outcome("it ended " + state, "nothing")),
                run.incident());
    }

    /** The same run with one more approval. */
    public static Run approved(Run run, String actor) {
        List<Approval> approvals = new ArrayList<>(run.approvals());
        approvals.add(new Approval(actor, OPENED_AT));
        return new Run(
                run.id(),
                run.decision(),
                run.runbook(),
                run.state(),
                run.steps(),
                approvals,
                run.openedBy(),
                run.openedAt(),
                run.startedAt(),
                run.endedAt(),
                run.cancelRequestedBy(),
                run.outcome(),
                run.incident());
    }

    /** A journal line under this token; tells itself apart by its message. */
    public static JournalEntry line(JournalEntry.Kind kind, long token, String message) {
        return new JournalEntry(OPENED_AT, 0, kind, token, "understudy", message);
    }

    private static Decision decision() {
        return new Decision(
                1,
                List.of(),
                new Remedy.MirrorFailover(
                        STORE, POOL, MIRROR, Position.MIRROR, List.of(DatabaseType.USER), true),
                ComponentId.of(STORE),
                "B3",
                Mode.AUTOMATE,
                0,
                new DataLoss.Bounded(Duration.ofSeconds(90)),
                new Interruption(
                        "users of pool1.contoso.com",
                        Duration.ofSeconds(20),
                        Duration.ofMinutes(5)),
                "the principal is down and its mirror is SYNCHRONIZED",
                List.of(
                        new GateClause(
                                Clause.MIRROR_SYNCHRONIZED, ClauseResult.PASSED, true, "it is")),
                List.of(
                        new Rejected(
                                Remediation.POOL_FAILOVER, "a mirror failover will do", "P1")));
    }

    private static Runbook runbook() {
        Step reassess =
                new Step(
                        1,
                        "Look again",
                        new Action.Reassess(),
                        "",
                        List.of(),
                        "",
                        true,
                        false,
                        false,
                        List.of(),
                        Duration.ofSeconds(30));
        Step failover =
                new Step(
                        2,
                        "Move the principal",
                        new Action.SwitchPrincipal(
                                STORE,
                                POOL,
                                DatabaseType.USER,
                                List.of("rtcxds"),
                                MIRROR,
                                Position.MIRROR,
                                true),
                        "Invoke-CsDatabaseFailover -PoolFqdn pool1.contoso.com",
                        List.of(
                                new Verification.PrincipalOn(
                                        STORE, List.of("rtcxds"), Position.MIRROR),
                                new Verification.Serves(ComponentId.of(MIRROR))),
                        "move it back",
                        false,
                        false,
                        false,
                        List.of(),
                        Duration.ofMinutes(2));
        return new Runbook(
                Remediation.MIRROR_FAILOVER, ComponentId.of(STORE), List.of(reassess, failover));
    }
}
