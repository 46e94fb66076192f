package io.understudy.run;

import static io.understudy.run.TestRuns.acting;
import static io.understudy.run.TestRuns.byHand;
import static io.understudy.run.TestRuns.optional;
import static io.understudy.run.TestRuns.reassess;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.understudy.adapter.spi.Progress;
import io.understudy.adapter.spi.Rehearsal;
import io.understudy.adapter.spi.StepCall;
import io.understudy.adapter.spi.StepExecutor;
import io.understudy.adapter.spi.StepOutcome;
import io.understudy.runbook.Action;
import io.understudy.runbook.Rehearsed;
import io.understudy.runbook.Rehearsed.Verdict;
import io.understudy.runbook.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class StepRehearsalsTest {

    private static final Reassessment.Verdict RIGHT = new Reassessment.Verdict.StillRight("so");
    private static final Duration LIMIT = Duration.ofSeconds(5);

    private final List<StepCall> calls = Collections.synchronizedList(new ArrayList<>());
    private Function<StepCall, Rehearsal> answer =
            _ -> new Rehearsal(Rehearsal.Verdict.WOULD_ACT, "ready", Optional.of("Set-X"));
    private int ids;

    @Test
    void everyStepIsToldWhoWouldDoItWhatWouldBeSentAndWhatComesBefore() {
        List<Rehearsed> told =
                rehearse(RIGHT, reassess(1), acting(2, false, true), acting(3, false, true));

        assertEquals(
                List.of(
                        new Rehearsed(
                                1,
                                Verdict.ALREADY_DONE,
                                "so",
                                Optional.empty(),
                                Optional.empty(),
                                List.of()),
                        new Rehearsed(
                                2,
                                Verdict.WOULD_ACT,
                                "ready",
                                Optional.of("Set-X"),
                                Optional.of("rehearsing"),
                                List.of()),
                        new Rehearsed(
                                3,
                                Verdict.WOULD_ACT,
                                "ready",
                                Optional.of("Set-X"),
                                Optional.of("rehearsing"),
                                List.of(2))),
                told);
    }

    @Test
    void aStepWhoseEffectIsThereComesBeforeNone() {
        answer =
                call ->
                        new Rehearsal(
                                call.stepNumber() == 1
                                        ? Rehearsal.Verdict.ALREADY_DONE
                                        : Rehearsal.Verdict.CANNOT_TELL,
                                "",
                                Optional.empty());
        List<Rehearsed> told =
                rehearse(RIGHT, acting(1, true, true), acting(2, true, true), byHand(3));
        assertEquals(List.of(), told.get(1).after());
        assertEquals(List.of(2), told.get(2).after(), "what cannot be told may act");
        assertEquals(Verdict.BY_HAND, told.get(2).verdict());
    }

    @Test
    void changedEvidenceWouldStopItAndTheStepsAreRehearsedAllTheSame() {
        List<Rehearsed> told =
                rehearse(
                        new Reassessment.Verdict.Changed("it is blocked"),
                        reassess(1),
                        acting(2, true, true));
        assertEquals(Verdict.WOULD_BE_REFUSED, told.getFirst().verdict());
        assertEquals(Verdict.WOULD_ACT, told.get(1).verdict());
        assertEquals(List.of(), told.get(1).after(), "the reassessment changes nothing");
    }

    @Test
    void whatNobodyIsToDoIsRefusedOrWhereItIsOptionalLeftOut() {
        StepRehearsals nobody = rehearsals(new ExecutorRouting(List.of(), Map.of()));
        List<Rehearsed> told =
                nobody.of(
                        TestRuns.runbook(
                                acting(1, true, true),
                                optional(acting(2, true, true)),
                                optional(byHand(3))),
                        RIGHT);
        assertEquals(
                List.of(Verdict.WOULD_BE_REFUSED, Verdict.LEFT_OUT, Verdict.LEFT_OUT),
                told.stream().map(Rehearsed::verdict).toList());
    }

    @Test
    void anExecutorThatBreaksHasToldNothing() {
        answer =
                _ -> {
                    throw new IllegalStateException("a defect");
                };
        Rehearsed told = rehearse(RIGHT, acting(1, true, true)).getFirst();
        assertEquals(Verdict.CANNOT_TELL, told.verdict());
        assertTrue(told.message().contains("a defect"), told.message());
    }

    @Test
    void aRehearsalIsNoRunsAndHasItsOwnLimit() {
        rehearse(RIGHT, acting(1, true, true));
        rehearse(RIGHT, acting(1, true, true));
        assertEquals(List.of("dry-1", "dry-2"), calls.stream().map(StepCall::runId).toList());
        assertEquals(LIMIT, calls.getFirst().timeLimit(), "less than the step's " + TestRuns.LIMIT);
        assertThrows(
                IllegalArgumentException.class,
                () ->
                        new StepRehearsals(
                                new ExecutorRouting(List.of(), Map.of()),
                                () -> "",
                                Runnable::run,
                                Duration.ZERO));
    }

    private List<Rehearsed> rehearse(Reassessment.Verdict verdict, Step... steps) {
        return rehearsals(new ExecutorRouting(List.of(new Rehearsing()), Map.of()))
                .of(TestRuns.runbook(steps), verdict);
    }

    private StepRehearsals rehearsals(ExecutorRouting routing) {
        return new StepRehearsals(routing, () -> "dry-" + ++ids, Runnable::run, LIMIT);
    }

    /** Answers rehearsals only: whatever else is asked of it is a failure. */
    private final class Rehearsing implements StepExecutor {
        @Override
        public String name() {
            return "rehearsing";
        }

        @Override
        public boolean supports(Action action) {
            return true;
        }

        @Override
        public Presence check(StepCall call) {
            throw new AssertionError("it was checked");
        }

        @Override
        public StepOutcome act(StepCall call, Progress progress) {
            throw new AssertionError("it acted");
        }

        @Override
        public Rehearsal rehearse(StepCall call) {
            calls.add(call);
            return answer.apply(call);
        }
    }
}
