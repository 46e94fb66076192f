package io.understudy.decision;

import java.time.Duration;
import java.util.Optional;

/** The durations that a policy sets, each with its name in the policy document and its default. */
public enum Setting {
    /**
     * How long SQL Server is given to fail over by itself; at least 60 s where a witness does it
     * (domain.md 8.8 no. 3).
     */
    MIRROR_FAILOVER_GRACE("mirrorFailoverGrace", Duration.ofSeconds(60)),
    /**
     * How long users work normally without their store (domain.md 8.0 no. 3); before it is spent no
     * pool fails over for the store alone.
     */
    BACK_END_BUDGET("backEndBudget", Duration.ofMinutes(30)),
    /**
     * How long Front End Servers that can start may take before something larger is done (row F5);
     * without a value the release's recovery time objective.
     */
    FRONT_END_RESTART_BUDGET("frontEndRestartBudget"),
    /** How long a large pool may take to start from cold (rows F7, 2.2: up to an hour). */
    COLD_START_BUDGET("coldStartBudget", Duration.ofHours(1)),
    /**
     * How long an upgrade domain may be Busy before patching stops (row F11: three times 10 min).
     */
    UPGRADE_BUSY_BUDGET("upgradeBusyBudget", Duration.ofMinutes(30)),
    /** How long a Front End Server is down before it counts as gone for good (row F12). */
    SERVER_GONE_AFTER("serverGoneAfter", Duration.ofDays(3)),
    /**
     * How far apart the loss of a principal and of its mirroring may be seen and still be one
     * event; beyond it the principal may have written alone.
     */
    LOSS_ALIGNMENT("lossAlignment", Duration.ofSeconds(30)),
    /**
     * How long after a run's end the same remediation of the same target does not start by itself.
     */
    COOL_DOWN("coolDown", Duration.ofMinutes(5)),
    /** Age of a log shipping backup beyond which shipping is behind (domain.md 6.6: 60 min). */
    LOG_BACKUP_AGE("logBackupAge", Duration.ofMinutes(60)),
    /** Latency of a restored log beyond which shipping is behind (domain.md 6.6: 45 min). */
    LOG_RESTORE_LATENCY("logRestoreLatency", Duration.ofMinutes(45));

    private final String field;
    private final Optional<Duration> otherwise;

    Setting(String field, Duration otherwise) {
        this.field = field;
        this.otherwise = Optional.of(otherwise);
    }

    Setting(String field) {
        this.field = field;
        this.otherwise = Optional.empty();
    }

    /** Its name in the policy document. */
    public String field() {
        return field;
    }

    /** What holds where the policy says nothing; empty where that depends on the release. */
    public Optional<Duration> otherwise() {
        return otherwise;
    }
}
