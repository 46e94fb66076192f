/**
 * Looks at and acts on SQL Server through Microsoft's JDBC driver: mirroring, Availability Groups,
 * log shipping.
 *
 * <p>May use the SPI, the core and JDBC. Safe on any thread; every call opens connections of its
 * own, blocks no longer than its time limits, and stops waiting when its thread is interrupted.
 */
@NullMarked
package io.understudy.adapter.sqlserver;

import org.jspecify.annotations.NullMarked;
