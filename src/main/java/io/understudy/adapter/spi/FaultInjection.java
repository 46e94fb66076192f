package io.understudy.adapter.spi;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Breaks a simulated estate on purpose. Offered only where there is one. */
public interface FaultInjection {

    /**
     * What is to break.
     *
     * @param fault its kind in upper snake case, KILL for instance
     * @param target what it concerns, as a component id; empty for a fault of the executor
     * @param options what else the kind needs, by name
     */
    record Request(String fault, String target, Map<String, String> options) {
        public Request {
            options = Map.copyOf(options);
        }
    }

    /** A fault that is in force, since when, and the id that ends it. */
    record Injected(
            String id, String fault, String target, Map<String, String> options, Instant since) {
        public Injected {
            options = Map.copyOf(options);
        }
    }

    /**
     * The request as {@link #inject} would understand it now; changes nothing.
     *
     * @throws IllegalArgumentException naming the field that is wrong and what it may be
     */
    Request check(Request request);

    /**
     * Puts a fault in force; durable when it returns.
     *
     * @throws IllegalArgumentException naming the field that is wrong and what it may be
     */
    Injected inject(Request request);

    /** Ends a fault. False when none in force has this id. */
    boolean clear(String id);

    /** The faults in force, oldest first. */
    List<Injected> list();
}
