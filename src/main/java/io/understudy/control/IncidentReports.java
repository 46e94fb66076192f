package io.understudy.control;

import io.understudy.control.IncidentReport.Phase;
import io.understudy.decision.Decision;
import io.understudy.decision.RunState;
import io.understudy.estate.ComponentId;
import io.understudy.run.Approval;
import io.understudy.run.JournalEntry;
import io.understudy.run.Run;
import io.understudy.run.RunStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Puts reports together from what was kept. */
public final class IncidentReports {

    private final EvaluationLog evaluations;
    private final RunStore runs;

    public IncidentReports(EvaluationLog evaluations, RunStore runs) {
        this.evaluations = evaluations;
        this.runs = runs;
    }

    /** The report of an incident, open or closed; empty when there is none with this id. */
    public Optional<IncidentReport> of(String id) {
        return of(id, target -> true);
    }

    /**
     * The same without what is about other targets than these.
     *
     * @param told the targets whose findings, decisions and runs may be told
     */
    public Optional<IncidentReport> of(String id, Predicate<ComponentId> told) {
        return evaluations.incident(id).map(incident -> report(incident, told));
    }

    private IncidentReport report(Incident incident, Predicate<ComponentId> told) {
        EvaluationRecord record = new EvaluationRecord(evaluations);
        List<RecordedFinding> findings =
                record.findingsOf(incident.id()).stream()
                        .filter(f -> told.test(f.finding().target()))
                        .toList();
        List<RecordedDecision> decisions =
                record.decisionsOf(incident.id()).stream()
                        .filter(d -> told.test(d.decision().target()))
                        .toList();
        List<Run> own =
                Stream.concat(runs.open().stream(), runs.endedSince(incident.openedAt()).stream())
                        .filter(r -> told.test(r.decision().target()))
                        .filter(r -> r.incident().filter(incident.id()::equals).isPresent())
                        .sorted(Comparator.comparing(Run::openedAt))
                        .toList();
        return new IncidentReport(
                incident,
                phases(incident, decisions, own),
                own.stream().map(this::measure).toList(),
                timeline(incident, findings, decisions, own),
                why(decisions),
                whyNot(decisions));
    }

    private List<Phase> phases(Incident incident, List<RecordedDecision> decisions, List<Run> own) {
        Map<Phase.Name, Instant> reached = new EnumMap<>(Phase.Name.class);
        reached.put(Phase.Name.FIRST_OBSERVATION, incident.firstObservedAt());
        reached.put(Phase.Name.FINDING, incident.openedAt());
        decisions.stream()
                .filter(d -> d.decision().isActed())
                .map(RecordedDecision::takenAt)
                .min(Comparator.naturalOrder())
                .ifPresent(at -> reached.put(Phase.Name.DECISION, at));
        last(own.stream().flatMap(r -> r.approvals().stream()).map(Approval::at))
                .ifPresent(at -> reached.put(Phase.Name.APPROVED, at));
        last(own.stream().flatMap(r -> r.startedAt().stream()))
                .ifPresent(at -> reached.put(Phase.Name.STARTED, at));
        at(own, JournalEntry.Kind.ACTED).ifPresent(at -> reached.put(Phase.Name.ACTED, at));
        own.stream()
                .filter(r -> r.state() == RunState.SUCCEEDED)
                .flatMap(r -> at(List.of(r), JournalEntry.Kind.VERIFIED).stream())
                .max(Comparator.naturalOrder())
                .ifPresent(at -> reached.put(Phase.Name.VERIFIED, at));
        incident.closedAt().ifPresent(at -> reached.put(Phase.Name.RECOVERED, at));
        return measured(reached, incident.firstObservedAt());
    }

    private static List<Phase> measured(Map<Phase.Name, Instant> reached, Instant first) {
        List<Phase> phases = new ArrayList<>();
        Instant before = first;
        for (Map.Entry<Phase.Name, Instant> phase : reached.entrySet()) {
            Instant at = phase.getValue();
            phases.add(
                    new Phase(
                            phase.getKey(),
                            at,
                            Duration.between(first, at).toMillis(),
                            Duration.between(before, at).toMillis()));
            before = at;
        }
        return phases;
    }

