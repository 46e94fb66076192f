package io.understudy.metrics;

/** The names of all meters, and their tags. */
public final class MeterNames {

    /** Gauge: findings that are open now, by {@link #CODE}. */
    public static final String FINDINGS = "understudy.findings";

    /**
     * Counter: decisions taken that differ from those before, by {@link #REMEDIATION}, {@link
     * #MODE}.
     */
    public static final String DECISIONS = "understudy.decisions";

    /** Gauge: open runs, by {@link #STATE}. */
    public static final String RUNS = "understudy.runs";

    /** Timer: runs from their start to their end, by {@link #REMEDIATION}, {@link #OUTCOME}. */
    public static final String RUN_DURATION = "understudy.run.duration";

    /** Timer: steps from their intention to their end, by {@link #ACTION}, {@link #OUTCOME}. */
    public static final String STEP_DURATION = "understudy.step.duration";

    /** Timer: age of the oldest observation of each batch when it was accepted. */
    public static final String OBSERVATION_AGE = "understudy.observation.age";

    /** Counter: observations received, by {@link #OUTCOME}: fresh or repeated. */
    public static final String OBSERVATIONS = "understudy.observations";

    /** Timer: one evaluation, from conditions to decisions on record. */
    public static final String EVALUATION_DURATION = "understudy.evaluation.duration";

    /** Gauge: seconds by which the database's time is ahead of this machine's clock. */
    public static final String CLOCK_OFFSET = "understudy.clock.offset";

    /** Gauge: what this replica holds now of the tasks shared out, by {@link #TASK}. */
    public static final String TASKS_HELD = "understudy.tasks.held";

    /** Gauge: replicas that are alive. */
    public static final String REPLICAS = "understudy.replicas";

    /**
     * Counter: tasks that this replica took from a dead one to give to others, by {@link #TASK}.
     */
    public static final String TASKS_TAKEN_OVER = "understudy.tasks.taken.over";

    /** Counter: what this replica was refused to write, since it no longer held the evaluation. */
    public static final String STALE_WRITES = "understudy.stale.writes.refused";

    public static final String TASK = "task";

    /** Gauge: number of the newest audit row that was anchored, by {@link #PLACE}. */
    public static final String AUDIT_ANCHORED = "understudy.audit.anchored";

    /** Counter: anchors that could not be kept, by {@link #PLACE}; each is tried again. */
    public static final String AUDIT_ANCHOR_FAILURES = "understudy.audit.anchor.failures";

    public static final String CODE = "code";
    public static final String REMEDIATION = "remediation";
    public static final String MODE = "mode";
    public static final String STATE = "state";
    public static final String OUTCOME = "outcome";
    public static final String ACTION = "action";
    public static final String PLACE = "place";

    private MeterNames() {}
}
