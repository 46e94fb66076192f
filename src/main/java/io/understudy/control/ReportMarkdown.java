package io.understudy.control;

import io.understudy.decision.DataLoss;
import io.understudy.runbook.MarkdownText;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** How an incident report is written for people. */
final class ReportMarkdown {

    private ReportMarkdown() {}

    static String of(IncidentReport report) {
        Incident incident = report.incident();
        return """
        # Incident %s: %s of %s

        First observed %s, opened %s, %s.

        ## Phases

        | Phase | At | Since first observation | Since phase before |
        |---|---|---:|---:|
        %s

        ## Runs against their targets

        %s

        ## Why

        %s

        ## Why not

        %s

        ## Timeline

        %s
        """
                .formatted(
                        incident.id(),
                        incident.code(),
                        incident.target(),
                        incident.firstObservedAt(),
                        incident.openedAt(),
                        incident.closedAt().map(at -> "recovered " + at).orElse("still open"),
                        lines(report.phases(), ReportMarkdown::phase),
                        runs(report.runs()),
                        bullets(report.why()),
                        bullets(report.whyNot()),
                        lines(
                                report.timeline(),
                                l -> "- " + l.at() + " " + MarkdownText.of(l.text())));
    }

    private static String phase(IncidentReport.Phase phase) {
        return "| %s | %s | %d ms | %d ms |"
                .formatted(
                        phase.name(),
                        phase.at(),
                        phase.sinceFirstMillis(),
                        phase.sinceBeforeMillis());
    }

    private static String runs(List<IncidentReport.RunMeasure> runs) {
        return runs.isEmpty()
                ? "No run was opened."
                : "| Run | Remediation | State | RTO target | RTO measured | Met | Data loss |\n"
                        + "|---|---|---|---|---|---|---|\n"
                        + lines(runs, ReportMarkdown::run);
    }

    private static String run(IncidentReport.RunMeasure run) {
        return "| %s | %s of %s | %s | %s | %s | %s | %s |"
                .formatted(
                        run.run(),
                        run.remediation(),
                        run.target(),
                        run.state(),
                        run.targetRto(),
                        run.measuredRto().map(Duration::toString).orElse("-"),
                        run.targetMet().map(met -> met ? "yes" : "no").orElse("-"),
                        loss(run.dataLoss()));
    }

    private static String loss(DataLoss loss) {
        return switch (loss) {
            case DataLoss.None _ -> "none";
            case DataLoss.Bounded bounded -> "at most " + bounded.atMost();
            case DataLoss.Unknown _ -> "not known";
        };
    }

    private static String bullets(List<String> texts) {
        return texts.isEmpty() ? "Nothing." : lines(texts, text -> "- " + MarkdownText.of(text));
    }

    private static <T> String lines(List<T> values, Function<T, String> line) {
        return values.stream().map(line).collect(Collectors.joining("\n"));
    }
}
