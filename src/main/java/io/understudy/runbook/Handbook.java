package io.understudy.runbook;

import io.understudy.decision.DataLoss;
import io.understudy.decision.Decision;
import io.understudy.decision.GateClause;
import io.understudy.decision.Rejected;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A runbook as a document that a person could carry out by hand, in Markdown. */
public final class Handbook {

    private final StringBuilder text = new StringBuilder();
    private final String heading;

    private Handbook(String heading) {
        this.heading = heading;
    }

    public static String markdown(Runbook runbook, Decision decision) {
        return markdown(runbook, decision, List.of());
    }

    /** With what each step would come to, where it was rehearsed. */
    public static String markdown(Runbook runbook, Decision decision, List<Rehearsed> rehearsed) {
        Handbook page = new Handbook("#");
        page.title(runbook);
        page.decision(decision);
        page.steps(runbook, rehearsed);
        return page.text.toString();
    }

    /** All parts of a composite, one after the other. */
    public static String markdown(Composite composite) {
        Handbook page = new Handbook("##");
        page.line("# " + composite.title()).line("");
        page.section("#", "First", composite.before());
        for (Composite.Part part : composite.parts()) {
            page.title(part.runbook());
            page.line("**" + part.standing() + "**").line("");
            part.decision().ifPresent(page::decision);
            page.steps(part.runbook(), List.of());
            page.line("");
        }
        page.section(
                "#",
                "Decided besides, and left to people",
                composite.besides().stream().map(MarkdownText::of).toList());
        page.section(
                "#",
                "Then, by hand",
                composite.byHand().stream()
                        .map(item -> "**" + item.title() + "**: " + item.how())
                        .toList());
        return page.text.toString();
    }

    private Handbook line(String line) {
        text.append(line).append('\n');
        return this;
    }

    private void section(String above, String title, List<String> items) {
        if (!items.isEmpty()) {
            line(above + "# " + title).line("");
            items.forEach(item -> line("- " + item));
            line("");
        }
    }

    private void title(Runbook runbook) {
        line(heading + " " + runbook.remediation() + " of " + runbook.target()).line("");
        for (Step step : runbook.steps()) {
            if (step.irreversible()) {
                line("> **WARNING: step "
                                + step.number()
                                + " cannot be undone.** "
                                + sentence(step.undo()))
                        .line("");
            }
        }
    }

    private void decision(Decision decision) {
        line(MarkdownText.of(decision.reason()))
                .line("")
                .line("- Rule: " + decision.rule() + " of the decision table")
                .line(
                        "- Interrupted: "
                                + decision.interruption().who()
                                + "; expected "
                                + time(decision.interruption().expected())
                                + ", target "
                                + time(decision.interruption().target()))
                .line("- Data loss: " + loss(decision.dataLoss()))
                .line("- Approvals: " + decision.approvalsRequired())
                .line("");
        section(
                heading,
                "Why nothing else",
                decision.rejected().stream().map(Handbook::rejected).toList());
        section(
                heading,
                "Before you begin",
                decision.gate().stream().map(Handbook::clause).toList());
    }

    private static String rejected(Rejected other) {
        return other.remediation()
                + ": "
                + MarkdownText.of(other.because())
                + " (rule "
                + other.rule()
                + other.dataLoss().map(l -> "; data loss: " + loss(l)).orElse("")
                + ")";
    }

    private static String clause(GateClause clause) {
        return "[ ] "
                + clause.clause()
                + ": "
                + MarkdownText.of(clause.evidence())
                + " ("
                + clause.result()
                + (clause.required() ? "" : ", not required")
                + ")";
    }

    private static String loss(DataLoss loss) {
        return switch (loss) {
            case DataLoss.None _ -> "none";
            case DataLoss.Bounded bounded ->
                    "at most what was written in " + time(bounded.atMost());
            case DataLoss.Unknown _ -> "not known";
        };
    }

    private void steps(Runbook runbook, List<Rehearsed> rehearsed) {
        line(heading + "# Steps");
        for (Step step : runbook.steps()) {
            step(step, rehearsed.stream().filter(r -> r.step() == step.number()).findFirst());
        }
    }

    private void step(Step step, Optional<Rehearsed> rehearsed) {
        line("").line(
                        heading
                                + "## "
                                + step.number()
                                + ". "
                                + step.title()
                                + (step.optional() ? " (optional)" : "")
                                + (step.irreversible() ? " (cannot be undone)" : ""))
                .line("")
                .line("```")
                .line(step.command())
                .line("```")
                .line("");
        rehearsed.ifPresent(this::rehearsed);
        step.notes().forEach(note -> line("- Note: " + sentence(note)));
        step.verifications().forEach(v -> line("- Afterwards: " + sentence(v.expectation())));
        line("- Undo: " + sentence(step.undo()));
        line(
                "- Repeat: "
                        + (step.repeatable()
                                ? "may be run again as it is."
                                : "look first whether it took effect."));
        if (step.optional()) {
            line("- Optional: service does not depend on it; go on without it if it fails.");
        }
        line("- Time limit: " + time(step.timeLimit()) + ".");
    }

    private void rehearsed(Rehearsed found) {
        line(
                "- Rehearsed: "
                        + found.verdict()
                        + found.executor().map(name -> " by " + name).orElse("")
                        + ": "
                        + sentence(MarkdownText.of(found.message()))
                        + (found.after().isEmpty()
                                ? ""
                                : " That is as things are now; before it comes "
                                        + steps(found.after())));
        found.command().ifPresent(c -> line("- It would send: `" + c.replace('`', '\'') + "`"));
    }

    private static String steps(List<Integer> numbers) {
        return numbers.stream()
                .map(number -> "step " + number)
                .reduce((a, b) -> a + ", " + b)
                .map(Handbook::sentence)
                .orElse("");
    }

    private static String sentence(String words) {
        return words.endsWith(".") || words.isEmpty() ? words : words + ".";
    }

    private static String time(Duration time) {
        if (time.toSecondsPart() == 0 && !time.minusMinutes(2).isNegative()) {
            return time.toMinutes() + " min";
        }
        return time.toSeconds() + " s";
    }
}
