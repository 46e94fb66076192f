package io.understudy.replay;

import io.understudy.decision.KnownRun;
import io.understudy.decision.Remediation;
import io.understudy.decision.RunState;
import io.understudy.estate.ComponentId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A run and when it was in which state; gates look at the runs of their time.
 *
 * @param phases in the order of time, the first being its opening; at least one
 */
public record RecordedRun(
        String id, Remediation remediation, ComponentId target, List<Phase> phases) {

    /** It is in this state from then on, until the next phase. */
    public record Phase(RunState state, Instant since) {}

    public RecordedRun {
        phases = List.copyOf(phases);
        if (phases.isEmpty()) {
            throw new IllegalArgumentException("a run has at least one phase: its opening");
        }
        for (int i = 1; i < phases.size(); i++) {
            if (phases.get(i).since().isBefore(phases.get(i - 1).since())) {
                throw new IllegalArgumentException("phases are in the order of time");
            }
        }
    }

    /** A run of which only the present is known: it has been so all the time, or ran until then. */
    public static RecordedRun of(KnownRun run) {
        List<Phase> phases =
                run.endedAt()
                        .map(end ->
                                List.of(
                                        new Phase(RunState.RUNNING, Instant.MIN),
                                        new Phase(run.state(), end)))
                        .orElseGet(() -> List.of(new Phase(run.state(), Instant.MIN)));
        return new RecordedRun(run.id(), run.remediation(), run.target(), phases);
    }

    public Instant openedAt() {
        return phases.getFirst().since();
    }

    /** When its first step could act; empty when it never could. */
    public Optional<Instant> startedAt() {
        return phases.stream()
                .filter(phase -> phase.state() == RunState.RUNNING)
                .map(Phase::since)
                .findFirst();
    }

    /** When something new is to be known of it: just after each phase has begun. */
    List<Instant> news() {
        return phases.stream().map(Phase::since).map(since -> since.plusNanos(1)).toList();
    }

    /** Whether somebody had to let it start. */
    boolean waited() {
        return startedAt().filter(openedAt()::isBefore).isPresent();
    }

    /**
     * What was to be known of it then: nothing before it was opened, nor once it ended without
     * having begun. At the very time at which it was opened it was not there yet: it was decided on
     * first.
     */
    Optional<KnownRun> at(Instant time) {
        Optional<Phase> now =
                phases.reversed().stream()
                        .filter(phase -> phase.since().isBefore(time))
                        .findFirst();
        return now.filter(phase -> !phase.state().ended() || startedAt().isPresent())
                .map(phase ->
                        new KnownRun(
                                id,
                                remediation,
                                target,
                                phase.state(),
                                phase.state().ended()
                                        ? Optional.of(phase.since())
                                        : Optional.empty()));
    }
}
