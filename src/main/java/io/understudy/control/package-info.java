/**
 * The loop that turns what was seen into decisions and opens runs.
 *
 * <p>May use the core, the contracts and runs. Plain Java; one thread at a time ticks the loop.
 */
@NullMarked
package io.understudy.control;

import org.jspecify.annotations.NullMarked;
