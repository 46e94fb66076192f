package io.understudy.control;

import io.understudy.decision.Decision;
import io.understudy.decision.Remediation;
import io.understudy.decision.Snapshot;
import io.understudy.estate.ComponentId;
import io.understudy.run.Asked;
import io.understudy.run.Receipt;
import io.understudy.run.Resumption;
import io.understudy.run.Run;
import io.understudy.run.RunRefusal;
import io.understudy.run.RunStore;
import io.understudy.runbook.Rehearsed;
import io.understudy.runbook.Runbook;
import io.understudy.runbook.Runbooks;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What people do with runs. Everything is journalled and audited under their names. */
public final class Runs {

    private final ControlLoop loop;
    private final RunOpening opening;
    private final RunStore store;
    private final InstantSource clock;
    private final DryRuns dryRuns;

    /** What would be done, for which decision, and what each step would come to now. */
    public record Plan(Decision decision, Runbook runbook, List<Rehearsed> rehearsed) {
        public Plan {
            rehearsed = List.copyOf(rehearsed);
        }
    }

    public Runs(
            ControlLoop loop,
            RunOpening opening,
            RunStore store,
            InstantSource clock,
            DryRuns dryRuns) {
        this.loop = loop;
        this.opening = opening;
        this.store = store;
        this.clock = clock;
        this.dryRuns = dryRuns;
    }

    /**
     * Opens a run of what is decided now.
     *
     * @param permitted throws when this may not be carried out for the one who asks
     * @throws RunRefusal NOT_PROPOSED when it is not, or not proven, saying why not; LOCKED;
     *     NO_EXECUTOR
     */
    public Run open(
            Remediation remediation,
            ComponentId target,
            String actor,
            Consumer<Decision> permitted) {
        return open(remediation, target, actor, permitted, _ -> Optional.empty());
    }

    /**
     * The same for a request, which is answered with it: both or neither.
     *
     * @param receipt what is answered for the run that is opened
     * @throws io.understudy.run.ReceiptRefusal when it is no longer the request that is to be
     *     answered
     */
    public Run open(
            Remediation remediation,
            ComponentId target,
            String actor,
            Consumer<Decision> permitted,
            Function<Run, Optional<Receipt>> receipt) {
        Present now = judged(remediation, target);
        Decision decision = proposed(now, remediation, target);
        permitted.accept(decision);
        requireProven(now, decision);
        return opening.open(
                decision, now.estate().body(), actor, loop.incidentOf(decision.target()), receipt);
    }

    /**
     * What opening would carry out: the evidence is read afresh and every step rehearsed, and
     * nothing is saved or changed. A decision whose gate is not proven has a plan, too, and so has
     * one with a step that nobody can carry out: it says so there.
     *
     * @param permitted throws when this may not be seen by the one who asks
     * @throws RunRefusal NOT_PROPOSED when it is not decided now
     */
    public Plan dryRun(Remediation remediation, ComponentId target, Consumer<Decision> permitted) {
        Present now = judged(remediation, target);
        Decision decision = proposed(now, remediation, target);
        permitted.accept(decision);
        Runbook runbook = opening.drafted(decision, now.estate().body());
        return new Plan(decision, runbook, dryRuns.of(decision, runbook));
    }

    /** See {@link Run#approve}. */
    public Run approve(String id, String actor) {
        return change(id, run -> run.approve(actor, clock.instant()));
    }

    /** See {@link Run#requestCancel}. */
    public Run cancel(String id, String actor, String why) {
        return change(id, run -> run.requestCancel(actor, why, clock.instant()));
    }

    /** See {@link Run#resume}. */
    public Run resume(String id, String actor, Resumption word, Optional<Asked> about) {
        return change(id, run -> run.resume(actor, word, about, clock.instant()));
    }

    /** See {@link Run#handOver}. */
    public Run handOver(String id, String actor) {
        return change(id, run -> run.handOver(actor, clock.instant()));
    }

    private Run change(String id, Function<Run, RunStore.Change> transition) {
        return store.change(id, Optional.empty(), transition);
    }

    /** What is decided now, and where that is not it, what would be were it planned work. */
    private Present judged(Remediation remediation, ComponentId target) {
        return loop.present()
                .filter(now -> find(now, remediation, target).isPresent())
                .or(() ->
                        loop.planned(new Snapshot.Planned(remediation, target))
                                .filter(now -> find(now, remediation, target).isPresent()))
                .or(loop::present)
                .orElseThrow(() ->
                        new RunRefusal(
                                RunRefusal.Reason.NOT_PROPOSED,
                                "nothing is decided: there is no estate, or it was not"
                                        + " judged yet",
                                "save an estate, and ask again in a second"));
    }

    private static Optional<Decision> find(
            Present now, Remediation remediation, ComponentId target) {
        List<Decision> same =
                now.evaluation().decisions().stream()
                        .filter(d -> d.remediation() == remediation && d.target().equals(target))
                        .toList();
        return same.stream()
                .filter(Runbooks::carriesOut)
                .findFirst()
                .or(() -> same.stream().findFirst());
    }

    private static Decision proposed(Present now, Remediation remediation, ComponentId target) {
        Optional<Decision> found = find(now, remediation, target);
        if (found.isEmpty()) {
            throw notProposed(
                    remediation
                            + " of "
                            + target
                            + " is not decided now"
                            + why(now, remediation, target),
                    "see the decisions of " + target + " and what would change its condition");
        }
        if (!Runbooks.carriesOut(found.get())) {
            throw notProposed(
                    remediation
                            + " of "
                            + target
                            + " is nothing that is carried out here: "
                            + found.get().reason(),
                    "do what the decision says");
        }
        return found.get();
    }

    private static String why(Present now, Remediation remediation, ComponentId target) {
        List<Decision> near =
                now.evaluation().decisions().stream()
                        .filter(d -> Neighbourhood.related(now.estate().body(), d.target(), target))
                        .toList();
        String ruledOut =
                near.stream()
                        .flatMap(d -> d.rejected().stream())
                        .filter(r -> r.remediation() == remediation)
                        .map(r -> "; it was ruled out by " + r.rule() + ": " + r.because())
                        .distinct()
                        .collect(Collectors.joining());
        String instead =
                near.stream()
                        .map(d -> d.remediation() + " of " + d.target() + " by " + d.rule())
                        .collect(Collectors.joining(", "));
        return ruledOut + (instead.isEmpty() ? "; nothing is" : "; decided is " + instead);
    }

    private static void requireProven(Present now, Decision decision) {
        String what = decision.remediation() + " of " + decision.target();
        if (decision.blocked()) {
            throw notProposed(
                    what + " is blocked: " + ControlLoop.blockedBy(decision),
                    "bring about what the clauses ask for");
        }
        now.evaluation().decisions().stream()
                .filter(d -> d.isActed() && decision.after().contains(d.order()))
                .findFirst()
                .ifPresent(first -> {
                    throw notProposed(
                            what + " comes after " + first.remediation() + " of " + first.target(),
                            "have that carried out first");
                });
    }

    private static RunRefusal notProposed(String message, String whatToDo) {
        return new RunRefusal(RunRefusal.Reason.NOT_PROPOSED, message, whatToDo);
    }
}
