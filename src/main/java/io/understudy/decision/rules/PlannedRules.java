package io.understudy.decision.rules;

import static io.understudy.decision.Remediation.POOL_FAILOVER;
import static io.understudy.decision.Remediation.REPAIR;
import static io.understudy.decision.Remediation.WAIT;
import static io.understudy.decision.rules.Row.Basis.GUIDANCE;

import io.understudy.decision.Finding;
import io.understudy.decision.Remedy;
import io.understudy.decision.Setting;
import io.understudy.health.Aspect;
import io.understudy.health.Facts;
import io.understudy.health.UpgradeState;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Rows F11 and P20: a pool that lives is to be emptied of its users (domain.md 3.4, 5.2). */
final class PlannedRules {

    private static final Row P20 =
            new Row(
                    "P20",
                    GUIDANCE,
                    "planned work in a datacenter",
                    "The pool is drained and failed over as planned work: nothing is lost.",
                    "sign-out; no loss",
                    "no -DisasterMode",
                    POOL_FAILOVER);
    private static final Row F11 =
            new Row(
                    "F11",
                    GUIDANCE,
                    "InsufficientActiveFrontEnds, or Busy for three times ten minutes",
                    "The pool cannot be patched while it serves: it is failed over as planned work, and patched then.",
                    "sign-out; no loss",
                    "no patching goes on",
                    WAIT,
                    POOL_FAILOVER,
                    REPAIR);

    static final List<Rule<HomeCase>> RULES =
            List.of(
                    new Rule<>(P20, PlannedRules::asked),
                    new Rule<>(F11, PlannedRules::notReadyForUpgrade));

    private PlannedRules() {}

    private static Optional<Proposal> asked(HomeCase c) {
        boolean asked =
                c.sight().planned(POOL_FAILOVER, c.id())
                        && c.other().isPresent()
                        && !c.home().below();
        return asked
                ? Optional.of(PoolFailover.planned(c, P20, Optional.<Finding>empty()))
                : Optional.empty();
    }

    private static Optional<Proposal> notReadyForUpgrade(HomeCase c) {
        Optional<UpgradeState> state = c.home().told().flatMap(Facts.OfPool::upgradeState);
        return c.home().below() || c.failedOver()
                ? Optional.empty()
                : state.flatMap(told -> byState(c, told));
    }

    private static Optional<Proposal> byState(HomeCase c, UpgradeState state) {
        return switch (state) {
            case READY -> Optional.empty();
            case INSUFFICIENT_ACTIVE_FRONT_ENDS -> Optional.of(empty(c, state));
            case BUSY -> {
                Instant patience =
                        c.sight()
                                .facts(c.id())
                                .since(Aspect.UPGRADE_STATE)
                                .plus(c.sight().setting(Setting.UPGRADE_BUSY_BUDGET, c.id()));
                yield Optional.of(
                        c.sight().now().isBefore(patience) ? busy(c, patience) : empty(c, state));
            }
        };
    }

    private static Proposal busy(HomeCase c, Instant patience) {
        return Proposal.of(F11, c.id(), new Remedy.Wait(patience))
                .saying("PoolUpgradeState is BUSY, which passes by itself until " + patience + ".")
                .rejecting(POOL_FAILOVER, "the pool may be Ready until " + patience);
    }

    private static Proposal empty(HomeCase c, UpgradeState state) {
        if (c.other().isPresent()) {
            return PoolFailover.planned(c, F11, Optional.empty())
                    .saying("PoolUpgradeState is " + state + ".");
        }
        return Proposal.of(
                        F11,
                        c.id(),
                        new Remedy.Repair(
                                "stop patching; bring the missing Front End Servers back and wait for Ready",
                                Optional.empty()))
                .saying("PoolUpgradeState is " + state + ".")
                .rejecting(POOL_FAILOVER, "the pool is not paired");
    }
}
