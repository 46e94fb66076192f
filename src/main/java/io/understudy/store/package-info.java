/**
 * PostgreSQL behind the ports of run, control, audit and access: everything that outlives a process.
 *
 * <p>May use the core, the contracts, documents and JDBC. Safe on any thread; every call is one transaction.
 */
@NullMarked
package io.understudy.store;

import org.jspecify.annotations.NullMarked;
