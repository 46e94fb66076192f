/**
 * Where this process may call: what kinds of addresses there are, and which are never called.
 *
 * <p>May use the Java language only. Stateless, safe on any thread; a look at a name may block.
 */
@NullMarked
package io.understudy.outbound;

import org.jspecify.annotations.NullMarked;
