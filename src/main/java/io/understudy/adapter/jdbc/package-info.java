/**
 * Looks at stores that are PostgreSQL servers: a primary and its streaming standby in the places of
 * principal and mirror.
 *
 * <p>May use the SPI, the core and JDBC. Safe on any thread; a reading opens connections of its own
 * and blocks no longer than its time limits.
 */
@NullMarked
package io.understudy.adapter.jdbc;

import org.jspecify.annotations.NullMarked;
