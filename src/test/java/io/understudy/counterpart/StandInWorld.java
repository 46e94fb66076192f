package io.understudy.counterpart;

import io.understudy.adapter.simulator.SimulatorExecutor;
import io.understudy.adapter.simulator.SimulatorProbe;
import io.understudy.adapter.simulator.Twin;
import io.understudy.adapter.spi.Probe;
import io.understudy.adapter.spi.Progress;
import io.understudy.adapter.spi.StepCall;
import io.understudy.adapter.spi.StepExecutor.Presence;
import io.understudy.adapter.spi.StepOutcome;
import io.understudy.estate.ComponentId;
import io.understudy.estate.ObserverName;
import io.understudy.health.Facts;
import io.understudy.health.Status;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** What the cmdlets of a stand-in change and read. */
public interface StandInWorld {

    /** Carries it out, as long as that takes. */
    StepOutcome carryOut(StepCall call);

    /** Whether its effect is there. */
    Presence look(StepCall call);

    /** What the shell's read-only cmdlets tell of a component. */
    default Probe.Reading read(ComponentId component) {
        return new Probe.Reading(Status.UNKNOWN, new Facts.None(), "nothing is known");
    }

    /** One where every order takes effect at once. */
    static StandInWorld obedient() {
        Set<Object> done = ConcurrentHashMap.newKeySet();
        return new StandInWorld() {
            @Override
            public StepOutcome carryOut(StepCall call) {
                done.add(call.action());
                return new StepOutcome.Done("carried out");
            }

            @Override
            public Presence look(StepCall call) {
                return done.contains(call.action()) ? Presence.DONE : Presence.NOT_DONE;
            }
        };
    }

    /**
     * The twin of an estate.
     *
     * @param observer as whom the server of the stand-in sees it
     * @param waiting returns when the time given has passed in the twin's time
     */
    static StandInWorld of(Twin twin, ObserverName observer, Consumer<Duration> waiting) {
        SimulatorExecutor executor = new SimulatorExecutor(twin, waiting);
        SimulatorProbe probe = new SimulatorProbe(twin);
        return new StandInWorld() {
            @Override
            public StepOutcome carryOut(StepCall call) {
                return executor.act(call, Progress.UNHEARD);
            }

            @Override
            public Presence look(StepCall call) {
                return executor.check(call);
            }

            @Override
            public Probe.Reading read(ComponentId component) {
                return probe.read(observer, component);
            }
        };
    }
}
