/**
 * JSON and YAML to core values and back, with precise answers to what cannot be read.
 *
 * <p>May use the core, the contracts and Jackson. Stateless, safe on any thread.
 */
@NullMarked
package io.understudy.document;

import org.jspecify.annotations.NullMarked;
