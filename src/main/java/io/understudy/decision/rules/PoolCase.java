package io.understudy.decision.rules;

import io.understudy.decision.Setting;
import java.time.Duration;
import java.time.Instant;

/** A Front End pool and its backup pool: what a pool failover looks at. */
record PoolCase(PoolSituation home, PoolSituation backup) {

    /** How long starting the servers again may take before the pool fails over (row F5). */
    Duration restartBudget() {
        return home.sight()
                .optionalSetting(Setting.FRONT_END_RESTART_BUDGET, home.pool().id())
                .orElse(home.pool().release().poolFailoverRto());
    }

    Instant restartDeadline() {
        return home.belowSince().orElse(home.sight().now()).plus(restartBudget());
    }

    boolean restartBudgetSpent() {
        return !home.sight().now().isBefore(restartDeadline());
    }
}
