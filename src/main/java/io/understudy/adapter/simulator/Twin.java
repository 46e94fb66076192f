package io.understudy.adapter.simulator;

import io.understudy.adapter.spi.EffectLog;
import io.understudy.adapter.spi.StepOutcome;
import io.understudy.estate.ComponentId;
import io.understudy.estate.Estate;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * An estate that behaves as the documentation says, and breaks where it is told to.
 *
 * <p>It is kept in a store, which several processes may share: each of them acts on it under the
 * store's lock, and looks at a copy of its own. It evolves when it is asked, up to the time that
 * its source tells. Every change from outside is kept before it is in force, so that nothing that
 * anybody was told is forgotten.
 */
public final class Twin {

    /**
     * What an order comes to: the state afterwards, the same one if nothing changed, and the
     * answer.
     */
    record Verdict(TwinState state, StepOutcome outcome) {}

    /** What the ids of faults begin with; a number follows. */
    static final String FAULT = "fault-";

    /** How old a look may be while nothing is known to have changed. */
    private static final Duration LOOK = Duration.ofMillis(200);

    private static final System.Logger LOGGER = System.getLogger(Twin.class.getName());

    /** Fair: among thousands who look, somebody who changes it would hardly ever have his turn. */
    private final ReentrantLock lock = new ReentrantLock(true);

    private final TwinSettings settings;
    private final InstantSource time;
    private final TwinStore store;
    private final Duration look;
    private volatile Estate estate;
    private TwinStore.Kept kept;

    /** What was kept last, gone on with time. */
    private TwinState ahead;

    /** What others may look at without a lock; empty when it is known to be old. */
    private volatile Optional<Look> shown = Optional.empty();

    private record Look(TwinView view, Instant until) {
        private boolean holds(Instant now) {
            return now.equals(view.at()) || now.isAfter(view.at()) && now.isBefore(until);
        }
    }

    /**
     * The twin that is kept in a store, fitted to an estate; a new one, in which everything is
     * well, when there is none yet.
     */
    public Twin(Estate estate, TwinSettings settings, InstantSource time, TwinStore store) {
        this(estate, settings, time, store, LOOK);
    }

    private Twin(
            Estate estate,
            TwinSettings settings,
            InstantSource time,
            TwinStore store,
            Duration look) {
        this.look = look;
        this.estate = estate;
        this.settings = settings;
        this.time = time;
        this.store = store;
        this.ahead = TwinState.empty(time.instant());
        this.kept = store.newest(new TwinStore.Kept(0, ahead));
        this.ahead = kept.state();
        follow(estate);
    }

    /**
     * A twin of this process alone, in which everything is well.
     *
     * @param keeper gets the state on each change from outside; when it throws, the change does not
     *     happen
     */
    public Twin(
            Estate estate, TwinSettings settings, InstantSource time, Consumer<TwinState> keeper) {
        this(
                estate,
                settings,
                time,
                new TwinMemory(new Evolution(estate, settings).initial(time.instant()), keeper),
                // nobody else changes it, and a look costs no question
                Duration.ZERO);
    }

    /** Puts a fault in force. The target must be in the estate. */
    public String inject(Fault fault) {
        return changed(state -> {
            long number = state.faultsInjected() + 1;
            String id = FAULT + number;
            Map<String, TwinState.ActiveFault> faults = new LinkedHashMap<>(state.faults());
            faults.put(id, new TwinState.ActiveFault(fault, state.at()));
            return settled(state.withFaults(number, faults), id);
        });
    }

    /** Ends a fault. False when none in force has this id. */
    public boolean clear(String id) {
        return changed(state -> {
            Map<String, TwinState.ActiveFault> faults = new LinkedHashMap<>(state.faults());
            return faults.remove(id) == null
                    ? new TwinStore.Next<>(Optional.empty(), false)
                    : settled(state.withFaults(state.faultsInjected(), faults), true);
        });
    }

    /** The faults in force by id, oldest first. */
    public Map<String, TwinState.ActiveFault> faults() {
        return state().faults();
    }

    /** What orders have changed, oldest first, where no store keeps the log of it. */
    public List<Effect> effects() {
        return state().effects();
    }

    /** What orders have changed, as the store has logged it. */
    public EffectLog log() {
        return store;
    }

    /** All that it is now. */
    public TwinState state() {
        return newest().state();
    }

    /** Becomes the twin of the next version of its estate. Faults of what it lost stay listed. */
    public void follow(Estate next) {
        estate = next;
        // fitted first: time would pass for what is not there yet as though it had never been well
        exchanged(before -> {
            TwinState fitted = evolution().fitted(before);
            TwinState now = evolution().advanced(fitted, time.instant());
            return new TwinStore.Next<>(
                    fitted.equals(before) ? Optional.empty() : Optional.of(now), true);
        });
    }

