package io.understudy.adapter.sqlserver;

import io.understudy.adapter.spi.Progress;
import io.understudy.adapter.spi.Rehearsal;
import io.understudy.adapter.spi.Rehearsal.Verdict;
import io.understudy.adapter.spi.Secrets;
import io.understudy.adapter.spi.StepCall;
import io.understudy.adapter.spi.StepExecutor;
import io.understudy.adapter.spi.StepOutcome;
import io.understudy.adapter.sqlserver.Orders.NotOfTheEstate;
import io.understudy.estate.Estate;
import io.understudy.runbook.Action;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Carries actions out by T-SQL on the instances that are configured.
 *
 * <p>It looks before each statement and sends it only when the views still ask for it, and looks
 * again afterwards, since SQL Server may report success and fail later. The fencing tokens and
 * orders that it remembers are those since its start; what two owners could do at once is bounded
 * by those looks and by SQL Server, which refuses a second failover of the same kind.
 */
public final class SqlServerExecutor implements StepExecutor {

    private final Supplier<Estate> estate;
    private final Connections connections;
    private final InstantSource clock;
    private final Consumer<Duration> waiting;
    private final io.understudy.adapter.spi.Orders given = new io.understudy.adapter.spi.Orders();

    /**
     * An executor.
     *
     * @param estate the estate as it is at the moment of a call
     * @param waiting returns when the time given has passed, or its thread is interrupted
     */
    public SqlServerExecutor(
            Supplier<Estate> estate,
            SqlServerSettings settings,
            Secrets secrets,
            InstantSource clock,
            Consumer<Duration> waiting) {
        this.estate = estate;
        this.connections = new Connections(settings, secrets);
        this.clock = clock;
        this.waiting = waiting;
    }

    @Override
    public String name() {
        return "sqlserver";
    }

    @Override
    public boolean supports(Action action) {
        return Orders.instance(action).filter(connections::knows).isPresent();
    }

    @Override
    public Presence check(StepCall call) {
        try (Visit visit = visit(call)) {
            return new Orders(estate.get(), visit, call).order().presence();
        } catch (NotOfTheEstate | SqlTrouble e) {
            return Presence.CANNOT_TELL;
        }
    }

    @Override
    public StepOutcome act(StepCall call, Progress progress) {
        return given.once(call, () -> carriedOut(call, progress));
    }

    private StepOutcome carriedOut(StepCall call, Progress progress) {
        try (Visit visit = visit(call)) {
            Order order = new Orders(estate.get(), visit, call).order();
            return new Carrying(order, visit, call, progress, given, clock, waiting).out();
        } catch (NotOfTheEstate e) {
            return e.outcome();
        }
    }

    @Override
    public Rehearsal rehearse(StepCall call) {
        try (Visit visit = visit(call)) {
            Order order = new Orders(estate.get(), visit, call).order();
            return rehearsal(order.plan(order.databases()));
        } catch (NotOfTheEstate e) {
            return refused(e.outcome());
        } catch (SqlTrouble e) {
            return new Rehearsal(Verdict.CANNOT_TELL, e.words(), Optional.empty());
        }
    }

    /** One whose looks end with the call's time limit. */
    private Visit visit(StepCall call) {
        Instant deadline = clock.instant().plus(call.timeLimit());
        return new Visit(connections, () -> Duration.between(clock.instant(), deadline));
    }

    private static Rehearsal rehearsal(Plan plan) {
        return switch (plan) {
            case Plan.Hindered hindered -> refused(hindered.why());
            case Plan.Ready ready when ready.statements().isEmpty() ->
                    new Rehearsal(
                            Verdict.ALREADY_DONE, "the effect is there already", Optional.empty());
            case Plan.Ready ready ->
                    new Rehearsal(
                            Verdict.WOULD_ACT,
                            "nothing hinders these " + ready.statements().size() + " statements",
                            Optional.of(
                                    ready.statements().stream()
                                            .map(s -> "-- sql:" + s.on() + "\n" + s.shown() + ";")
                                            .collect(Collectors.joining("\n"))));
        };
    }

    private static Rehearsal refused(StepOutcome why) {
        return new Rehearsal(Verdict.WOULD_BE_REFUSED, why.message(), Optional.empty());
    }
}
