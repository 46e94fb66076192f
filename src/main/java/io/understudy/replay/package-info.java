/**
 * What would have been decided: evidence over time goes through health and decision again, and is
 * held against what was decided when it happened.
 *
 * <p>May use the pure core. Pure itself: no clock and no I/O; each object is for one thread.
 */
@NullMarked
package io.understudy.replay;

import org.jspecify.annotations.NullMarked;
