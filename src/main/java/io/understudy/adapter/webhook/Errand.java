package io.understudy.adapter.webhook;

import io.understudy.adapter.spi.Progress;
import io.understudy.adapter.spi.StepCall;
import io.understudy.adapter.spi.StepOutcome;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** One order from its first request to its outcome. */
final class Errand {

    private final WebhookSettings settings;
    private final WebhookSettings.Endpoint endpoint;
    private final Exchange exchange;
    private final StepCall call;
    private final Progress progress;
    private final InstantSource clock;
    private final Instant deadline;
    private final Map<String, String> headers;

    Errand(
            WebhookSettings settings,
            WebhookSettings.Endpoint endpoint,
            Exchange exchange,
            StepCall call,
            Progress progress,
            InstantSource clock,
            Duration limit) {
        this.settings = settings;
        this.endpoint = endpoint;
        this.exchange = exchange;
        this.call = call;
        this.progress = progress;
        this.clock = clock;
        this.deadline = clock.instant().plus(limit);
        this.headers =
                Map.of(
                        "Idempotency-Key", OrderDocument.key(call),
                        "Understudy-Token", Long.toString(call.fencingToken()));
    }

    StepOutcome run() throws InterruptedException {
        String body = OrderDocument.write(call, left(), clock.instant());
        Duration backOff = settings.firstBackOff();
        for (int attempt = 1; ; attempt++) {
            Reply reply = exchange.post(endpoint.url(), endpoint.secret(), body, headers, left());
            Optional<String> nothing = nothingHappened(reply);
            if (nothing.isEmpty()) {
                return outcome(reply);
            }
            Duration wait = wait(reply, backOff);
            if (attempt >= settings.attempts() || wait.compareTo(left()) >= 0) {
                return new StepOutcome.Retryable(
                        nothing.get() + "; sent " + attempt + " times, with no effect");
            }
            progress.said(nothing.get() + "; again in " + wait);
            pause(wait);
            backOff = backOff.multipliedBy(2);
        }
    }

    /** Why certainly nothing happened, though it may work later. */
    private static Optional<String> nothingHappened(Reply reply) {
        return switch (reply) {
            case Reply.NotSent none -> Optional.of(none.why());
            case Reply.Answered busy
                    when (busy.status() == 503 || busy.status() == 429)
                            && busy.retryAfter().isPresent() ->
                    Optional.of("the receiver is busy (" + busy.status() + ")");
            case Reply.Answered _, Reply.Forbidden _, Reply.Lost _ -> Optional.empty();
        };
    }

    private static Duration wait(Reply reply, Duration backOff) {
        return reply instanceof Reply.Answered answered
                ? answered.retryAfter()
                        .filter(asked -> asked.compareTo(backOff) > 0)
                        .orElse(backOff)
                : backOff;
    }

    private StepOutcome outcome(Reply reply) throws InterruptedException {
        return switch (reply) {
            case Reply.Answered answered -> answered(answered);
            case Reply.NotSent none -> new StepOutcome.Retryable(none.why());
            case Reply.Forbidden no -> new StepOutcome.Fatal(no.why(), no.whatToDo());
            case Reply.Lost lost -> lookedFor(new StepOutcome.Uncertain(lost.why()));
        };
    }

    /** What became of an order whose answer was lost, as far as the receiver says it is there. */
    private StepOutcome lookedFor(StepOutcome lost) throws InterruptedException {
        if (endpoint.status().isEmpty() || left().compareTo(settings.pollInterval()) < 0) {
            return lost;
        }
        URI status = StatusUrl.of(endpoint.status().get(), call);
        if (!(exchange.get(status, endpoint.secret(), Map.of(), left())
                        instanceof Reply.Answered answer)
                || answer.status() != 200) {
            return lost;
        }
        Answer said = Answer.read(answer.body());
        return switch (said.presence()) {
            case DONE -> new StepOutcome.Done(said.message());
            case UNDER_WAY -> followed(answer);
            // it may not have heard of it yet
            case NOT_DONE, CANNOT_TELL -> lost;
        };
    }

    private StepOutcome answered(Reply.Answered answer) throws InterruptedException {
        int status = answer.status();
        if (status == 202) {
            return followed(answer);
        }
        Answer said = Answer.read(answer.body());
        if (status == 200) {
            Optional<StepOutcome> outcome = said.outcome();
            return outcome.isPresent() ? outcome.get() : followed(answer);
        }
        if (status == 307 || status == 308) {
            return new StepOutcome.Fatal(
                    "the receiver redirects (" + status + "), which is not followed",
                    "configure the URL to which it redirects, if it is the right one");
        }
        // a 4xx says that the request was not taken; 408 and all else leave it open
        return status >= 400 && status < 500 && status != 408
                ? new StepOutcome.Refused(
                        "the receiver answered " + status + ": " + said.message(),
                        said.whatToDo().isEmpty() ? "see what the receiver says" : said.whatToDo())
                : new StepOutcome.Uncertain("the receiver answered " + status);
    }

    /** Asks how it stands until it is at its end, or the time is over. */
    private StepOutcome followed(Reply.Answered begun) throws InterruptedException {
        Optional<URI> where =
                begun.location().or(() -> endpoint.status().map(url -> StatusUrl.of(url, call)));
        if (where.isEmpty()) {
            return new StepOutcome.Uncertain(
                    "the receiver began, and does not say where to ask how it stands");
        }
        progress.said("the receiver has begun");
        Reply.Answered latest = begun;
        String heard = "";
        while (true) {
            Duration wait =
                    latest.retryAfter()
                            .filter(Duration::isPositive)
                            .orElse(settings.pollInterval());
            if (wait.compareTo(left()) >= 0) {
                pause(left());
                return new StepOutcome.Uncertain(
                        "the receiver was still at work at the end of its time");
            }
            pause(wait);
            switch (exchange.get(where.get(), endpoint.secret(), Map.of(), left())) {
                case Reply.Answered answer -> {
                    Answer said = Answer.read(answer.body());
                    Optional<StepOutcome> outcome = ended(answer, said);
                    if (outcome.isPresent()) {
                        return outcome.get();
                    }
                    if (said.said().isPresent() && !said.message().equals(heard)) {
                        heard = said.message();
                        progress.said(heard);
                    }
                    latest = answer;
                }
                case Reply.Forbidden no -> {
                    return new StepOutcome.Uncertain("how it stands cannot be asked: " + no.why());
                }
                case Reply.NotSent none -> progress.said(none.why());
                case Reply.Lost lost -> progress.said(lost.why());
            }
        }
    }

    private static Optional<StepOutcome> ended(Reply.Answered answer, Answer said) {
        return switch (answer.status()) {
            case 200 -> said.outcome();
            case 202, 429, 500, 502, 503, 504 -> Optional.empty();
            default ->
                    Optional.of(
                            new StepOutcome.Uncertain(
                                    "asked how it stands, the receiver answered "
                                            + answer.status()));
        };
    }

    private Duration left() {
        Duration left = Duration.between(clock.instant(), deadline);
        return left.isPositive() ? left : Duration.ofMillis(1);
    }

    private static void pause(Duration time) throws InterruptedException {
        new Semaphore(0).tryAcquire(time.toNanos(), TimeUnit.NANOSECONDS);
    }
}
