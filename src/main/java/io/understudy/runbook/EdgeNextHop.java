package io.understudy.runbook;

import io.understudy.estate.Estate;
import io.understudy.estate.Pool;
import io.understudy.estate.PoolFqdn;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Where an Edge pool sends sign-ins to (domain.md 5.1 step 0, 5.7). */
final class EdgeNextHop {

    private static final Duration LIMIT = Duration.ofMinutes(10);

    private EdgeNextHop() {}

    static Draft change(PoolFqdn edge, PoolFqdn to, Estate estate) {
        return draft("Point the Edge pool " + edge + " at " + to, edge, to, estate);
    }

    /** After the failback of the pool that the estate names as the Edge pool's next hop. */
    static Draft back(PoolFqdn edge, PoolFqdn home, PoolFqdn from, Estate estate) {
        return draft("Point the Edge pool " + edge + " at " + home + " again", edge, home, estate)
                .undoneBy("the same with " + from);
    }

    private static Draft draft(String title, PoolFqdn edge, PoolFqdn to, Estate estate) {
        return Draft.of(
                        title,
                        new Action.ChangeNextHop(edge, to),
                        LIMIT,
                        "Set-CsEdgeServer -Identity EdgeServer:"
                                + edge
                                + " -Registrar Registrar:"
                                + to)
                .seen(new Verification.NextHopIs(edge, to))
                .repeated()
                .noting(notes(edge, to, estate));
    }

    private static List<String> notes(PoolFqdn edge, PoolFqdn to, Estate estate) {
        List<String> notes = new ArrayList<>();
        notes.add(
                "before the failover of the pool it points at, which else stops with \"…is"
                        + " specified in topology as the next hop for the Edge server…\"");
        notes.add("it is a configuration change: the Central Management store must be writable");
        boolean sameSite =
                estate.pool(edge).map(Pool::site).equals(estate.pool(to).map(Pool::site));
        if (sameSite) {
            notes.add(
                    "for pools of one site Microsoft's page does the same in Topology Builder: Edge"
                            + " pool "
                            + edge
                            + ", Next Hop, "
                            + to
                            + ", publish");
        }
        return notes;
    }
}
