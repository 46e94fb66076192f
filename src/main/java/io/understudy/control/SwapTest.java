package io.understudy.control;

import io.understudy.estate.Pool;
import io.understudy.runbook.Composite;
import io.understudy.runbook.Composite.ByHand;
import io.understudy.runbook.Composite.Part;
import java.util.List;

/** The words around a swap test (domain.md 5.3). */
final class SwapTest {

    private SwapTest() {}

    static Composite of(Pool pool, Pool pair, List<Part> parts) {
        return new Composite(
                "Swap test of " + pool.fqdn() + " and " + pair.fqdn(),
                List.of(
                        "It begins with the users of "
                                + pool.fqdn()
                                + " on "
                                + pair.fqdn()
                                + ": fail it over as planned work first if they are at home",
                        "Never the other way round: while "
                                + pool.fqdn()
                                + " is failed over, a failover of "
                                + pair.fqdn()
                                + " is refused",
                        "Everybody signs in again at each part: choose a quiet hour",
                        "Open each part with POST /api/v1/runs, \"dryRun\": false, once the one"
                                + " before has ended well"),
                parts,
                List.of(),
                List.of(
                        new ByHand(
                                "Look",
                                "Test-CsRegistration -TargetFqdn "
                                        + pool.fqdn()
                                        + " with a user of "
                                        + pair.fqdn()
                                        + ", a call and a conference"),
                        new ByHand(
                                "Back",
                                "POOL_FAILBACK of "
                                        + pair.id()
                                        + ", and the Central Management store and next hops to"
                                        + " where they were")));
    }
}
