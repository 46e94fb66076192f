/**
 * How, as data: a decision becomes ordered steps that can be stored, shown, approved, carried out
 * and replayed.
 *
 * <p>May use the estate, health and decision. Pure values, safe on any thread.
 */
@NullMarked
package io.understudy.runbook;

import org.jspecify.annotations.NullMarked;
