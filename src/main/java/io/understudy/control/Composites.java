package io.understudy.control;

import io.understudy.decision.Decision;
import io.understudy.decision.Remediation;
import io.understudy.decision.Remedy;
import io.understudy.decision.Snapshot;
import io.understudy.estate.CentralManagement;
import io.understudy.estate.ComponentId;
import io.understudy.estate.ComponentKind;
import io.understudy.estate.Estate;
import io.understudy.estate.Pool;
import io.understudy.estate.PoolFqdn;
import io.understudy.estate.SiteName;
import io.understudy.health.Facts;
import io.understudy.runbook.Composite;
import io.understudy.runbook.Composite.Part;
import io.understudy.runbook.Runbook;
import io.understudy.runbook.Runbooks;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What takes several runs, as one document: the loss of a site, and the test that swaps a pair. The
 * control loop opens the runs of a lost site one after another by itself; those of a swap test are
 * asked for by people.
 */
public final class Composites {

    private final ControlLoop loop;

    public Composites(ControlLoop loop) {
        this.loop = loop;
    }

    /** All that is decided around a site, in its order, and what people do afterwards. */
    public Composite site(Present now, SiteName site) {
        Estate estate = now.estate().body();
        List<Decision> around =
                now.evaluation().decisions().stream()
                        .filter(d -> concerns(estate, d.target(), site))
                        .toList();
        List<Part> parts =
                around.stream()
                        .filter(Runbooks::carriesOut)
                        .map(d ->
                                new Part(Runbooks.of(d, estate), Optional.of(d), standing(now, d)))
                        .toList();
        List<String> besides =
                around.stream()
                        .filter(d -> !Runbooks.carriesOut(d))
                        .filter(d -> d.remediation() != Remediation.NONE)
                        .map(Composites::besides)
                        .toList();
        return SiteWork.of(estate, site, parts, besides);
    }

    private static String besides(Decision decision) {
        return decision.remediation()
                + " of "
                + decision.target()
                + " by "
                + decision.rule()
                + ": "
                + decision.reason();
    }

    /**
     * What stands there, and Edge and chat pools elsewhere that are reached through a pool there.
     */
    private static boolean concerns(Estate estate, ComponentId target, SiteName site) {
        return estate.siteOf(target).filter(site::equals).isPresent()
                || target.kind() == ComponentKind.POOL
                        && estate.pool(new PoolFqdn(target.name()))
                                .flatMap(Pool::nextHopPool)
                                .flatMap(estate::pool)
                                .filter(hop -> hop.site().equals(site))
                                .isPresent();
    }

    private static String standing(Present now, Decision decision) {
        if (decision.blocked()) {
            return "Blocked: " + ControlLoop.blockedBy(decision);
        }
        return now.evaluation().decisions().stream()
                .filter(d -> d.isActed() && decision.after().contains(d.order()))
                .findFirst()
                .map(first -> "Comes after " + first.remediation() + " of " + first.target())
                .orElse("Decided, and may be opened now");
    }

    /**
     * The test of both directions of a pair (domain.md 5.3): this pool, which is failed over, takes
     * its users back, and then those of its pair.
     *
     * @return empty when the pool has no pair
     */
    public Optional<Composite> swapTest(Present now, Pool pool) {
        Estate estate = now.estate().body();
        return estate.backupOf(pool).map(pair -> swapTest(now, estate, pool, pair));
    }

    private Composite swapTest(Present now, Estate estate, Pool pool, Pool pair) {
        List<Part> parts = new ArrayList<>();
        parts.add(
                part(new Remedy.PoolFailback(pool.fqdn(), pair.fqdn(), false), pool.id(), estate));
        if (hostsCentralManagement(now, pair)) {
            parts.add(
                    part(
                            new Remedy.CmsFailover(pair.fqdn(), pool.fqdn(), false),
                            pair.id(),
                            estate));
        }
        estate.edgesTowards(pair.fqdn())
                .forEach(edge ->
                        parts.add(
                                part(
                                        new Remedy.EdgeNextHopChange(
                                                edge.fqdn(), pair.fqdn(), pool.fqdn()),
                                        edge.id(),
                                        estate)));
        parts.add(
                part(new Remedy.PoolFailover(pair.fqdn(), pool.fqdn(), false), pair.id(), estate));
        return SwapTest.of(pool, pair, parts);
    }

    /** Where the store is now, and where nobody tells, where the estate has it. */
    private static boolean hostsCentralManagement(Present now, Pool pool) {
        Facts facts = now.conditions().facts(pool.id()).facts();
        return facts instanceof Facts.OfPool told && told.centralManagement().isPresent()
                ? told.centralManagement()
                        .flatMap(Facts.CentralManagementState::activeMaster)
                        .filter(pool.fqdn().value()::equals)
                        .isPresent()
                : pool.centralManagement() == CentralManagement.ACTIVE;
    }

    private Part part(Remedy remedy, ComponentId target, Estate estate) {
        Optional<Present> asked = loop.planned(new Snapshot.Planned(remedy.remediation(), target));
        Optional<Decision> decision =
                asked.stream()
                        .flatMap(judged -> judged.evaluation().decisions().stream())
                        .filter(d -> d.remedy().equals(remedy) && d.target().equals(target))
                        .findFirst();
        Runbook runbook = Runbooks.of(remedy, target, estate);
        String standing =
                decision.map(d -> standing(asked.orElseThrow(), d))
                        .orElse(
                                "Not decided as things are now; it is judged again when its turn"
                                        + " has come");
        return new Part(runbook, decision, standing);
    }
}
