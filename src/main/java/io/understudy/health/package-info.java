/**
 * What we believe: observations become conditions by hysteresis, freshness and the quorum of
 * observers.
 *
 * <p>May use the estate. Immutable values and pure functions, safe on any thread.
 */
@NullMarked
package io.understudy.health;

import org.jspecify.annotations.NullMarked;
