package io.understudy.control;

import io.understudy.decision.Decision;
import io.understudy.decision.GateClause;
import io.understudy.decision.Snapshot;
import io.understudy.estate.ComponentId;
import io.understudy.estate.Estate;
import io.understudy.estate.ObserverName;
import io.understudy.health.Observation;
import io.understudy.run.Reassessment;
import io.understudy.run.Run;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;

/**
 * Looks at everything around the target of a run once more, as every observer of this process, and
 * decides again. What it sees counts for everybody: evidence that stops a run must not open the
 * next.
 */
public final class FreshReassessment implements Reassessment {

    private final LiveDocument<Estate> estate;
    private final Vantage vantage;
    private final Judgement judgement;
    private final Executor executor;

    /**
     * @param executor carries out looks, each of which may block as long as its probe does
     */
    public FreshReassessment(
            LiveDocument<Estate> estate, Vantage vantage, Judgement judgement, Executor executor) {
        this.estate = estate;
        this.vantage = vantage;
        this.judgement = judgement;
        this.executor = executor;
    }

    @Override
    public Verdict reassess(Run run) {
        estate.current().ifPresent(known -> judgement.accept(look(known.body(), run.decision())));
        Optional<Present> now =
                judgement.now(
                        other -> other.id().equals(run.id()), List.of(ControlLoop.asked(run)));
        return now.map(present -> verdict(present, run.decision()))
                .orElseGet(() -> new Verdict.Changed("there is no estate"));
    }

    /**
     * How it would come out if a run of the decision were opened now. Looks as {@link #reassess}
     * does, and forgets what it saw.
     */
    Verdict rehearse(Decision decision) {
        List<Observation> seen =
                estate.current().map(known -> look(known.body(), decision)).orElse(List.of());
        Snapshot.Planned asked = new Snapshot.Planned(decision.remediation(), decision.target());
        return judgement
                .supposing(seen, List.of(asked))
                .map(present -> verdict(present, decision))
                .orElseGet(() -> new Verdict.Changed("there is no estate"));
    }

    private List<Observation> look(Estate known, Decision decision) {
        List<CompletableFuture<Observation>> looks = new ArrayList<>();
        for (ComponentId component : Neighbourhood.around(known, decision.target())) {
            if (vantage.probe().sees(component)) {
                for (ObserverName observer : vantage.observers(known)) {
                    looks.add(
                            CompletableFuture.supplyAsync(
                                    () -> vantage.look(observer, component), executor));
                }
            }
        }
        return looks.stream().map(CompletableFuture::join).toList();
    }

    private static Verdict verdict(Present present, Decision before) {
        Optional<Decision> same =
                present.evaluation().decisions().stream()
                        .filter(d -> d.remedy().equals(before.remedy()))
                        .filter(d -> d.target().equals(before.target()))
                        .findFirst();
        if (same.isEmpty()) {
            String instead =
                    present.evaluation().decisions().stream()
                            .filter(d -> d.target().equals(before.target()))
                            .map(d -> d.remediation() + " by " + d.rule())
                            .collect(Collectors.joining(", "));
            return new Verdict.Changed(
                    before.remediation()
                            + " of "
                            + before.target()
                            + " is no longer decided; "
                            + (instead.isEmpty() ? "nothing is" : "decided is " + instead));
        }
        if (same.get().blocked()) {
            return new Verdict.Changed("it is blocked: " + ControlLoop.blockedBy(same.get()));
        }
        return new Verdict.StillRight(
                "read afresh, the decision is the same; proven: "
                        + same.get().gate().stream()
                                .map(GateClause::clause)
                                .map(Enum::name)
                                .collect(Collectors.joining(", ")));
    }
}
