package io.understudy.run;

import io.understudy.adapter.spi.Probe;
import io.understudy.adapter.spi.StepExecutor.Presence;
import io.understudy.runbook.Step;
import io.understudy.runbook.Verification;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Whether a step took effect, by other eyes than those of the act. */
record StepLook(StepContext context) {

    /** It was carried out: is its effect seen? */
    Tick verify(Step step, StepState state) {
        Instant acted = state.actedAt().orElseThrow();
        Optional<String> missing =
                step.verifications().isEmpty() ? secondLook(step, state) : seen(step, acted);
        if (missing.isEmpty()) {
            context.store().write(owned -> owned.verified(step.number(), proof(step)));
            return new Tick.Continue();
        }
        if (context.clock().instant().isBefore(acted.plus(step.timeLimit()))) {
            return context.lookAgain();
        }
        return new StepEnd(context)
                .ask(step, "it was carried out, and its effect is not seen: " + missing.get());
    }

    private static String proof(Step step) {
        return step.verifications().isEmpty()
                ? "its executor has looked again, and nothing speaks against it"
                : step.verifications().stream()
                        .map(Verification::expectation)
                        .collect(Collectors.joining("; "));
    }

    /** Nothing shows a probe what it did: its executor looks once more. */
    private Optional<String> secondLook(Step step, StepState state) {
        try {
            Presence presence = context.check(context.order(step, state));
            return switch (presence) {
                case DONE, CANNOT_TELL -> Optional.empty();
                case NOT_DONE, UNDER_WAY ->
                        Optional.of("its executor looked again and says " + presence);
            };
        } catch (RunRefusal refusal) {
            return Optional.of("nobody can look again: " + refusal.getMessage());
        }
    }

    /**
     * The first expectation that nobody sees fulfilled, with what is seen instead; empty: all are.
     */
    Optional<String> seen(Step step, Instant since) {
        return step.verifications().stream()
                .flatMap(expected -> missing(expected, since).stream())
                .findFirst();
    }

    private Optional<String> missing(Verification expected, Instant since) {
        List<Probe.Reading> readings = context.sight().of(expected.component(), since);
        if (readings.stream().anyMatch(seen -> expected.holds(seen.status(), seen.facts()))) {
            return Optional.empty();
        }
        String instead =
                readings.isEmpty()
                        ? "nobody sees " + expected.component()
                        : readings.stream()
                                .map(seen -> seen.status() + ", " + seen.detail())
                                .distinct()
                                .collect(Collectors.joining("; "));
        return Optional.of("expected: " + expected.expectation() + "; seen: " + instead);
    }
}
