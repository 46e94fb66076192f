/**
 * Puts Understudy together and keeps it running: configuration, wiring, life cycle, the embedded
 * PostgreSQL.
 *
 * <p>May use everything, and nobody uses it; the only package that asks for the time, random ids or
 * the environment.
 *
 * <p>Called by Quarkus: on the main thread when it starts and stops, on the scheduler's threads for
 * the ticks.
 */
@NullMarked
package io.understudy.app;

import org.jspecify.annotations.NullMarked;
