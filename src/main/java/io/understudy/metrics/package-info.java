/**
 * What is measured, and all names of meters.
 *
 * <p>May use the core, runs, the control loop's events and Micrometer. Called on whatever thread
 * something happened; never blocks.
 */
@NullMarked
package io.understudy.metrics;

import org.jspecify.annotations.NullMarked;
