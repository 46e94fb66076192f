package io.understudy.control;

import io.understudy.decision.Decision;
import io.understudy.decision.Evaluation;
import io.understudy.decision.GateClause;
import io.understudy.decision.Mode;
import io.understudy.decision.RunState;
import io.understudy.decision.Snapshot;
import io.understudy.estate.ComponentId;
import io.understudy.estate.Estate;
import io.understudy.health.Observation;
import io.understudy.run.Fence;
import io.understudy.run.Run;
import io.understudy.run.RunRefusal;
import io.understudy.run.RunStore;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * From what was seen to decisions on record and runs opened, again and again.
 *
 * <p>Every replica judges; the one that holds the task of evaluating acts on it, too. {@link
 * #judge} and {@link #tick} are for one thread at a time and guard themselves.
 */
public final class ControlLoop {

    private static final System.Logger LOGGER = System.getLogger(ControlLoop.class.getName());

    private static final EvaluationLog.Change UNCHANGED =
            new EvaluationLog.Change(List.of(), List.of(), List.of());

    private final Judgement judgement;
    private final EvaluationRecord record;
    private final RunOpening opening;
    private final RunStore runs;
    private final ControlListener listener;
    private final InstantSource clock;
    private final Supplier<String> ids;
    private final Duration withdrawAfter;
    private final Map<String, Instant> missingSince = new HashMap<>();
    private final Set<String> refused = new HashSet<>();
    private volatile Optional<Present> present = Optional.empty();

    /**
     * @param withdrawAfter for how long without a break a run that waits for approval must no
     *     longer be what is decided before it is withdrawn; more than a start takes until evidence
     *     is fresh
     */
    public ControlLoop(
            Judgement judgement,
            EvaluationLog evaluations,
            RunOpening opening,
            RunStore runs,
            ControlListener listener,
            InstantSource clock,
            Supplier<String> ids,
            Duration withdrawAfter) {
        this.judgement = judgement;
        this.record = new EvaluationRecord(evaluations);
        this.opening = opening;
        this.runs = runs;
        this.listener = listener;
        this.clock = clock;
        this.ids = ids;
        this.withdrawAfter = withdrawAfter;
    }

    /**
     * Takes in what was observed before the process started, so that it knows what it knew.
     *
     * @param horizon how far back; it bounds for how long after a failure the state before it is
     *     remembered over a restart
     */
    public void restore(ObservationLog log, Duration horizon) {
        log.since(clock.instant().minus(horizon), judgement::accept);
    }

    /** Takes statements into account with the next tick. */
    public void accept(List<Observation> observations) {
        judgement.accept(observations);
    }

    /**
     * What was believed and decided by the last tick; empty before the first, or without estate.
     */
    public Optional<Present> present() {
        return present;
    }

    /** Evaluates for those who read, and changes nothing: another replica does what follows. */
    public synchronized Optional<Present> judge() {
        Instant begin = clock.instant();
        Optional<Present> now = judgement.next();
        now.ifPresent(judged -> {
            missing(judged, runs.open());
            present = now;
            listener.evaluated(judged, UNCHANGED, Duration.between(begin, clock.instant()));
        });
        return now;
    }

    /** {@link #tick(Optional)} of a process that is alone on its database. */
    public Optional<Present> tick() {
        return tick(Optional.empty());
    }

    /**
     * Evaluates, puts on record what changed, opens and withdraws runs.
     *
     * @param shift of the replica that evaluates on behalf of all, made before this was called
     * @throws io.understudy.run.FenceRefusal when it is no longer the one that does, at whatever
     *     point it turned out: what is left to be done is for whoever evaluates now
     */
    public synchronized Optional<Present> tick(Optional<Fence> shift) {
        Instant begin = clock.instant();
        Optional<Present> now = judgement.next();
        now.ifPresent(judged -> {
            List<Run> open = runs.open();
            IncidentBook incidents = new IncidentBook(record.openIncidents(), judged);
            EvaluationLog.Change change = save(judged, incidents, open, shift);
            present = now;
            listener.evaluated(judged, change, Duration.between(begin, clock.instant()));
            withdraw(judged, missing(judged, open), shift);
            open(judged, incidents, open, shift);
        });
        return now;
    }

    private EvaluationLog.Change save(
            Present judged, IncidentBook incidents, List<Run> open, Optional<Fence> shift) {
        EvaluationDiff diff =
                EvaluationDiff.of(
                        record.openFindings(),
                        record.openDecisions(),
                        judged.evaluation(),
                        judged.at(),
                        ids);
        incidents.update(judged.evaluation().findings(), open, ids);
        return record.save(diff, incidents, shift);
    }

    /**
     * The runs that nobody has approved yet and that have not been decided for long. Every replica
     * keeps count, so that a change of hands does not start it anew.
     */
    private List<Run> missing(Present judged, List<Run> open) {
        List<Run> waiting =
                open.stream().filter(r -> r.state() == RunState.AWAITING_APPROVAL).toList();
        missingSince.keySet().retainAll(waiting.stream().map(Run::id).toList());
        List<Run> missing = new ArrayList<>();
        for (Run run : waiting) {
            if (decided(judged.evaluation(), run) || decidedWithout(run)) {
                missingSince.remove(run.id());
                continue;
            }
            Instant since = missingSince.computeIfAbsent(run.id(), _ -> judged.at());
            if (!judged.at().isBefore(since.plus(withdrawAfter))) {
                missing.add(run);
            }
        }
        return missing;
    }

    /** A run that nobody has approved yet ends when it is no longer what is decided. */
    private void withdraw(Present judged, List<Run> missing, Optional<Fence> shift) {
        for (Run run : missing) {
            Function<Run, RunStore.Change> withdrawal = now -> withdrawn(now, judged.at());
            if (shift.isPresent()) {
                runs.change(run.id(), shift.get(), withdrawal);
            } else {
                runs.change(run.id(), Optional.empty(), withdrawal);
            }
        }
    }

    private static RunStore.Change withdrawn(Run run, Instant at) {
        return run.state() == RunState.AWAITING_APPROVAL
                ? run.requestCancel(
                        Run.UNDERSTUDY, "the evidence has changed: it is no longer decided", at)
                : new RunStore.Change(run, List.of());
    }

    /** The run itself may be why the decision is not taken again. */
    private boolean decidedWithout(Run run) {
        return judgement
                .now(other -> other.id().equals(run.id()), List.of(asked(run)))
                .filter(other -> decided(other.evaluation(), run))
                .isPresent();
    }

    /**
     * A run may have been asked for as planned work: it is no longer right when even that is not.
     */
    static Snapshot.Planned asked(Run run) {
        return new Snapshot.Planned(run.decision().remediation(), run.decision().target());
    }

    /** What is judged now when somebody asks for planned work; empty when there is no estate. */
    Optional<Present> planned(Snapshot.Planned asked) {
        return judgement.now(_ -> false, List.of(asked));
    }

    private static boolean decided(Evaluation evaluation, Run run) {
        return evaluation.decisions().stream()
                .anyMatch(d ->
                        d.remedy().equals(run.decision().remedy())
                                && d.target().equals(run.decision().target()));
    }

    private void open(
            Present judged, IncidentBook incidents, List<Run> open, Optional<Fence> shift) {
        Estate estate = judged.estate().body();
        Set<String> held =
                open.stream()
                        .flatMap(r -> RunOpening.locks(r.decision(), estate).stream())
                        .collect(Collectors.toCollection(HashSet::new));
        List<Decision> decisions = judged.evaluation().decisions();
        refused.retainAll(decisions.stream().map(Decision::essence).toList());
        for (Decision decision : decisions) {
            Set<String> needed = RunOpening.locks(decision, estate);
            if (due(decision, decisions) && Collections.disjoint(held, needed)) {
                open(decision, estate, incidents.of(decision.target()).map(Incident::id), shift);
                held.addAll(needed);
            }
        }
    }

    /** Whether it may begin now: acted upon, proven, and nothing that comes before it is left. */
    private static boolean due(Decision decision, List<Decision> all) {
        return decision.remediation().openedUnasked()
                && !decision.blocked()
                && decision.mode() != Mode.OBSERVE
                && all.stream().noneMatch(d -> d.isActed() && decision.after().contains(d.order()));
    }

    private void open(
            Decision decision, Estate estate, Optional<String> incident, Optional<Fence> shift) {
        try {
            opening.open(decision, estate, Run.UNDERSTUDY, incident, shift);
        } catch (RunRefusal refusal) {
            // that another process was faster is nothing to speak of
            if (refusal.reason() != RunRefusal.Reason.LOCKED && refused.add(decision.essence())) {
                LOGGER.log(
                        Level.WARNING,
                        "{0} of {1} is not carried out: {2}; {3}",
                        decision.remediation(),
                        decision.target(),
                        refusal.getMessage(),
                        refusal.whatToDo());
            }
        }
    }

    /** Why a decision is not run, in words. */
    static String blockedBy(Decision decision) {
        return decision.gate().stream()
                .filter(GateClause::blocks)
                .map(c -> c.clause() + " is " + c.result() + ": " + c.evidence())
                .collect(Collectors.joining("; "));
    }

    /** The incident to which what concerns a component belongs. */
    Optional<String> incidentOf(ComponentId target) {
        return present.flatMap(
                        judged -> new IncidentBook(record.openIncidents(), judged).of(target))
                .map(Incident::id);
    }
}
