package io.understudy.adapter.sqlserver;

import io.understudy.adapter.spi.Orders;
import io.understudy.adapter.spi.Progress;
import io.understudy.adapter.spi.StepCall;
import io.understudy.adapter.spi.StepExecutor.Presence;
import io.understudy.adapter.spi.StepOutcome;
import io.understudy.adapter.sqlserver.KnownError.Reaction;
import io.understudy.adapter.sqlserver.Plan.Planned;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Carries one order out, from the first look to the last. Not for use by two threads. */
final class Carrying {

    private final Order order;
    private final Visit visit;
    private final StepCall call;
    private final Progress progress;
    private final Orders given;
    private final InstantSource clock;
    private final Consumer<Duration> waiting;
    private final Instant deadline;
    private final List<String> sent = new ArrayList<>();

    Carrying(
            Order order,
            Visit visit,
            StepCall call,
            Progress progress,
            Orders given,
            InstantSource clock,
            Consumer<Duration> waiting) {
        this.order = order;
        this.visit = visit;
        this.call = call;
        this.progress = progress;
        this.given = given;
        this.clock = clock;
        this.waiting = waiting;
        this.deadline = clock.instant().plus(call.timeLimit());
    }

    StepOutcome out() {
        try {
            Plan plan = order.plan(order.databases());
            return switch (plan) {
                case Plan.Hindered hindered -> hindered.why();
                case Plan.Ready ready when ready.statements().isEmpty() ->
                        new StepOutcome.Done("the effect is there already");
                case Plan.Ready ready -> all(ready.statements());
            };
        } catch (SqlTrouble e) {
            return looking(e);
        }
    }

    private StepOutcome all(List<Planned> statements) {
        for (Planned statement : statements) {
            Optional<StepOutcome> end = one(statement);
            if (end.isPresent()) {
                return end.get();
            }
        }
        return settled();
    }

    /** The outcome where it is at its end with this statement. */
    private Optional<StepOutcome> one(Planned statement) {
        Optional<StepOutcome> older = given.refusal(call);
        if (older.isPresent()) {
            return older;
        }
        try {
            if (!sent.isEmpty() && order.looksAgain()) {
                Plan again = order.plan(statement.part());
                if (again instanceof Plan.Hindered hindered) {
                    return Optional.of(partly(hindered.why()));
                }
                if (again instanceof Plan.Ready ready && !ready.statements().contains(statement)) {
                    return Optional.empty();
                }
            }
            visit.reach(statement.on());
        } catch (SqlTrouble e) {
            return Optional.of(looking(e));
        }
        return send(statement);
    }

    private Optional<StepOutcome> send(Planned statement) {
        Limit limit = Limit.within(left(), visit.settings().socketGrace());
        if (limit.answer().compareTo(Duration.ofSeconds(1)) < 0) {
            return Optional.of(
                    partly(new StepOutcome.Retryable("no time is left for " + statement.sql())));
        }
        progress.said("sql:" + statement.on() + " " + statement.shown());
        try {
            visit.order(statement, limit).forEach(progress::said);
            sent.add(statement.shown());
            return Optional.empty();
        } catch (SqlTrouble e) {
            if (statement.harmless().contains(e.number())) {
                progress.said(e.words());
                sent.add(statement.shown());
                return Optional.empty();
            }
            return Optional.of(failed(statement, e));
        }
    }

    private StepOutcome failed(Planned statement, SqlTrouble e) {
        String message = statement.shown() + ": " + e.words();
        return switch (e.kind()) {
            case LOST, TIMED_OUT, INTERRUPTED -> new StepOutcome.Uncertain(message);
            case UNREACHABLE, OUR_OWN -> partly(new StepOutcome.Retryable(message));
            case SERVER -> answered(message, e);
        };
    }

