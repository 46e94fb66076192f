package io.understudy.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.understudy.anchor.AnchorListener;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** How anchoring goes, under {@link MeterNames}. */
public final class AnchorMeters implements AnchorListener {

    private final MeterRegistry registry;
    private final Map<String, AtomicLong> numbers = new ConcurrentHashMap<>();

    public AnchorMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    @Override
    public void anchored(String place, long number) {
        numbers.computeIfAbsent(place, this::gauge).set(number);
    }

    private AtomicLong gauge(String place) {
        AtomicLong number = new AtomicLong();
        Gauge.builder(MeterNames.AUDIT_ANCHORED, number, AtomicLong::get)
                .tag(MeterNames.PLACE, place)
                .register(registry);
        return number;
    }

    @Override
    public void failed(String place) {
        registry.counter(MeterNames.AUDIT_ANCHOR_FAILURES, MeterNames.PLACE, place).increment();
    }
}
