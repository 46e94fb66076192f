/**
 * The decision table of domain.md 8, row by row, and what its rows look at.
 *
 * <p>May use the estate, health and the decision's types. Pure, safe on any thread.
 */
@NullMarked
package io.understudy.decision.rules;

import org.jspecify.annotations.NullMarked;