    private StepOutcome answered(String message, SqlTrouble e) {
        Optional<KnownError> known = KnownError.of(e.number());
        String whatToDo =
                known.map(KnownError::whatToDo)
                        .filter(w -> !w.isEmpty())
                        .orElse("see what SQL Server's documentation says of error " + e.number());
        Reaction reaction = known.map(KnownError::reaction).orElse(Reaction.LOOK_AGAIN);
        return switch (reaction) {
            case RETRY -> partly(new StepOutcome.Retryable(message + "; " + whatToDo));
            case REFUSED -> partly(new StepOutcome.Refused(message, whatToDo));
            case FATAL -> partly(new StepOutcome.Fatal(message, whatToDo));
            case LOOK_AGAIN, INFORMATION -> lookedAt(message, whatToDo, known.isPresent());
        };
    }

    /** An error that may or may not have left an effect: the views know. */
    private StepOutcome lookedAt(String message, String whatToDo, boolean known) {
        try {
            return switch (order.presence()) {
                case DONE -> new StepOutcome.Done(message + "; but the effect is there");
                case NOT_DONE ->
                        known
                                ? partly(new StepOutcome.Retryable(message))
                                : partly(new StepOutcome.Fatal(message, whatToDo));
                case UNDER_WAY, CANNOT_TELL -> new StepOutcome.Uncertain(message);
            };
        } catch (SqlTrouble e) {
            return new StepOutcome.Uncertain(message + "; then " + e.words());
        }
    }

    /** What went wrong while only looking; nothing is under way. */
    private StepOutcome looking(SqlTrouble e) {
        return switch (e.kind()) {
            case INTERRUPTED -> new StepOutcome.Uncertain(e.words() + done());
            case OUR_OWN ->
                    partly(
                            new StepOutcome.Refused(
                                    e.words(), "correct login, certificate, name or secret"));
            case SERVER -> partly(permission(e));
            case UNREACHABLE, LOST, TIMED_OUT -> partly(new StepOutcome.Retryable(e.words()));
        };
    }

    private static StepOutcome permission(SqlTrouble e) {
        Optional<KnownError> known = KnownError.of(e.number());
        return known.filter(k -> k.reaction() == Reaction.RETRY).isPresent()
                ? new StepOutcome.Retryable(e.words())
                : new StepOutcome.Refused(
                        e.words(),
                        known.map(KnownError::whatToDo)
                                .orElse(
                                        "let our login read the views and procedures of"
                                                + " docs/sqlserver.md"));
    }

    /** The same outcome, unless it claims that nothing was done after something was. */
    private StepOutcome partly(StepOutcome outcome) {
        if (sent.isEmpty()) {
            return outcome;
        }
        String message = outcome.message() + done();
        return switch (outcome) {
            case StepOutcome.Refused o -> new StepOutcome.Refused(message, o.whatToDo());
            case StepOutcome.Fatal o -> new StepOutcome.Refused(message, o.whatToDo());
            case StepOutcome.Retryable _, StepOutcome.Uncertain _ ->
                    new StepOutcome.Uncertain(message);
            case StepOutcome.Done o -> o;
        };
    }

    private String done() {
        return sent.isEmpty() ? "" : "; carried out before: " + String.join("; ", sent);
    }

    /** Looks until the effect shows, since success may be followed by failure. */
    private StepOutcome settled() {
        Instant until = clock.instant().plus(visit.settings().settleLimit());
        Instant end = until.isBefore(deadline) ? until : deadline;
        String last = "";
        while (true) {
            try {
                Presence presence = order.presence();
                if (presence == Presence.DONE) {
                    return new StepOutcome.Done(String.join("; ", sent));
                }
                last = "it is " + presence;
            } catch (SqlTrouble e) {
                last = e.words();
            }
            if (Thread.currentThread().isInterrupted() || !clock.instant().isBefore(end)) {
                return new StepOutcome.Uncertain(
                        String.join("; ", sent)
                                + " was accepted, but the effect does not show: "
                                + last);
            }
            waiting.accept(visit.settings().settlePause());
        }
    }

    private Duration left() {
        return Duration.between(clock.instant(), deadline);
    }
}