    boolean has(ComponentId component) {
        return estate.components().contains(component);
    }

    /**
     * The twin at this moment, or a moment ago; the view itself never changes. Whoever looks does
     * not wait for those who change it.
     */
    TwinView view() {
        Optional<Look> last = shown;
        if (last.filter(look -> look.holds(time.instant())).isPresent()) {
            return last.get().view();
        }
        if (last.isEmpty()) {
            lock.lock();
        } else if (lock.hasQueuedThreads() || !lock.tryLock()) {
            return last.get().view();
        }
        try {
            take(newestOrKnown());
            return look();
        } finally {
            lock.unlock();
        }
    }

    /** The twin at this moment, with all that any process has done to it. */
    TwinView newest() {
        lock.lock();
        try {
            take(store.newest(kept));
            return look();
        } finally {
            lock.unlock();
        }
    }

    /** Judges an order and carries it out in one go; what it changes is kept before the answer. */
    StepOutcome order(Function<TwinView, Verdict> judge) {
        return changed(state -> {
            Verdict verdict = judge.apply(new TwinView(estate, settings, state));
            return verdict.state() == state
                    ? new TwinStore.Next<>(Optional.empty(), verdict.outcome())
                    : settled(verdict.state(), verdict.outcome());
        });
    }

    /** Takes one turn off the oldest fault of the executor, if there is one. */
    Optional<Fault.Misbehaviour> misbehave() {
        return misbehaving(view().state()).isEmpty()
                ? Optional.empty()
                : changed(state ->
                        misbehaving(state)
                                .map(fault -> turnTaken(state, fault))
                                .orElse(new TwinStore.Next<>(Optional.empty(), Optional.empty())));
    }

    private static Optional<Map.Entry<String, TwinState.ActiveFault>> misbehaving(TwinState state) {
        return state.faults().entrySet().stream()
                .filter(entry -> entry.getValue().fault() instanceof Fault.ExecutorFault)
                .findFirst();
    }

    private static TwinStore.Next<Optional<Fault.Misbehaviour>> turnTaken(
            TwinState state, Map.Entry<String, TwinState.ActiveFault> entry) {
        if (!(entry.getValue().fault() instanceof Fault.ExecutorFault fault)) {
            return new TwinStore.Next<>(Optional.empty(), Optional.empty());
        }
        Map<String, TwinState.ActiveFault> faults = new LinkedHashMap<>(state.faults());
        if (fault.times() > 1) {
            Fault rest = new Fault.ExecutorFault(fault.mode(), fault.times() - 1);
            faults.put(entry.getKey(), new TwinState.ActiveFault(rest, entry.getValue().since()));
        } else {
            faults.remove(entry.getKey());
        }
        return new TwinStore.Next<>(
                Optional.of(state.withFaults(state.faultsInjected(), faults)),
                Optional.of(fault.mode()));
    }

    private <T> TwinStore.Next<T> settled(TwinState state, T answer) {
        return new TwinStore.Next<>(Optional.of(evolution().settled(state, state.at())), answer);
    }

    private <T> T changed(Function<TwinState, TwinStore.Next<T>> change) {
        return exchanged(before -> change.apply(evolution().advanced(before, time.instant())));
    }

    private <T> T exchanged(Function<TwinState, TwinStore.Next<T>> change) {
        lock.lock();
        try {
            TwinStore.Changed<T> done = store.change(kept, found -> change.apply(known(found)));
            take(done.kept());
            return done.answer();
        } finally {
            lock.unlock();
        }
    }

    private TwinState known(TwinStore.Kept found) {
        return found.version() == kept.version() ? ahead : found.state();
    }

    /** A look that cannot ask the store sees what was known last, as any look may be late. */
    private TwinStore.Kept newestOrKnown() {
        try {
            return store.newest(kept);
        } catch (RuntimeException e) {
            LOGGER.log(Level.DEBUG, "the twin is seen as it was known last", e);
            return kept;
        }
    }

    private void take(TwinStore.Kept newer) {
        if (newer.version() != kept.version()) {
            kept = newer;
            ahead = newer.state();
            shown = Optional.empty();
        }
    }

    private TwinView look() {
        Instant now = time.instant();
        ahead = evolution().advanced(ahead, now);
        Instant until = now.plus(look);
        Instant changes = Evolution.nextDeadline(ahead).orElse(until);
        TwinView view = new TwinView(estate, settings, ahead);
        shown = Optional.of(new Look(view, changes.isBefore(until) ? changes : until));
        return view;
    }

    private Evolution evolution() {
        return new Evolution(estate, settings);
    }
}
