package io.understudy.control;

import io.understudy.decision.Evaluation;
import io.understudy.decision.Policy;
import io.understudy.estate.Estate;
import io.understudy.health.Conditions;
import java.time.Instant;

/** What the control loop believes and has decided at one time: what the API shows. */
public record Present(
        DocumentStore.Version<Estate> estate,
        DocumentStore.Version<Policy> policy,
        Conditions conditions,
        Evaluation evaluation,
        Instant at) {}
