package io.understudy.decision.rules;

import static io.understudy.decision.Remediation.MIRROR_FAILOVER;
import static io.understudy.decision.Remediation.NONE;
import static io.understudy.decision.rules.Row.Basis.GUIDANCE;

import io.understudy.decision.FindingCode;
import io.understudy.decision.Remedy;
import io.understudy.decision.Severity;
import io.understudy.estate.ComponentId;
import io.understudy.health.Condition;
import java.util.List;

/**
 * Row P5: a site seen down as a whole (domain.md 8.6). What is done follows pool by pool, each onto
 * its own pair.
 */
final class SiteRules {

    private static final Row P5 =
            new Row(
                    "P5",
                    GUIDANCE,
                    "site down, all roles",
                    "The site's pools have decisions of their own: CMS, Edge next hops, then every pool onto its own pair, then Persistent Chat. From outside an isolated site looks the same: make sure that it is dead or fenced before you approve them.",
                    "the sum of its pools' failovers",
                    "no skipping of CMS, Response Groups, Persistent Chat, federation",
                    NONE);

    static final List<Row> ROWS = List.of(P5);

    private SiteRules() {}

    /** For a site that is seen down. */
    static Proposal down(Sight sight, ComponentId site) {
        Condition condition = sight.condition(site);
        return Proposal.of(
                        P5,
                        sight.finding(
                                FindingCode.SITE_DOWN,
                                site,
                                P5.id(),
                                Severity.CRITICAL,
                                condition.since(),
                                condition),
                        new Remedy.None())
                .rejecting(MIRROR_FAILOVER, "stores of the site are lost with both partners");
    }
}
