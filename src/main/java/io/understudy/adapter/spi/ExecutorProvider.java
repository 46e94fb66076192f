package io.understudy.adapter.spi;

import io.understudy.estate.Estate;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Makes an executor that comes in an archive of its own. It is found by {@link
 * java.util.ServiceLoader}: the archive names its class in {@code
 * META-INF/services/io.understudy.adapter.spi.ExecutorProvider}, and the class has a public
 * constructor without parameters.
 */
public interface ExecutorProvider {

    /**
     * What an executor may use.
     *
     * @param settings what is set under {@code understudy.adapters.settings.NAME.}, without that
     *     prefix
     * @param estate the estate in force at the moment of each call, one without anything while
     *     there is none; hold every name against it before it leaves this process
     * @param secrets finds secrets by reference; ask at each use and keep none
     * @param clock the time; ask nothing else for it
     */
    record Surroundings(
            Map<String, String> settings,
            Supplier<Estate> estate,
            Secrets secrets,
            InstantSource clock) {
        public Surroundings {
            settings = Map.copyOf(settings);
        }
    }

    /** The executor's name: lower-case letters, digits and dashes; no two may bear the same. */
    String name();

    /**
     * Makes it, once, at the start. It is not closed at the end: threads that it starts are
     * daemons.
     *
     * @throws IllegalArgumentException when a setting is missing or wrong, naming it by its key:
     *     the service then does not start, and says so with the executor and its archive
     */
    StepExecutor create(Surroundings surroundings);
}
