package io.understudy.health;

import io.understudy.estate.ObserverName;
import io.understudy.estate.SiteName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Many observers to one condition.
 *
 * <p>DOWN needs observers at {@code thresholds.sites()} different sites who agree, and nobody who
 * says that it serves (product.md S3, S4). Stale views count for nothing; disagreement is UNKNOWN.
 */
public final class ObserverQuorum {

    /** One observer's vote on a component: its view by one signal. */
    public record Vote(ObserverName observer, String signal, ObserverView view) {}

    private static final Comparator<Vote> BY_OBSERVER =
            Comparator.<Vote, ObserverName>comparing(Vote::observer).thenComparing(Vote::signal);

    private ObserverQuorum() {}

    /**
     * The condition that the votes amount to at {@code now}.
     *
     * @param siteOf where an observer sits; empty for one that the estate does not know, who counts
     *     as no vantage point
     */
    public static Condition condition(
            List<Vote> votes,
            Function<ObserverName, Optional<SiteName>> siteOf,
            Thresholds thresholds,
            Instant now) {
        List<Evidence> fresh = new ArrayList<>();
        List<Evidence> hints = new ArrayList<>();
        votes.stream()
                .filter(vote -> vote.view().isFresh(thresholds, now))
                .sorted(BY_OBSERVER)
                .forEach(vote -> sort(vote, siteOf, fresh, hints));
        List<Evidence> down = having(fresh, Status.DOWN);
        if (down.isEmpty()) {
            return withoutDown(fresh, hints, votes, now);
        }
        return withDown(fresh, hints, down, thresholds);
    }

    /** A settled view votes; one that has begun to say something else only hints. */
    private static void sort(
            Vote vote,
            Function<ObserverName, Optional<SiteName>> siteOf,
            List<Evidence> fresh,
            List<Evidence> hints) {
        ObserverView view = vote.view();
        boolean changing =
                view.latest() != view.settled() && (view.settled() == Status.DOWN || unknown(view));
        Evidence evidence =
                new Evidence(
                        vote.observer(),
                        siteOf.apply(vote.observer()),
                        changing ? view.latest() : view.settled(),
                        changing ? view.latestSince() : view.since(),
                        view.latestAt(),
                        view.observationId());
        if (evidence.status() != Status.UNKNOWN) {
            (changing ? hints : fresh).add(evidence);
        }
    }

    private static boolean unknown(ObserverView view) {
        return view.settled() == Status.UNKNOWN || view.latest() == Status.UNKNOWN;
    }

    private static Condition withoutDown(
            List<Evidence> fresh, List<Evidence> hints, List<Vote> votes, Instant now) {
        List<Evidence> degraded = having(fresh, Status.DEGRADED);
        if (!degraded.isEmpty()) {
            return new Condition.Degraded(earliest(degraded), fresh);
        }
        if (!fresh.isEmpty()) {
            return new Condition.Up(earliest(fresh), fresh);
        }
        if (!hints.isEmpty()) {
            return new Condition.Unknown(
                    latest(hints),
                    hints,
                    Condition.Doubt.UNSETTLED,
                    "the same statement again from the same observers");
        }
        Instant since =
                votes.stream()
                        .map(v -> v.view().latestAt())
                        .max(Comparator.naturalOrder())
                        .orElse(now);
        return new Condition.Unknown(
                since, List.of(), Condition.Doubt.SILENCE, "a fresh statement from any observer");
    }

    private static Condition withDown(
            List<Evidence> fresh,
            List<Evidence> hints,
            List<Evidence> down,
            Thresholds thresholds) {
        List<Evidence> all = new ArrayList<>(fresh);
        hints.stream().filter(hint -> hint.status() != Status.DOWN).forEach(all::add);
        all.sort(Comparator.comparing(Evidence::observer).thenComparing(Evidence::observationId));
        boolean contradicted = all.stream().anyMatch(e -> e.status() != Status.DOWN);
        if (contradicted) {
            return new Condition.Unknown(
                    latest(down),
                    all,
                    Condition.Doubt.DISAGREEMENT,
                    "agreement: DOWN from those that say that it serves, or UP from those that say DOWN");
        }
        Set<SiteName> sites = new TreeSet<>();
        down.forEach(e -> e.site().ifPresent(sites::add));
        if (sites.size() < thresholds.sites()) {
            return new Condition.Unknown(
                    latest(down),
                    all,
                    Condition.Doubt.TOO_FEW_SITES,
                    "DOWN from an observer at another site than "
                            + sites
                            + "; "
                            + thresholds.sites()
                            + " different sites are needed");
        }
        return new Condition.Down(agreedSince(down, thresholds), all);
    }

    /** Since when enough sites have agreed: a site agrees since its first observer did. */
    private static Instant agreedSince(List<Evidence> down, Thresholds thresholds) {
        Map<SiteName, Instant> bySite = new TreeMap<>();
        for (Evidence e : down) {
            e.site()
                    .ifPresent(
                            site -> bySite.merge(site, e.since(), (a, b) -> a.isBefore(b) ? a : b));
        }
        return bySite.values().stream()
                .sorted()
                .skip(thresholds.sites() - 1L)
                .findFirst()
                .orElseGet(() -> latest(down));
    }

    private static List<Evidence> having(List<Evidence> evidence, Status status) {
        return evidence.stream().filter(e -> e.status() == status).toList();
    }

    private static Instant earliest(List<Evidence> evidence) {
        return evidence.stream().map(Evidence::since).min(Comparator.naturalOrder()).orElseThrow();
    }

    private static Instant latest(List<Evidence> evidence) {
        return evidence.stream().map(Evidence::since).max(Comparator.naturalOrder()).orElseThrow();
    }
}
