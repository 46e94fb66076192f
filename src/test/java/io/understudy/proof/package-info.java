/**
 * A proof by enumeration that the decision engine is safe: what must always hold is stated here a
 * second time, from the facts of the field and without looking at the rules, and every decision is
 * held against it.
 */
@NullMarked
package io.understudy.proof;

import org.jspecify.annotations.NullMarked;
