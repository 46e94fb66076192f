package io.understudy.run;

import io.understudy.adapter.spi.Probe;
import io.understudy.estate.ComponentId;
import java.time.Instant;
import java.util.List;

/** How a run sees, by other means than it acts, whether a step took effect. */
@FunctionalInterface
public interface Sight {

    /**
     * What every vantage point sees of a component, read now or at least not before {@code since}.
     */
    List<Probe.Reading> of(ComponentId component, Instant since);
}
