/**
 * Who may do what, and where: the contract of API keys, roles and their scopes.
 *
 * <p>May use estate and audit only. Values, safe on any thread.
 */
@NullMarked
package io.understudy.access;

import org.jspecify.annotations.NullMarked;
