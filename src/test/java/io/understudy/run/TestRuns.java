package io.understudy.run;

import io.understudy.decision.Decision;
import io.understudy.decision.Mode;
import io.understudy.decision.RunState;
import io.understudy.estate.ComponentId;
import io.understudy.estate.PoolFqdn;
import io.understudy.runbook.Action;
import io.understudy.runbook.Runbook;
import io.understudy.runbook.Step;
import io.understudy.runbook.Verification;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Runs with a runbook made to measure. */
public final class TestRuns {

    public static final Instant AT = Instant.parse("2026-11-21T10:00:00Z");
    public static final Duration LIMIT = Duration.ofSeconds(20);

    /** Short and all different, so that each is told from the others. */
    static final RunnerSettings PACE =
            new RunnerSettings(
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(7),
                    3,
                    Duration.ofSeconds(2),
                    Duration.ofSeconds(3),
                    2,
                    10);

    private TestRuns() {}

    /** What a step of these runs shows when it took effect: this component serves. */
    public static ComponentId effectOf(int step) {
        return ComponentId.parse("server:effect" + step + ".contoso.com");
    }

    public static Step reassess(int number) {
        return new Step(
                number,
                "look again",
                new Action.Reassess(),
                "",
                List.of(),
                "nothing to undo",
                true,
                false,
                false,
                List.of(),
                LIMIT);
    }

    public static Step acting(int number, boolean repeatable, boolean seen) {
        PoolFqdn pool = new PoolFqdn("pool" + number + ".contoso.com");
        return new Step(
                number,
                "change " + pool,
                new Action.ChangeNextHop(pool, pool),
                "Set-CsEdgeServer " + number,
                seen ? List.of(new Verification.Serves(effectOf(number))) : List.of(),
                "undo " + number,
                repeatable,
                false,
                false,
                List.of(),
                LIMIT);
    }

    /** The run goes on without it. */
    static Step optional(Step step) {
        return new Step(
                step.number(),
                step.title(),
                step.action(),
                step.command(),
                step.verifications(),
                step.undo(),
                step.repeatable(),
                step.irreversible(),
                true,
                step.notes(),
                step.timeLimit());
    }

    static Step byHand(int number) {
        return new Step(
                number,
                "publish the topology",
                new Action.ByHand(),
                "Topology Builder, publish",
                List.of(),
                "publish it as it was",
                false,
                false,
                false,
                List.of(),
                LIMIT);
    }

    public static Decision decision(Mode mode, int approvals) {
        Decision sample = SampleRuns.opened("x", 0).decision();
        return new Decision(
                1,
                List.of(),
                sample.remedy(),
                sample.target(),
                sample.rule(),
                mode,
                approvals,
                sample.dataLoss(),
                sample.interruption(),
                sample.reason(),
                List.of(),
                List.of());
    }

    public static Runbook runbook(Step... steps) {
        Decision decision = decision(Mode.AUTOMATE, 0);
        return new Runbook(decision.remediation(), decision.target(), Stream.of(steps).toList());
    }

    /** The run r1 as it is opened. */
    public static Run open(String openedBy, Mode mode, int approvals) {
        return Run.open(
                        "r1",
                        decision(mode, approvals),
                        runbook(reassess(1)),
                        openedBy,
                        AT,
                        Optional.empty())
                .run();
    }

    /** A run that has been started by itself. */
    public static RunStore.Change running(String id, Step... steps) {
        return Run.open(
                id,
                decision(Mode.AUTOMATE, 0),
                runbook(steps),
                Run.UNDERSTUDY,
                AT,
                Optional.empty());
    }

    /** A run with one non-repeatable step in this phase. */
    static Run at(StepState.Phase phase) {
        Run run = running("r1", acting(1, false, true)).run();
        OwnedRun owned = new OwnedRun(run, 1, AT);
        return switch (phase) {
            case PENDING -> run;
            case INTENDED -> owned.intend(1).run();
            case ACTED -> new OwnedRun(at(StepState.Phase.INTENDED), 1, AT).acted(1, "ok").run();
            case DONE -> new OwnedRun(at(StepState.Phase.ACTED), 1, AT).verified(1, "seen").run();
            case SKIPPED -> owned.skipped(1, "left out").run();
            case FAILED -> owned.failed(1, "broken", "mend it").run();
        };
    }

    /** A run in this state, at its first step. */
    static Run in(RunState state) {
        Run running = at(StepState.Phase.PENDING);
        OwnedRun acted = new OwnedRun(at(StepState.Phase.ACTED), 1, AT);
        return switch (state) {
            case RUNNING -> running;
            case AWAITING_APPROVAL ->
                    Run.open(
                                    "r1",
                                    decision(Mode.ADVISE, 1),
                                    running.runbook(),
                                    "olga",
                                    AT,
                                    Optional.empty())
                            .run();
            case AWAITING_OPERATOR -> acted.asked(1, "not seen", "look").run();
            case SUCCEEDED -> new OwnedRun(at(StepState.Phase.DONE), 1, AT).succeeded().run();
            case FAILED -> at(StepState.Phase.FAILED);
            case CANCELLED -> new OwnedRun(running, 1, AT).cancelled("changed").run();
            case HANDED_OVER -> running.handOver("olga", AT).run();
        };
    }
}
