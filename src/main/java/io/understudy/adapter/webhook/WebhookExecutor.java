package io.understudy.adapter.webhook;

import io.understudy.adapter.spi.CallValues;
import io.understudy.adapter.spi.Orders;
import io.understudy.adapter.spi.Progress;
import io.understudy.adapter.spi.Rehearsal;
import io.understudy.adapter.spi.Secrets;
import io.understudy.adapter.spi.Secrets.SecretUnavailable;
import io.understudy.adapter.spi.StepCall;
import io.understudy.adapter.spi.StepExecutor;
import io.understudy.adapter.spi.StepOutcome;
import io.understudy.adapter.webhook.WebhookSettings.Endpoint;
import io.understudy.runbook.Action;
import io.understudy.runbook.Operation;
import java.net.InetAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Has actions carried out by services that take a signed POST; docs/webhook-executor.md is what
 * they are told. A receiver that was cut off from us may go on: it is given the order's name in
 * {@code Idempotency-Key} and the token in {@code Understudy-Token}, and must not act twice nor for
 * an older token than it has seen.
 */
public final class WebhookExecutor implements StepExecutor {

    private final WebhookSettings settings;
    private final Destinations destinations;
    private final Secrets secrets;
    private final InstantSource clock;
    private final Supplier<String> ids;
    private final Orders orders = new Orders();

    /**
     * @param ids a new one for every request, never the same again
     */
    public WebhookExecutor(
            WebhookSettings settings, Secrets secrets, InstantSource clock, Supplier<String> ids) {
        this(settings, secrets, clock, ids, InetAddress::getAllByName);
    }

    WebhookExecutor(
            WebhookSettings settings,
            Secrets secrets,
            InstantSource clock,
            Supplier<String> ids,
            Destinations.Resolver resolver) {
        this.settings = settings;
        this.destinations = new Destinations(settings.allowed(), resolver);
        this.secrets = secrets;
        this.clock = clock;
        this.ids = ids;
    }

    @Override
    public String name() {
        return "webhook";
    }

    @Override
    public boolean supports(Action action) {
        return endpoint(action).isPresent();
    }

    private Optional<Endpoint> endpoint(Action action) {
        return Operation.of(action)
                .flatMap(operation -> Optional.ofNullable(settings.endpoints().get(operation)));
    }

    @Override
    public Presence check(StepCall call) {
        Optional<Endpoint> endpoint = endpoint(call.action());
        if (endpoint.flatMap(Endpoint::status).isEmpty()) {
            return Presence.CANNOT_TELL;
        }
        try (Exchange exchange = exchange()) {
            Reply reply =
                    exchange.get(
                            StatusUrl.of(endpoint.get().status().orElseThrow(), call),
                            endpoint.get().secret(),
                            Map.of(),
                            shorter(settings.checkLimit(), call.timeLimit()));
            return switch (reply) {
                case Reply.Answered answer when answer.status() == 200 ->
                        Answer.read(answer.body()).presence();
                case Reply.Answered answer when answer.status() == 202 -> Presence.UNDER_WAY;
                case Reply.Answered _, Reply.NotSent _, Reply.Forbidden _, Reply.Lost _ ->
                        Presence.CANNOT_TELL;
            };
        } catch (SecretUnavailable e) {
            return Presence.CANNOT_TELL;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Presence.CANNOT_TELL;
        }
    }

    @Override
    public StepOutcome act(StepCall call, Progress progress) {
        Optional<Endpoint> endpoint = endpoint(call.action());
        Optional<String> unfit = CallValues.unfit(CallValues.of(call));
        if (unfit.isPresent()) {
            return new StepOutcome.Fatal(
                    unfit.get() + " has characters that a receiver could take for code",
                    "correct the name in the estate document");
        }
        return endpoint.isPresent()
                ? orders.once(call, () -> carriedOut(call, endpoint.get(), progress))
                : new StepOutcome.Fatal(
                        "no webhook is configured for " + call.action().getClass().getSimpleName(),
                        "configure one, or route this action to another executor");
    }

    private StepOutcome carriedOut(StepCall call, Endpoint endpoint, Progress progress) {
        try (Exchange exchange = exchange()) {
            return new Errand(
                            settings,
                            endpoint,
                            exchange,
                            call,
                            progress,
                            clock,
                            limit(call, endpoint))
                    .run();
        } catch (SecretUnavailable e) {
            return new StepOutcome.Fatal(
                    String.valueOf(e.getMessage()), "make the secret available");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new StepOutcome.Uncertain("the service stops; the receiver may go on");
        }
    }

    @Override
    public Rehearsal rehearse(StepCall call) {
        Rehearsal looked = StepExecutor.super.rehearse(call);
        return new Rehearsal(
                looked.verdict(),
                looked.message(),
                endpoint(call.action())
                        .map(endpoint ->
                                "POST "
                                        + endpoint.url()
                                        + " "
                                        + OrderDocument.write(
                                                call, limit(call, endpoint), clock.instant())));
    }

    private static Duration limit(StepCall call, Endpoint endpoint) {
        return shorter(endpoint.timeLimit().orElse(call.timeLimit()), call.timeLimit());
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private Exchange exchange() {
        return new Exchange(settings, destinations, secrets, clock, ids);
    }
}
