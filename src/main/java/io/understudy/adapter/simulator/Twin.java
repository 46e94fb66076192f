package io.understudy.adapter.simulator;

import io.understudy.adapter.spi.StepOutcome;
import io.understudy.estate.ComponentId;
import io.understudy.estate.Estate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * An estate that behaves as the documentation says, and breaks where it is told to.
 *
 * <p>One lock guards it; it evolves when it is asked, up to the time that its source tells. Every
 * change from outside is handed to the keeper before it is in force, so that a twin brought back
 * from what was kept has forgotten nothing that anybody was told.
 */
public final class Twin {

    /**
     * What an order comes to: the state afterwards, the same one if nothing changed, and the
     * answer.
     */
    record Verdict(TwinState state, StepOutcome outcome) {}

    private final ReentrantLock lock = new ReentrantLock();
    private final TwinSettings settings;
    private final InstantSource time;
    private final Consumer<TwinState> keeper;
    private Estate estate;
    private TwinState state;

    /**
     * A twin in which everything is well.
     *
     * @param keeper gets the state on each change from outside, under the lock; when it throws, the
     *     change does not happen
     */
    public Twin(
            Estate estate, TwinSettings settings, InstantSource time, Consumer<TwinState> keeper) {
        this.estate = estate;
        this.settings = settings;
        this.time = time;
        this.keeper = keeper;
        this.state = evolution().initial(time.instant());
    }

    /** Puts a fault in force. The target must be in the estate. */
    public String inject(Fault fault) {
        return locked(() -> {
            long number = state.faultsInjected() + 1;
            String id = "fault-" + number;
            Map<String, TwinState.ActiveFault> faults = new LinkedHashMap<>(state.faults());
            faults.put(id, new TwinState.ActiveFault(fault, state.at()));
            keep(evolution().settled(state.withFaults(number, faults), state.at()));
            return id;
        });
    }

    /** Ends a fault. False when none in force has this id. */
    public boolean clear(String id) {
        return locked(() -> {
            Map<String, TwinState.ActiveFault> faults = new LinkedHashMap<>(state.faults());
            if (faults.remove(id) == null) {
                return false;
            }
            TwinState without = state.withFaults(state.faultsInjected(), faults);
            keep(evolution().settled(without, state.at()));
            return true;
        });
    }

    /** The faults in force by id, oldest first. */
    public Map<String, TwinState.ActiveFault> faults() {
        return locked(() -> state.faults());
    }

    /** What orders have changed, oldest first. */
    public List<Effect> effects() {
        return locked(() -> state.effects());
    }

    /** All that it is now, to be brought back by {@link #restore}. */
    public TwinState state() {
        return locked(() -> state);
    }

    /**
     * Becomes what was kept, and goes on from there to the present. What the estate no longer has
     * is dropped.
     */
    public void restore(TwinState kept) {
        locked(() -> {
            state = evolution().fitted(kept);
            return state;
        });
    }

    /** Becomes the twin of the next version of its estate. Faults of what it lost stay listed. */
    public void follow(Estate next) {
        locked(() -> {
            estate = next;
            keep(evolution().fitted(state));
            return state;
        });
    }

    boolean has(ComponentId component) {
        return locked(() -> estate.components().contains(component));
    }

    /** The twin at this moment; the view itself never changes. */
    TwinView view() {
        return locked(() -> new TwinView(estate, settings, state));
    }

    /** Judges an order and carries it out in one go; what it changes is kept before the answer. */
    StepOutcome order(Function<TwinView, Verdict> judge) {
        return locked(() -> {
            Verdict verdict = judge.apply(new TwinView(estate, settings, state));
            if (verdict.state() != state) {
                keep(evolution().settled(verdict.state(), state.at()));
            }
            return verdict.outcome();
        });
    }

    /** Takes one turn off the oldest fault of the executor, if there is one. */
    Optional<Fault.Misbehaviour> misbehave() {
        return locked(() -> {
            for (Map.Entry<String, TwinState.ActiveFault> entry : state.faults().entrySet()) {
                if (entry.getValue().fault() instanceof Fault.ExecutorFault fault) {
                    keep(turnTaken(entry.getKey(), entry.getValue().since(), fault));
                    return Optional.of(fault.mode());
                }
            }
            return Optional.empty();
        });
    }

    private TwinState turnTaken(String id, Instant since, Fault.ExecutorFault fault) {
        Map<String, TwinState.ActiveFault> faults = new LinkedHashMap<>(state.faults());
        if (fault.times() > 1) {
            Fault rest = new Fault.ExecutorFault(fault.mode(), fault.times() - 1);
            faults.put(id, new TwinState.ActiveFault(rest, since));
        } else {
            faults.remove(id);
        }
        return state.withFaults(state.faultsInjected(), faults);
    }

    private void keep(TwinState next) {
        keeper.accept(next);
        state = next;
    }

    private Evolution evolution() {
        return new Evolution(estate, settings);
    }

    private <T> T locked(Supplier<T> work) {
        lock.lock();
        try {
            state = evolution().advanced(state, time.instant());
            return work.get();
        } finally {
            lock.unlock();
        }
    }
}