    /** Service does not wait for optional steps, and so they do not count. */
    private Optional<Instant> at(List<Run> own, JournalEntry.Kind kind) {
        return last(
                own.stream()
                        .flatMap(r ->
                                runs.journal(r.id(), 0).stream()
                                        .filter(line -> line.kind() == kind)
                                        .filter(line -> !r.step(line.step()).optional()))
                        .map(JournalEntry::at));
    }

    private static Optional<Instant> last(Stream<Instant> times) {
        return times.max(Comparator.naturalOrder());
    }

    private IncidentReport.RunMeasure measure(Run run) {
        Decision decision = run.decision();
        Optional<Duration> took =
                run.state() == RunState.SUCCEEDED
                        ? run.startedAt()
                                .flatMap(start ->
                                        at(List.of(run), JournalEntry.Kind.VERIFIED)
                                                .map(end -> Duration.between(start, end)))
                        : Optional.empty();
        Duration target = decision.interruption().target();
        return new IncidentReport.RunMeasure(
                run.id(),
                decision.remediation(),
                decision.target(),
                run.state(),
                decision.interruption().expected(),
                target,
                took,
                took.map(time -> time.compareTo(target) <= 0),
                decision.dataLoss());
    }

    private List<IncidentReport.Line> timeline(
            Incident incident,
            List<RecordedFinding> findings,
            List<RecordedDecision> decisions,
            List<Run> own) {
        List<IncidentReport.Line> lines = new ArrayList<>();
        lines.add(new IncidentReport.Line(incident.firstObservedAt(), "first observation"));
        for (RecordedFinding found : findings) {
            String what = found.finding().code() + " of " + found.finding().target();
            lines.add(new IncidentReport.Line(found.openedAt(), "found " + what));
            found.closedAt()
                    .ifPresent(at -> lines.add(new IncidentReport.Line(at, "gone " + what)));
        }
        for (RecordedDecision taken : decisions) {
            Decision decision = taken.decision();
            lines.add(
                    new IncidentReport.Line(
                            taken.takenAt(),
                            "decided "
                                    + decision.remediation()
                                    + " of "
                                    + decision.target()
                                    + " by "
                                    + decision.rule()
                                    + (decision.blocked() ? ", blocked" : "")));
        }
        for (Run run : own) {
            runs.journal(run.id(), 0).stream().map(line -> line(run, line)).forEach(lines::add);
        }
        incident.closedAt().ifPresent(at -> lines.add(new IncidentReport.Line(at, "recovered")));
        lines.sort(Comparator.comparing(IncidentReport.Line::at));
        return lines;
    }

    private static IncidentReport.Line line(Run run, JournalEntry entry) {
        String step = entry.step() == 0 ? "" : " step " + entry.step();
        return new IncidentReport.Line(
                entry.at(),
                "run "
                        + run.id()
                        + step
                        + " "
                        + entry.kind()
                        + " by "
                        + entry.actor()
                        + ": "
                        + entry.message());
    }

    private static List<String> why(List<RecordedDecision> decisions) {
        return decisions.stream()
                .sorted(Comparator.comparing(RecordedDecision::takenAt))
                .map(RecordedDecision::decision)
                .map(d ->
                        d.remediation()
                                + " of "
                                + d.target()
                                + " by "
                                + d.rule()
                                + ": "
                                + d.reason())
                .distinct()
                .toList();
    }

    private static List<String> whyNot(List<RecordedDecision> decisions) {
        Stream<String> blocked =
                decisions.stream()
                        .map(RecordedDecision::decision)
                        .filter(Decision::blocked)
                        .map(d ->
                                d.remediation()
                                        + " of "
                                        + d.target()
                                        + " was blocked: "
                                        + ControlLoop.blockedBy(d));
        Stream<String> rejected =
                decisions.stream()
                        .map(RecordedDecision::decision)
                        .flatMap(d ->
                                d.rejected().stream()
                                        .map(r ->
                                                r.remediation()
                                                        + " instead of "
                                                        + d.remediation()
                                                        + " of "
                                                        + d.target()
                                                        + " by "
                                                        + r.rule()
                                                        + ": "
                                                        + r.because()));
        return Stream.concat(blocked, rejected).distinct().toList();
    }
}
