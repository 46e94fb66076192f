/**
 * What an adapter implements: probes that look and executors that act.
 *
 * <p>May use the pure core. Implementations must be safe on any thread; calls may block up to the
 * step's time limit.
 */
@NullMarked
package io.understudy.adapter.spi;

import org.jspecify.annotations.NullMarked;
