package io.understudy.adapter.simulator;

import io.understudy.adapter.simulator.Twin.Verdict;
import io.understudy.estate.ComponentId;
import io.understudy.estate.LogShipping;
import io.understudy.estate.Pool;
import io.understudy.estate.SqlInstance;
import io.understudy.estate.Store;
import io.understudy.estate.StoreName;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A statement on the databases of a store with log shipping (domain.md 6.7, 6.8). */
interface ShippedChange extends Change {

    StoreName store();

    List<String> databases();

    /** Where it is run. */
    SqlInstance instance();

    /** What it makes of log shipping. */
    ShippedLog next(ShippedLog log);

    /** Why it is refused, once the instance is reached. */
    Optional<Verdict> refusal(TwinView view, ShippedLog log);

    /** Where it must be run: all but the restore back, on the secondary. */
    default Optional<SqlInstance> place(Store store) {
        return store.logShipping().map(LogShipping::secondary);
    }

    @Override
    default Optional<Verdict> senseless(TwinView view) {
        Optional<Store> found =
                view.estate().store(store()).filter(s -> s.logShipping().isPresent());
        if (found.flatMap(this::place).filter(instance()::equals).isEmpty()) {
            return Order.never(
                    view,
                    ComponentId.of(instance())
                            + " has no such part in the log shipping of store:"
                            + store());
        }
        return Mirrors.unknown(view, found.get(), databases());
    }

    @Override
    default Optional<Verdict> refusal(TwinView view) {
        return view.world().up(ComponentId.of(instance()))
                ? refusal(view, log(view))
                : Order.later(view, ComponentId.of(instance()) + " cannot be reached");
    }

    @Override
    default Duration lasts(TwinSettings settings) {
        return settings.restoreDatabases();
    }

    @Override
    default TwinState changed(TwinView view) {
        return view.state().withShipped(store(), next(log(view)));
    }

    default ShippedLog log(TwinView view) {
        ShippedLog known = view.state().shipped().get(store());
        return known == null ? ShippedLog.fresh(view.at()) : known;
    }

    /** Refused while users could write what would be lost (domain.md 6.8 step 1). */
    default Optional<Verdict> inUse(TwinView view) {
        return view.estate().poolsOn(store()).stream()
                .filter(pool -> !Chats.of(view, pool).active().isEmpty())
                .map(Pool::fqdn)
                .findFirst()
                .flatMap(pool ->
                        Order.no(
                                view,
                                "error 3101: servers of " + pool + " have the databases in use",
                                "empty the active list of the pool first"));
    }
}
