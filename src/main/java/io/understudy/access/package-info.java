/**
 * Who may do what: the contract of API keys and roles.
 *
 * <p>May use the Java language only. Values, safe on any thread.
 */
@NullMarked
package io.understudy.access;

import org.jspecify.annotations.NullMarked;
