/**
 * Carries actions out by local programs, each told in arguments and environment what to do.
 *
 * <p>May use the SPI and the core. Safe on any thread; a call blocks until its program has ended or
 * been killed.
 */
@NullMarked
package io.understudy.adapter.command;

import org.jspecify.annotations.NullMarked;
