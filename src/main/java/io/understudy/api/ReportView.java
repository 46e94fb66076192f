package io.understudy.api;

import io.understudy.control.Incident;
import io.understudy.control.IncidentReport;
import io.understudy.decision.DataLoss;
import io.understudy.decision.Remediation;
import io.understudy.decision.RunState;
import io.understudy.estate.ComponentId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The report of an incident as it is shown. */
record ReportView(
        Incident incident,
        List<IncidentReport.Phase> phases,
        List<Measure> runs,
        List<IncidentReport.Line> timeline,
        List<String> why,
        List<String> whyNot) {

    /** What was lost at most, as the API writes it everywhere. */
    record Loss(Kind kind, Optional<Long> seconds) {

        enum Kind {
            NONE,
            BOUNDED,
            UNKNOWN
        }

        static Loss of(DataLoss loss) {
            return switch (loss) {
                case DataLoss.None _ -> new Loss(Kind.NONE, Optional.empty());
                case DataLoss.Bounded bounded ->
                        new Loss(Kind.BOUNDED, Optional.of(bounded.atMost().toSeconds()));
                case DataLoss.Unknown _ -> new Loss(Kind.UNKNOWN, Optional.empty());
            };
        }
    }

    /** A run against its targets. */
    record Measure(
            String run,
            Remediation remediation,
            ComponentId target,
            RunState state,
            Duration expectedRto,
            Duration targetRto,
            Optional<Duration> measuredRto,
            Optional<Boolean> targetMet,
            Loss dataLoss) {

        static Measure of(IncidentReport.RunMeasure run) {
            return new Measure(
                    run.run(),
                    run.remediation(),
                    run.target(),
                    run.state(),
                    run.expectedRto(),
                    run.targetRto(),
                    run.measuredRto(),
                    run.targetMet(),
                    Loss.of(run.dataLoss()));
        }
    }

    static ReportView of(IncidentReport report) {
        return new ReportView(
                report.incident(),
                report.phases(),
                report.runs().stream().map(Measure::of).toList(),
                report.timeline(),
                report.why(),
                report.whyNot());
    }
}
