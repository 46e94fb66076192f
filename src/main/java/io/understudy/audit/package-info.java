/**
 * Who did what, when: the contract of the append-only record. Never holds a secret.
 *
 * <p>May use the Java language only. Values, safe on any thread.
 */
@NullMarked
package io.understudy.audit;

import org.jspecify.annotations.NullMarked;
