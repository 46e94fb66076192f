package io.understudy.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.understudy.control.EvaluationLog;
import io.understudy.control.News;
import io.understudy.estate.ComponentId;
import io.understudy.run.RunStore;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Passes on what happens at any replica to whoever listens here just now; nobody is waited for. It
 * is read where it was written, so that a listener is told the same at every replica.
 */
@Singleton
public class Announcements {

    /** What a listener may fall behind before it is cut off. */
    private static final int MOST_WAITING = 1_000;

    private final Set<Subscription> subscriptions = ConcurrentHashMap.newKeySet();
    private final RunStore runs;
    private final EvaluationLog evaluations;
    private final InstantSource clock;

    @Inject
    Announcements(RunStore runs, EvaluationLog evaluations, ApiSeams seams) {
        this.runs = runs;
        this.evaluations = evaluations;
        this.clock = seams.clock();
    }

    /** Something that has happened, as a stream tells it. */
    sealed interface Announcement {

        /** What of it may be told to somebody who sees this far; empty when there is nothing. */
        Optional<Announcement> within(Reach sight);

        /** An evaluation has changed something. */
        record Evaluated(
                Instant at,
                List<FindingResource.FindingView> findings,
                List<DecisionResource.DecisionView> decisions)
                implements Announcement {

            @Override
            public Optional<Announcement> within(Reach sight) {
                if (sight.everywhere()) {
                    return Optional.of(this);
                }
                Evaluated told =
                        new Evaluated(
                                at,
                                findings.stream().filter(f -> covers(sight, f.finding())).toList(),
                                decisions.stream()
                                        .filter(d -> covers(sight, d.decision()))
                                        .toList());
                return Optional.<Announcement>of(told)
                        .filter(_ -> !told.findings.isEmpty() || !told.decisions.isEmpty());
            }

            private static boolean covers(Reach sight, JsonNode about) {
                return sight.covers(ComponentId.parse(about.path("target").asText()));
            }
        }

        /** Observations were accepted. */
        record Observed(int accepted, int repeated) implements Announcement {

            /** How much is seen elsewhere is nobody's business but of who sees everything. */
            @Override
            public Optional<Announcement> within(Reach sight) {
                return sight.everywhere() ? Optional.of(this) : Optional.empty();
            }
        }

        /** A run has gained lines in its journal. */
        record RunChanged(RunView run, List<String> lines) implements Announcement {

            @Override
            public Optional<Announcement> within(Reach sight) {
                return sight.covers(run.target()) ? Optional.of(this) : Optional.empty();
            }
        }

        /** Something may have happened that nobody here was told. */
        record Missed() implements Announcement {

            @Override
            public Optional<Announcement> within(Reach sight) {
                return Optional.of(this);
            }
        }
    }

    /** Somebody who listens, until closed. */
    final class Subscription implements AutoCloseable {

        private final BlockingQueue<Announcement> waiting = new LinkedBlockingQueue<>(MOST_WAITING);
        private volatile boolean overrun;

        /** The next announcement, or empty when there is none within this time. */
        Optional<Announcement> next(Duration patience) throws InterruptedException {
            return Optional.ofNullable(waiting.poll(patience.toMillis(), TimeUnit.MILLISECONDS));
        }

        /** Has whoever waits for the next one look around at once. */
        void wake() {
            waiting.offer(new Announcement.Missed());
        }

        /** Whether something was left out because the listener was too slow. */
        boolean isOverrun() {
            return overrun;
        }

        @Override
        public void close() {
            subscriptions.remove(this);
        }
    }

    Subscription subscribe() {
        Subscription subscription = new Subscription();
        subscriptions.add(subscription);
        return subscription;
    }

    /** Announces what replicas have told. */
    public void heard(List<News> told) {
        if (subscriptions.isEmpty()) {
            return;
        }
        int fresh = 0;
        int repeated = 0;
        for (News news : told) {
            switch (news) {
                case News.Observed observed -> {
                    fresh += observed.fresh();
                    repeated += observed.repeated();
                }
                case News.RunChanged changed -> announce(changed);
                case News.Evaluated evaluated -> announce(evaluated);
                case News.DocumentSaved _ -> {}
            }
        }
        if (fresh + repeated > 0) {
            announce(new Announcement.Observed(fresh, repeated));
        }
    }

    /** For a while nothing was heard: who listens reads again what he wants to know. */
    public void missed() {
        announce(new Announcement.Missed());
    }

    private void announce(News.RunChanged changed) {
        runs.find(changed.run())
                .ifPresent(run ->
                        announce(
                                new Announcement.RunChanged(
                                        RunView.summary(run),
                                        runs.journal(run.id(), changed.from()).stream()
                                                .limit(changed.to() - changed.from())
                                                .map(line -> line.kind() + ": " + line.message())
                                                .toList())));
    }

    private void announce(News.Evaluated evaluated) {
        EvaluationLog.Change change =
                evaluations.saved(evaluated.findings(), evaluated.decisions());
        announce(
                new Announcement.Evaluated(
                        clock.instant(),
                        change.findings().stream().map(FindingResource.FindingView::of).toList(),
                        change.decisions().stream()
                                .map(DecisionResource.DecisionView::of)
                                .toList()));
    }

    private void announce(Announcement announcement) {
        for (Subscription subscription : subscriptions) {
            if (!subscription.waiting.offer(announcement)) {
                subscription.overrun = true;
            }
        }
    }
}
