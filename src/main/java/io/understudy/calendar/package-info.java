/**
 * When windows are open: once, until somebody ends them, or again and again by RFC 5545.
 *
 * <p>May use the recurrence library and nothing of ours. Values, safe on any thread.
 */
@NullMarked
package io.understudy.calendar;

import org.jspecify.annotations.NullMarked;
