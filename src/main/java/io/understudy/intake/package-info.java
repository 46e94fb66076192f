/**
 * What monitoring systems send becomes observations, by a mapping document; one reader per system.
 *
 * <p>May use the core and documents. Stateless, safe on any thread.
 */
@NullMarked
package io.understudy.intake;

import org.jspecify.annotations.NullMarked;
