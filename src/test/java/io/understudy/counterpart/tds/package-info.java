/**
 * A server that speaks TDS 7.4 and 8.0 to SQL clients that others have written: the protocol is
 * real, what stands behind it is a {@link io.understudy.counterpart.tds.SqlBackend}.
 *
 * <p>For tests. Every connection has threads of its own.
 */
@NullMarked
package io.understudy.counterpart.tds;

import org.jspecify.annotations.NullMarked;
