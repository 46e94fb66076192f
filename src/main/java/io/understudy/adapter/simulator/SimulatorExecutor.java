package io.understudy.adapter.simulator;

import io.understudy.adapter.simulator.Twin.Verdict;
import io.understudy.adapter.spi.Progress;
import io.understudy.adapter.spi.Rehearsal;
import io.understudy.adapter.spi.StepCall;
import io.understudy.adapter.spi.StepExecutor;
import io.understudy.adapter.spi.StepOutcome;
import io.understudy.runbook.Action;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Carries actions out on the twin as the cmdlets would, refusals included. */
public final class SimulatorExecutor implements StepExecutor {

    /** A rehearsal's, older than every owner's. */
    private static final long NO_TOKEN = 0;

    private final Twin twin;
    private final Consumer<Duration> waiting;

    /**
     * An executor of this twin's.
     *
     * @param waiting returns when the time given has passed in the twin's time
     */
    public SimulatorExecutor(Twin twin, Consumer<Duration> waiting) {
        this.twin = twin;
        this.waiting = waiting;
    }

    @Override
    public String name() {
        return "simulator";
    }

    @Override
    public boolean supports(Action action) {
        return action.needsExecutor();
    }

    /**
     * {@inheritDoc}
     *
     * <p>Whoever looks has shut out the owners before him: what they have on its way is refused
     * from here on, or it could take effect between this look and his order.
     */
    @Override
    public Presence check(StepCall call) {
        return presence(shutOut(call, twin.newest()), call);
    }

    private static Presence presence(TwinView view, StepCall call) {
        Presence presence = Orders.of(call.action()).presence(view);
        return presence != Presence.DONE && UnderWay.is(view, call) ? Presence.UNDER_WAY : presence;
    }

    private TwinView shutOut(StepCall call, TwinView view) {
        if (call.fencingToken() <= newestToken(view.state(), call)) {
            return view;
        }
        StepOutcome _ = twin.order(now -> admitted(now, call));
        return twin.newest();
    }

    private static long newestToken(TwinState state, StepCall call) {
        return state.tokens().getOrDefault(call.runId(), NO_TOKEN);
    }

    /** What the cmdlet would answer now, or at its first refusal; the twin stays as it is. */
    @Override
    public Rehearsal rehearse(StepCall call) {
        return switch (presence(twin.newest(), call)) {
            case DONE -> rehearsed(Rehearsal.Verdict.ALREADY_DONE, "the effect is there already");
            case UNDER_WAY ->
                    rehearsed(Rehearsal.Verdict.WOULD_BE_REFUSED, "it is under way already");
            case NOT_DONE, CANNOT_TELL -> judged(Orders.of(call.action()).begin(twin.newest()));
        };
    }

    private static Rehearsal judged(Verdict verdict) {
        return switch (verdict.outcome()) {
            case StepOutcome.Done _ ->
                    rehearsed(Rehearsal.Verdict.WOULD_ACT, "nothing speaks against it");
            case StepOutcome.Refused no ->
                    rehearsed(
                            Rehearsal.Verdict.WOULD_BE_REFUSED,
                            no.message() + "; " + no.whatToDo());
            case StepOutcome.Fatal no ->
                    rehearsed(
                            Rehearsal.Verdict.WOULD_BE_REFUSED,
                            no.message() + "; " + no.whatToDo());
            case StepOutcome.Retryable later ->
                    rehearsed(Rehearsal.Verdict.WOULD_BE_REFUSED, later.message());
            case StepOutcome.Uncertain unsure ->
                    rehearsed(Rehearsal.Verdict.CANNOT_TELL, unsure.message());
        };
    }

    private static Rehearsal rehearsed(Rehearsal.Verdict verdict, String message) {
        return new Rehearsal(verdict, message, Optional.empty());
    }

    @Override
    public StepOutcome act(StepCall call, Progress progress) {
        StepOutcome admitted = twin.order(view -> admitted(view, call));
        if (!(admitted instanceof StepOutcome.Done)) {
            return admitted;
        }
        Optional<Fault.Misbehaviour> misbehaviour = twin.misbehave();
        if (misbehaviour.isEmpty()) {
            return carriedOut(call);
        }
        return switch (misbehaviour.get()) {
            case HANG -> {
                waiting.accept(call.timeLimit());
                yield new StepOutcome.Uncertain("no answer within " + call.timeLimit());
            }
            case LOST_ANSWER -> lost(carriedOut(call));
            case TRANSIENT ->
                    new StepOutcome.Retryable(
                            "the remote session could not be opened; nothing was sent");
        };
    }

    private static StepOutcome lost(StepOutcome outcome) {
        return outcome instanceof StepOutcome.Done
                ? new StepOutcome.Uncertain("the connection was lost before the answer came")
                : outcome;
    }

    /** Starts the order, waits as long as the cmdlet would, and ends it. */
    private StepOutcome carriedOut(StepCall call) {
        Order order = Orders.of(call.action());
        StepOutcome begun = twin.order(view -> begun(view, call, order));
        if (!(begun instanceof StepOutcome.Done)) {
            return begun;
        }
        Duration takes = order.takes(twin.view());
        if (takes.compareTo(call.timeLimit()) > 0) {
            waiting.accept(call.timeLimit());
            return new StepOutcome.Uncertain("no answer within " + call.timeLimit());
        }
        if (takes.isPositive()) {
            waiting.accept(takes);
        }
        return twin.order(view -> {
            Verdict fence = admitted(view, call);
            return fence.outcome() instanceof StepOutcome.Done
                    ? UnderWay.ended(call, logged(view, call, order.end(view)))
                    : fence;
        });
    }

    private static Verdict begun(TwinView view, StepCall call, Order order) {
        Verdict verdict = logged(view, call, order.begin(view));
        return verdict.outcome() instanceof StepOutcome.Done
                ? UnderWay.begun(view, call, verdict, order.takes(view.with(verdict.state())))
                : verdict;
    }

    /** Refuses whoever has an older fencing token than the run has shown before. */
    private static Verdict admitted(TwinView view, StepCall call) {
        TwinState state = view.state();
        long newest = newestToken(state, call);
        Optional<StepOutcome> older = call.refusal(newest);
        if (older.isPresent()) {
            return new Verdict(state, older.get());
        }
        StepOutcome done = new StepOutcome.Done("admitted");
        if (call.fencingToken() == newest) {
            return new Verdict(state, done);
        }
        Map<String, Long> tokens = new LinkedHashMap<>(state.tokens());
        tokens.put(call.runId(), call.fencingToken());
        while (tokens.size() > view.settings().effectsKept()) {
            tokens.remove(tokens.keySet().iterator().next());
        }
        return new Verdict(state.withLog(tokens, state.effects()), done);
    }

    /** The same verdict; when it changes the twin, with a line in the log of effects. */
    private static Verdict logged(TwinView view, StepCall call, Verdict verdict) {
        TwinState after = verdict.state();
        if (after == view.state()) {
            return verdict;
        }
        List<Effect> effects = new ArrayList<>(after.effects());
        effects.add(
                new Effect(
                        view.at(),
                        call.runId(),
                        call.stepNumber(),
                        call.attempt(),
                        call.fencingToken(),
                        call.action()));
        int kept = view.settings().effectsKept();
        List<Effect> newest = effects.subList(Math.max(0, effects.size() - kept), effects.size());
        return new Verdict(after.withLog(after.tokens(), newest), verdict.outcome());
    }
}
