/**
 * Finds secrets by reference: in the environment, in files of one directory, in a Vault.
 *
 * <p>May use the SPI. Safe on any thread; a call may block for the Vault's time limit.
 */
@NullMarked
package io.understudy.adapter.secrets;

import org.jspecify.annotations.NullMarked;
