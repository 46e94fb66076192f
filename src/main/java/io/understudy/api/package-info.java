/**
 * The public face: one resource per noun, problems, keys and event streams.
 *
 * <p>May use the core, the ports of control, run, audit and access, documents and intake; neither a
 * store nor an adapter. Resources run on virtual threads, many at a time.
 */
@NullMarked
package io.understudy.api;

import org.jspecify.annotations.NullMarked;
