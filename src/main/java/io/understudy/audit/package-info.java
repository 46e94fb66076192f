/**
 * Who did what, when: the contract of the append-only record, the chain of hashes that shows what
 * was done to it behind its back, and a program that checks an export of it. Never holds a secret.
 *
 * <p>May use the Java language only. Values, safe on any thread, but for {@link
 * io.understudy.audit.ChainWalk}, which is for one.
 */
@NullMarked
package io.understudy.audit;

import org.jspecify.annotations.NullMarked;
