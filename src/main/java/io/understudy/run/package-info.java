/**
 * Remediations being carried out, durably: every intention is saved before it acts.
 *
 * <p>May use the core, the audit contract and the SPI. Plain Java; any thread, one owner per run by
 * lease.
 */
@NullMarked
package io.understudy.run;

import org.jspecify.annotations.NullMarked;
