package io.understudy.decision.rules;

import io.understudy.decision.FindingCode;
import io.understudy.decision.Rejected;
import io.understudy.decision.Remediation;
import io.understudy.decision.Remedy;
import io.understudy.decision.Severity;
import io.understudy.estate.ComponentId;
import io.understudy.estate.Site;
import io.understudy.health.Condition;
import java.util.List;
import java.util.Optional;

/**
 * Row P5: a site seen down as a whole (domain.md 8.6). What is done follows pool by pool, each onto
 * its own pair.
 */
final class SiteRules {

    private SiteRules() {}

    static List<Proposal> propose(Sight sight) {
        return sight.estate().sites().stream().flatMap(site -> down(sight, site).stream()).toList();
    }

    private static Optional<Proposal> down(Sight sight, Site site) {
        ComponentId id = ComponentId.of(site.name());
        Condition condition = sight.condition(id);
        if (!StoreSituation.lost(condition)) {
            return Optional.empty();
        }
        return Optional.of(
                Proposal.passive(
                        "P5",
                        sight.finding(
                                FindingCode.SITE_DOWN,
                                id,
                                "P5",
                                Severity.CRITICAL,
                                condition.since(),
                                condition),
                        new Remedy.None(),
                        "The site's pools have decisions of their own: CMS, Edge next hops, then every"
                                + " pool onto its own pair. From outside an isolated site looks the same:"
                                + " make sure that it is dead or fenced before you approve them.",
                        new Rejected(
                                Remediation.MIRROR_FAILOVER,
                                "the stores of the site are lost with both partners",
                                "P5")));
    }
}
