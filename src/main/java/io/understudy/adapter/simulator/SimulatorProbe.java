package io.understudy.adapter.simulator;

import io.understudy.adapter.spi.Probe;
import io.understudy.estate.ComponentId;
import io.understudy.estate.Observer;
import io.understudy.estate.ObserverName;
import io.understudy.health.Facts;
import io.understudy.health.Status;
import java.util.Optional;

/**
 * What an observer of the twin's estate would see from its site.
 *
 * <p>An observer that is down with its site, or that the estate does not have, says nothing: the
 * reading is UNKNOWN without facts, and {@link #speaks} is false, so that a caller can leave the
 * observation out altogether. An isolated observer is not silent: it sees everything but itself as
 * DOWN, as a real one would.
 */
public final class SimulatorProbe implements Probe {

    private final Twin twin;

    public SimulatorProbe(Twin twin) {
        this.twin = twin;
    }

    /** Whether the observer is there to say anything. */
    public boolean speaks(ObserverName observer) {
        TwinView view = twin.view();
        return view.estate().observer(observer).isPresent()
                && view.world().up(ComponentId.of(observer));
    }

    @Override
    public boolean sees(ComponentId component) {
        return twin.has(component);
    }

    @Override
    public Reading read(ObserverName observer, ComponentId component) {
        TwinView view = twin.view();
        Optional<Observer> from = view.estate().observer(observer);
        ComponentId self = ComponentId.of(observer);
        if (from.isEmpty() || !view.world().up(self)) {
            return unknown("no reading: observer " + observer + " is not there");
        }
        if (!view.estate().components().contains(component)) {
            return unknown("no reading: the estate has no " + component);
        }
        if (view.world().blind(component)) {
            return unknown("no reading: " + component + " could not be asked");
        }
        if (component.equals(self)) {
            return new Reading(Status.UP, new Facts.None(), observer + " is here");
        }
        if (view.world().isolated(observer)) {
            return new Reading(
                    Status.DOWN, new Facts.None(), "connect to " + component + " timed out");
        }
        Reading seen = new Sight(view, self).of(component);
        return seen.status() == Status.UP && view.world().slow(component)
                ? new Reading(Status.DEGRADED, seen.facts(), seen.detail() + ", but slowly")
                : seen;
    }

    private static Reading unknown(String detail) {
        return new Reading(Status.UNKNOWN, new Facts.None(), detail);
    }
}
