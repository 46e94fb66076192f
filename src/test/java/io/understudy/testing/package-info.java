/**
 * Real things that tests stand on: servers that they start, break and take down again.
 *
 * <p>May use what it likes; called by tests only.
 */
@NullMarked
package io.understudy.testing;

import org.jspecify.annotations.NullMarked;
