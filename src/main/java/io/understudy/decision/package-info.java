/**
 * What is wrong and what should happen: the decision table of domain.md 8 as rules, and the decider
 * that joins them.
 *
 * <p>May use the estate and health. Pure: the same snapshot gives the same decisions, byte for
 * byte, on any thread.
 */
@NullMarked
package io.understudy.decision;

import org.jspecify.annotations.NullMarked;
