/**
 * What exists: sites, pools, servers, stores and observers, and the rules that they obey.
 *
 * <p>May use the Java language and collections only. Immutable values, safe on any thread.
 */
@NullMarked
package io.understudy.estate;

import org.jspecify.annotations.NullMarked;
