/**
 * Carries actions out by the cmdlets of the management shell, on a management server, and reads
 * what they tell.
 *
 * <p>May use the core, the SPI and documents. Safe on any thread; calls block.
 */
@NullMarked
package io.understudy.adapter.powershell;

import org.jspecify.annotations.NullMarked;
