package io.understudy.decision;

import java.time.Duration;

/**
 * How a remediation interrupts service.
 *
 * @param who whom it touches, and how
 * @param expected how long it should take, from the evidence
 * @param target Microsoft's published target for the release (domain.md, number card)
 */
public record Interruption(String who, Duration expected, Duration target) {}
