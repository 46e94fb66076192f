/**
 * A Topology Builder file or a published topology becomes an estate, and a list of what it does not
 * tell.
 *
 * <p>May use the estate and the JDK's XML parser. Pure but for that: no file, no network, no state;
 * safe on any thread.
 */
@NullMarked
package io.understudy.topology;

import org.jspecify.annotations.NullMarked;
