package io.understudy.document;

import io.understudy.calendar.Recurrence;
import io.understudy.calendar.Recurring;
import io.understudy.decision.Mode;
import io.understudy.decision.Policy;
import io.understudy.decision.Remediation;
import io.understudy.decision.Setting;
import io.understudy.decision.Window;
import io.understudy.estate.ComponentId;
import io.understudy.estate.Estate;
import io.understudy.estate.Violation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a policy that can be read may all the same not say. They are asked when a policy is put, and
 * not of one that is stored: a rule that a later release adds must not make it unreadable.
 */
final class PolicyRules {

    private PolicyRules() {}

    /**
     * Checks a policy and the document from which it was read.
     *
     * @throws InvalidDocument naming all that is refused
     */
    static void check(Policy policy, Cursor document) {
        List<DocumentProblem> problems = new ArrayList<>();
        modes(policy, document, problems);
        durations(document, problems);
        scopes(document, problems);
        for (Window.Kind kind : Window.Kind.values()) {
            List<Window> windows =
                    policy.windows().stream().filter(window -> window.kind() == kind).toList();
            windows(windows, document.at(WindowDocument.field(kind)), problems);
        }
        if (!problems.isEmpty()) {
            throw new InvalidDocument(problems);
        }
    }

    /**
     * Scopes that the estate does not have: not wrong, since the estate may come later, but worth a
     * second look.
     */
    static List<Violation> advice(Cursor document, Estate estate) {
        List<Violation> advice = new ArrayList<>();
        for (String field : List.of("modes", "scopes", "freezes", "maintenance", "quietHours")) {
            document.list(
                            field,
                            item ->
                                    item.optional("scope", PolicyDocument::scope)
                                            .filter(scope -> !estate.components().contains(scope))
                                            .map(scope ->
                                                    unknown(item.at("scope").pointer(), scope)))
                    .forEach(found -> found.ifPresent(advice::add));
        }
        return advice;
    }

    private static Violation unknown(String pointer, ComponentId scope) {
        return new Violation(
                "UNKNOWN_SCOPE",
                Violation.Severity.ADVICE,
                pointer,
                "the estate has no " + scope + ": nothing is meant until it has",
                "openapi.yaml");
    }

    private static void modes(Policy policy, Cursor document, List<DocumentProblem> problems) {
        for (int i = 0; i < policy.modes().size(); i++) {
            Policy.ModeRule rule = policy.modes().get(i);
            if (rule.mode() == Mode.AUTOMATE
                    && rule.remediation().filter(Remediation::neverAutomated).isPresent()) {
                problems.add(
                        problem(
                                document.at("modes").at(Integer.toString(i)).at("mode"),
                                "what may lose data or cannot be taken back never starts by itself",
                                "NEVER_AUTOMATED"));
            }
        }
    }

    private static void durations(Cursor document, List<DocumentProblem> problems) {
        tooShort(document, problems);
        document.list("scopes", entry -> entry).forEach(entry -> tooShort(entry, problems));
    }

    private static void tooShort(Cursor durations, List<DocumentProblem> problems) {
        for (Setting setting : Setting.values()) {
            Optional<Duration> said = durations.duration(setting.field());
            Duration least = least(setting);
            if (said.filter(value -> value.compareTo(least) < 0).isPresent()) {
                problems.add(
                        problem(
                                durations.at(setting.field()),
                                "is at least " + least + why(setting),
                                "TOO_SHORT"));
            }
        }
    }

    /** Nothing at all is senseless, but where it means at once, or at the very same time. */
    private static Duration least(Setting setting) {
        return switch (setting) {
            case MIRROR_FAILOVER_GRACE -> Duration.ofSeconds(60);
            case COOL_DOWN, LOSS_ALIGNMENT -> Duration.ZERO;
            case BACK_END_BUDGET,
                    FRONT_END_RESTART_BUDGET,
                    COLD_START_BUDGET,
                    UPGRADE_BUSY_BUDGET,
                    SERVER_GONE_AFTER,
                    LOG_BACKUP_AGE,
                    LOG_RESTORE_LATENCY ->
                    Duration.ofSeconds(1);
        };
    }

    private static String why(Setting setting) {
        return setting == Setting.MIRROR_FAILOVER_GRACE
                ? ": sooner an automatic failover of SQL Server's cannot be judged to have failed"
                        + " (domain.md 8.8 no. 3)"
                : "";
    }

    private static void scopes(Cursor document, List<DocumentProblem> problems) {
        Set<String> seen = new HashSet<>();
        for (Cursor entry : document.list("scopes", entry -> entry)) {
            ComponentId scope = entry.value("scope", PolicyDocument::scope);
            int fields = 0;
            for (Setting setting : Setting.values()) {
                if (entry.has(setting.field())) {
                    fields++;
                    if (!seen.add(scope + " " + setting)) {
                        problems.add(
                                problem(
                                        entry.at(setting.field()),
                                        "is said of " + scope + " above: leave one out",
                                        "DUPLICATE"));
                    }
                }
            }
            if (fields == 0) {
                problems.add(problem(entry, "says nothing of " + scope, "EMPTY"));
            }
        }
    }

    private static void windows(
            List<Window> windows, Cursor places, List<DocumentProblem> problems) {
        Set<String> names = new HashSet<>();
        for (int i = 0; i < windows.size(); i++) {
            Cursor place = places.at(Integer.toString(i));
            if (!names.add(windows.get(i).name())) {
                problems.add(
                        problem(place.at("name"), "names one above: choose another", "DUPLICATE"));
            }
            window(windows.get(i), place).ifPresent(problems::add);
        }
    }

    /** Whether a window can be told from a freeze: it has to close before it opens again. */
    static Optional<DocumentProblem> window(Window window, Cursor place) {
        if (!(WindowDocument.planned(window).schedule() instanceof Recurring recurring)) {
            return Optional.empty();
        }
        Optional<Duration> period = recurring.recurrence().map(Recurrence::period);
        if (period.filter(p -> recurring.duration().compareTo(p) > 0).isPresent()) {
            return Optional.of(
                    problem(
                            place.at("duration"),
                            "is longer than the " + period.get() + " after which it recurs",
                            "LONGER_THAN_PERIOD"));
        }
        return recurring.leavesNoGap()
                ? Optional.of(
                        problem(
                                place.at("duration"),
                                "leaves no gap before the next: what never ends is a freeze",
                                "NO_GAP"))
                : Optional.empty();
    }

    private static DocumentProblem problem(Cursor place, String message, String code) {
        return new DocumentProblem(place.pointer(), message, code);
    }
}
