package io.understudy.run;

import io.understudy.decision.Decision;
import io.understudy.decision.Mode;
import io.understudy.decision.RunState;
import io.understudy.runbook.Runbook;
import io.understudy.runbook.Step;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * A remediation being carried out, with what people may do to it; what its owner does is in {@link
 * OwnedRun}. Every transition returns the next state with its journal lines, or throws {@link
 * RunRefusal} and changes nothing.
 *
 * @param decision the decision that it carries out, as taken
 * @param openedBy the person who asked for it, or {@link #UNDERSTUDY}
 * @param cancelRequestedBy who wants it to stop before its next step
 * @param outcome once ended: what came of it, and what to do where it failed
 * @param incident the incident that it belongs to
 */
public record Run(
        String id,
        Decision decision,
        Runbook runbook,
        RunState state,
        List<StepState> steps,
        List<Approval> approvals,
        String openedBy,
        Instant openedAt,
        Optional<Instant> startedAt,
        Optional<Instant> endedAt,
        Optional<String> cancelRequestedBy,
        Optional<Outcome> outcome,
        Optional<String> incident) {

    /** The actor that is nobody but this service. */
    public static final String UNDERSTUDY = "understudy";

    private static final int WHOLE_RUN = 0;
    private static final long NO_TOKEN = 0;

    /** How a run ended or why it asks, and what to do. */
    public record Outcome(String message, String whatToDo) {}

    public Run {
        steps = List.copyOf(steps);
        approvals = List.copyOf(approvals);
    }

    /**
     * A new run: it waits for approval where any is needed, else it runs.
     *
     * @param openedBy a person's name, whose asking is no approval, or {@link #UNDERSTUDY}, which
     *     may start by itself only what has mode AUTOMATE
     */
    public static RunStore.Change open(
            String id,
            Decision decision,
            Runbook runbook,
            String openedBy,
            Instant at,
            Optional<String> incident) {
        Run waiting =
                new Run(
                        id,
                        decision,
                        runbook,
                        RunState.AWAITING_APPROVAL,
                        runbook.steps().stream()
                                .map(step -> StepState.pending(step.number()))
                                .toList(),
                        List.of(),
                        openedBy,
                        at,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        incident);
        List<JournalEntry> lines = new ArrayList<>();
        lines.add(
                line(
                        at,
                        JournalEntry.Kind.OPENED,
                        openedBy,
                        decision.remediation() + " of " + decision.target()));
        if (waiting.approvalsNeeded() > 0) {
            return new RunStore.Change(waiting, lines);
        }
        lines.add(line(at, JournalEntry.Kind.STARTED, openedBy, "no approval is needed"));
        return new RunStore.Change(waiting.started(at), lines);
    }

    /** How many different people must approve before it runs. */
    public int approvalsNeeded() {
        boolean advised = openedBy.equals(UNDERSTUDY) && decision.mode() != Mode.AUTOMATE;
        return Math.max(decision.approvalsRequired(), advised ? 1 : 0);
    }

    /**
     * Approves; with the last approval that is needed it runs. Approving twice counts once, also
     * under a name that differs only in case or white space. The database keeps to it, too.
     *
     * @throws RunRefusal WRONG_STATE when it does not wait for approval; NOT_ALLOWED when two are
     *     needed and the actor is the one who opened it
     */
    public RunStore.Change approve(String actor, Instant at) {
        if (approvals.stream().anyMatch(given -> Approval.samePerson(given.actor(), actor))) {
            return new RunStore.Change(this, List.of());
        }
        if (state != RunState.AWAITING_APPROVAL) {
            throw wrongState("approved", "only a run that is AWAITING_APPROVAL can be");
        }
        if (approvalsNeeded() > 1 && Approval.samePerson(actor, openedBy)) {
            throw new RunRefusal(
                    RunRefusal.Reason.NOT_ALLOWED,
                    "run " + id + " needs two approvals, and " + actor + " opened it",
                    "have " + approvalsNeeded() + " other people approve it");
        }
        List<Approval> given = new ArrayList<>(approvals);
        given.add(new Approval(actor, at));
        List<JournalEntry> lines = new ArrayList<>();
        String count = given.size() + " of " + approvalsNeeded() + " approvals";
        lines.add(line(at, JournalEntry.Kind.APPROVED, actor, count));
        Run next = with(state, given, startedAt, cancelRequestedBy);
        if (given.size() >= approvalsNeeded()) {
            next = next.started(at);
            lines.add(line(at, JournalEntry.Kind.STARTED, actor, "all approvals are given"));
        }
        return new RunStore.Change(next, lines);
    }

    /**
     * Asks it to stop. A run that carries a step out stops before the next one; one that waits for
     * people ends at once. Asking twice counts once.
     *
     * @param why the reason, for people
     * @throws RunRefusal WRONG_STATE when it has ended
     */
    public RunStore.Change requestCancel(String actor, String why, Instant at) {
        requireOpen("cancelled");
        if (state != RunState.RUNNING) {
            return ended(
                    RunState.CANCELLED,
                    JournalEntry.Kind.CANCELLED,
                    actor,
                    at,
                    new Outcome("cancelled by " + actor + ": " + why, whatWasDone()));
        }
        if (cancelRequestedBy.isPresent()) {
            return new RunStore.Change(this, List.of());
        }
        return new RunStore.Change(
                with(state, approvals, startedAt, Optional.of(actor)),
                List.of(line(at, JournalEntry.Kind.CANCEL_REQUESTED, actor, why)));
    }

    /**
     * Lets a run that asks go on.
     *
     * @param about what the word is about; empty: whatever the run asks when the word arrives
     * @throws RunRefusal WRONG_STATE when it does not ask, or asks something else
     */
    public RunStore.Change resume(
            String actor, Resumption word, Optional<Asked> about, Instant at) {
        if (state != RunState.AWAITING_OPERATOR) {
            throw wrongState("resumed", "only a run that is AWAITING_OPERATOR can be");
        }
        StepState asked = current().orElseThrow();
        if (about.filter(meant -> !meant.fits(asked)).isPresent()) {
            throw wrongState(
                    "resumed by a word about another question: it asks about step "
                            + asked.number()
                            + " after "
                            + asked.attempts()
                            + " attempts",
                    "look at what it asks now, and answer that");
        }
        String said =
                switch (word) {
                    case TOOK_EFFECT -> actor + " says that it took effect";
                    case REPEAT -> actor + " lets it be carried out again";
                };
        StepState next =
                switch (word) {
                    case TOOK_EFFECT -> asked.done(at, said);
                    case REPEAT -> asked.back(said);
                };
        Run running = with(RunState.RUNNING, approvals, startedAt, cancelRequestedBy);
        return new RunStore.Change(
                running.withStep(next).withOutcome(Optional.empty()),
                List.of(
                        new JournalEntry(
                                at,
                                asked.number(),
                                JournalEntry.Kind.RESUMED,
                                NO_TOKEN,
                                actor,
                                said)));
    }

    /**
     * Ends it, and a person carries on.
     *
     * @throws RunRefusal WRONG_STATE when it has ended, or while a step is being carried out
     */
    public RunStore.Change handOver(String actor, Instant at) {
        requireOpen("handed over");
        if (state == RunState.RUNNING
                && current().filter(step -> step.phase() != StepState.Phase.PENDING).isPresent()) {
            throw wrongState(
                    "handed over while step " + current().orElseThrow().number() + " is under way",
                    "cancel it, which stops it before the next step, or wait for the step");
        }
        return ended(
                RunState.HANDED_OVER,
                JournalEntry.Kind.HANDED_OVER,
                actor,
                at,
                new Outcome(actor + " carries on by hand", whatIsLeft()));
    }

    /** The first step that is neither done nor left out; empty when all are. */
    public Optional<StepState> current() {
        return steps.stream().filter(step -> !step.phase().over()).findFirst();
    }

    /** A step of the runbook by its number. */
    public Step step(int number) {
        return runbook.steps().stream()
                .filter(step -> step.number() == number)
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException("run " + id + " has no step " + number));
    }

    /** What has taken effect and how it is taken back, for the person who has to know. */
    String whatWasDone() {
        String undo =
                steps.stream()
                        .filter(step -> step.attempts() > 0)
                        .map(step -> step(step.number()))
                        .map(step ->
                                "step " + step.number() + " (" + step.title() + "): " + step.undo())
                        .collect(Collectors.joining("; "));
        return undo.isEmpty() ? "nothing was changed" : "to take back what was done: " + undo;
    }

    private String whatIsLeft() {
        return steps.stream()
                .filter(step -> !step.phase().over())
                .map(step -> step(step.number()).command())
                .collect(Collectors.joining("; ", "what is left to do: ", ""));
    }

    RunStore.Change ended(
            RunState end, JournalEntry.Kind kind, String actor, Instant at, Outcome outcome) {
        return new RunStore.Change(
                endedAs(end, at, outcome), List.of(line(at, kind, actor, outcome.message())));
    }

    Run endedAs(RunState end, Instant at, Outcome how) {
        return new Run(
                id,
                decision,
                runbook,
                end,
                steps,
                approvals,
                openedBy,
                openedAt,
                startedAt,
                Optional.of(at),
                cancelRequestedBy,
                Optional.of(how),
                incident);
    }

    Run asking(Outcome question) {
        return with(RunState.AWAITING_OPERATOR, approvals, startedAt, cancelRequestedBy)
                .withOutcome(Optional.of(question));
    }

    Run withStep(StepState changed) {
        UnaryOperator<StepState> swap = s -> s.number() == changed.number() ? changed : s;
        return new Run(
                id,
                decision,
                runbook,
                state,
                steps.stream().map(swap).toList(),
                approvals,
                openedBy,
                openedAt,
                startedAt,
                endedAt,
                cancelRequestedBy,
                outcome,
                incident);
    }

    private Run started(Instant at) {
        return with(RunState.RUNNING, approvals, Optional.of(at), cancelRequestedBy);
    }

    private Run withOutcome(Optional<Outcome> newer) {
        return new Run(
                id,
                decision,
                runbook,
                state,
                steps,
                approvals,
                openedBy,
                openedAt,
                startedAt,
                endedAt,
                cancelRequestedBy,
                newer,
                incident);
    }

    private Run with(
            RunState newState,
            List<Approval> given,
            Optional<Instant> start,
            Optional<String> cancel) {
        return new Run(
                id, decision, runbook, newState, steps, given, openedBy, openedAt, start, endedAt,
                cancel, outcome, incident);
    }

    private void requireOpen(String what) {
        if (state.ended()) {
            throw wrongState(what, "it has ended; see its outcome");
        }
    }

    RunRefusal wrongState(String what, String whatToDo) {
        return new RunRefusal(
                RunRefusal.Reason.WRONG_STATE,
                "run " + id + " is " + state + " and cannot be " + what,
                whatToDo);
    }

    private static JournalEntry line(
            Instant at, JournalEntry.Kind kind, String actor, String message) {
        return new JournalEntry(at, WHOLE_RUN, kind, NO_TOKEN, actor, message);
    }
}
