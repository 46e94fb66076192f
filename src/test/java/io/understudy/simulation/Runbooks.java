package io.understudy.simulation;

import io.understudy.adapter.spi.StepCall;
import io.understudy.estate.ComponentId;
import io.understudy.estate.PoolFqdn;
import io.understudy.run.TestRuns;
import io.understudy.runbook.Action;
import io.understudy.runbook.Runbook;
import io.understudy.runbook.Step;
import io.understudy.runbook.Verification;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Runbooks of every kind of step, whose effects are told apart by run and step. */
final class Runbooks {

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final PoolFqdn SEEN = new PoolFqdn("seen.contoso.com");
    private static final PoolFqdn UNSEEN = new PoolFqdn("unseen.contoso.com");

    private Runbooks() {}

    /** First it is looked again whether the run is still right, then up to four steps act. */
    static Runbook of(Chance chance, String run) {
        List<Step> steps = new ArrayList<>();
        steps.add(TestRuns.reassess(1));
        int last = 2 + chance.below(4);
        for (int number = 2; number <= last; number++) {
            steps.add(step(chance, run, number));
        }
        return TestRuns.runbook(steps.toArray(Step[]::new));
    }

    private static Step step(Chance chance, String run, int number) {
        boolean byHand = chance.oneIn(8);
        boolean seen = !byHand && chance.below(3) > 0;
        ComponentId effect = ComponentId.parse("server:" + run + "s" + number + ".contoso.com");
        PoolFqdn pool = new PoolFqdn(run + "s" + number + ".contoso.com");
        return new Step(
                number,
                "change " + pool,
                byHand ? new Action.ByHand() : new Action.ChangeNextHop(pool, seen ? SEEN : UNSEEN),
                "Set-CsEdgeServer " + number,
                seen ? List.of(new Verification.Serves(effect)) : List.of(),
                "undo " + number,
                !byHand && chance.below(2) == 0,
                false,
                chance.oneIn(4),
                List.of(),
                LIMIT);
    }

    /** Whether a probe can see if the order took effect. */
    static boolean isSeen(StepCall call) {
        return call.action() instanceof Action.ChangeNextHop change && change.to().equals(SEEN);
    }

    /** Whether the step took effect that this component shows. */
    static boolean tookEffect(OtherSide otherSide, ComponentId component) {
        String name = component.name();
        int s = name.indexOf('s');
        String run = name.substring(0, s);
        int step = Integer.parseInt(name.substring(s + 1, name.indexOf('.')));
        return otherSide.effects(run, step) > 0;
    }
}
