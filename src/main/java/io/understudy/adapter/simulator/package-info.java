/**
 * A believable twin of an estate: what can break, what an observer would see of it, and what the
 * cmdlets would do and refuse.
 *
 * <p>May use the SPI, the core and document. Safe on any thread; time comes in from outside, so
 * that a twin runs in real or in virtual time.
 */
@NullMarked
package io.understudy.adapter.simulator;

import org.jspecify.annotations.NullMarked;
