package io.understudy.control;

import io.understudy.estate.ComponentId;
import io.understudy.estate.Estate;
import io.understudy.estate.ObserverName;
import io.understudy.health.Facts;
import io.understudy.health.Observation;
import io.understudy.health.Status;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.BiPredicate;

/**
 * Looks at everything that this process can see, again and again, as each of its observers.
 *
 * <p>Every look counts for the conditions. Kept are those that tell something new, those that
 * confirm a new status, and now and then one more: a thousand components seen by three observers
 * every second would be a quarter of a thousand million rows a day that say the same.
 */
public final class Watch {

    private static final System.Logger LOGGER = System.getLogger(Watch.class.getName());

    private final LiveDocument<Estate> estate;
    private final Vantage vantage;
    private final ObservationLog log;
    private final ControlLoop loop;
    private final Executor executor;
    private final Runnable wake;
    private final WatchSettings settings;
    private final Map<Sightline, Seen> seen = new ConcurrentHashMap<>();
    private final Map<Sightline, Instant> looking = new ConcurrentHashMap<>();

    private record Sightline(ObserverName observer, ComponentId component) {}

    /** What was kept last, and how many looks that confirm it are still to be kept. */
    private record Seen(Status status, Facts facts, Instant keptAt, int confirmations) {}

    /**
     * @param executor carries out looks, each of which may block as long as its probe does
     * @param wake lets the loop tick soon
     */
    public Watch(
            LiveDocument<Estate> estate,
            Vantage vantage,
            ObservationLog log,
            ControlLoop loop,
            Executor executor,
            Runnable wake,
            WatchSettings settings) {
        this.estate = estate;
        this.vantage = vantage;
        this.log = log;
        this.loop = loop;
        this.executor = executor;
        this.wake = wake;
        this.settings = settings;
    }

    /** The pause between two ticks. */
    public Duration interval() {
        return settings.interval();
    }

    /** {@link #tick(BiPredicate)} of a process that looks at everything. */
    public void tick() {
        tick((_, _) -> true);
    }

    /**
     * Begins every look whose time has come; one that is still under way is not begun again.
     *
     * @param ours whether an observer's look at a component is for this process now
     */
    public void tick(BiPredicate<ObserverName, ComponentId> ours) {
        estate.current().ifPresent(version -> lookAround(version.body(), ours));
    }

    /**
     * Remembers what others have kept as if it had been seen here, so that it is no news when this
     * process looks there next. What is older than what is remembered changes nothing.
     */
    public void heard(List<Observation> kept) {
        for (Observation observation : kept) {
            seen.compute(
                    new Sightline(observation.observer(), observation.component()),
                    (_, before) -> newest(Optional.ofNullable(before), observation));
        }
    }

    private Seen newest(Optional<Seen> before, Observation kept) {
        return before.filter(known -> !known.keptAt().isBefore(kept.observedAt()))
                .orElseGet(() -> remembered(before, kept));
    }

    private void lookAround(Estate known, BiPredicate<ObserverName, ComponentId> ours) {
        seen.keySet().removeIf(line -> !known.components().contains(line.component()));
        for (ObserverName observer : vantage.observers(known)) {
            for (ComponentId component : known.components()) {
                Sightline line = new Sightline(observer, component);
                if (ours.test(observer, component)
                        && vantage.probe().sees(component)
                        && looking.putIfAbsent(line, vantage.clock().instant()) == null) {
                    executor.execute(() -> look(line));
                }
            }
        }
    }

    private void look(Sightline line) {
        try {
            Observation observation = vantage.look(line.observer(), line.component());
            loop.accept(List.of(observation));
            keep(line, observation);
        } catch (RuntimeException e) {
            // while the database is away every look would say so; others say it once
            LOGGER.log(
                    e instanceof Unavailable ? Level.DEBUG : Level.WARNING,
                    line.observer()
                            + " could not look at "
                            + line.component()
                            + " or what it saw could not be kept; it is tried again in "
                            + settings.interval(),
                    e);
        } finally {
            looking.remove(line);
        }
    }

    private void keep(Sightline line, Observation observation) {
        Facts telling = telling(observation.facts());
        Optional<Seen> before = Optional.ofNullable(seen.get(line));
        boolean news =
                before.filter(kept -> kept.status() == observation.status())
                        .filter(kept -> kept.facts().equals(telling))
                        .isEmpty();
        int confirmations = before.map(Seen::confirmations).orElse(0);
        boolean due =
                before.map(kept -> kept.keptAt().plus(settings.heartbeat()))
                        .filter(observation.observedAt()::isBefore)
                        .isEmpty();
        if (news || due || confirmations > 0) {
            log.append(List.of(observation), observation.observedAt());
            seen.put(line, remembered(before, observation));
        }
        if (news) {
            wake.run();
        }
    }

    private Seen remembered(Optional<Seen> before, Observation kept) {
        boolean turned =
                before.map(last -> last.status() != kept.status())
                        .orElse(kept.status() == Status.DOWN);
        int confirmations = before.map(Seen::confirmations).orElse(0);
        return new Seen(
                kept.status(),
                telling(kept.facts()),
                kept.observedAt(),
                turned ? settings.confirmations() : Math.max(0, confirmations - 1));
    }

    /** The facts without what is measured anew at every look: such numbers alone are no news. */
    static Facts telling(Facts facts) {
        return switch (facts) {
            case Facts.None none -> none;
            case Facts.OfServer server -> server;
            case Facts.OfStore store ->
                    new Facts.OfStore(
                            store.mirroring(),
                            store.availabilityGroup(),
                            Optional.empty(),
                            OptionalLong.empty(),
                            OptionalLong.empty(),
                            store.transactionLogFull());
            case Facts.OfPool pool ->
                    new Facts.OfPool(
                            pool.poolState(),
                            pool.routingGroups(),
                            pool.backupService().stream().map(Watch::telling).toList(),
                            OptionalInt.empty(),
                            pool.chatState(),
                            pool.centralManagement(),
                            pool.nextHopPool());
        };
    }

    private static Facts.BackupModule telling(Facts.BackupModule module) {
        return new Facts.BackupModule(
                module.module(), module.exportStatus(), module.importStatus(), Optional.empty());
    }
}
