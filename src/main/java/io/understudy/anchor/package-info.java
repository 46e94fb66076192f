/**
 * Heads of the audit's chain, kept where whoever rules the database does not: a file, a service of
 * yours.
 *
 * <p>May use the audit, and what is said of addresses. Called by one thread of its own; {@link
 * io.understudy.anchor.AnchorFile#kept} on any.
 */
@NullMarked
package io.understudy.anchor;

import org.jspecify.annotations.NullMarked;
