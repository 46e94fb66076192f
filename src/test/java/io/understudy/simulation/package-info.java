/**
 * Replicas, their database and what they act on, simulated on one thread at a time under virtual
 * time: the real run engine in a world where everything that can go wrong does. What is assumed of
 * the database and of executors is in docs/model.md.
 */
@NullMarked
package io.understudy.simulation;

import org.jspecify.annotations.NullMarked;
