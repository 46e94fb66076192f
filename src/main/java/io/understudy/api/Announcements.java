package io.understudy.api;

import io.understudy.control.ControlListener;
import io.understudy.control.EvaluationLog;
import io.understudy.control.Present;
import io.understudy.run.JournalEntry;
import io.understudy.run.Run;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Passes on what happens to whoever listens just now; nobody is waited for. */
@Singleton
public class Announcements implements ControlListener {

    /** What a listener may fall behind before it is cut off. */
    private static final int MOST_WAITING = 1_000;

    private final Set<Subscription> subscriptions = ConcurrentHashMap.newKeySet();

    /** Something that has happened, as a stream tells it. */
    sealed interface Announcement {

        /** An evaluation has changed something. */
        record Evaluated(
                Instant at,
                List<FindingResource.FindingView> findings,
                List<DecisionResource.DecisionView> decisions)
                implements Announcement {}

        /** Observations were accepted. */
        record Observed(int accepted, int repeated) implements Announcement {}

        /** A run has gained lines in its journal. */
        record RunChanged(RunView run, List<String> lines) implements Announcement {}
    }

    /** Somebody who listens, until closed. */
    final class Subscription implements AutoCloseable {

        private final BlockingQueue<Announcement> waiting = new LinkedBlockingQueue<>(MOST_WAITING);
        private volatile boolean overrun;

        /** The next announcement, or empty when there is none within this time. */
        Optional<Announcement> next(Duration patience) throws InterruptedException {
            return Optional.ofNullable(waiting.poll(patience.toMillis(), TimeUnit.MILLISECONDS));
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

    @Override
    public void evaluated(Present present, EvaluationLog.Change change, Duration took) {
        if (!change.isEmpty() && !subscriptions.isEmpty()) {
            announce(
                    new Announcement.Evaluated(
                            present.at(),
                            change.findings().stream()
                                    .map(FindingResource.FindingView::of)
                                    .toList(),
                            change.decisions().stream()
                                    .map(DecisionResource.DecisionView::of)
                                    .toList()));
        }
    }

    @Override
    public void observed(int fresh, int repeated, Duration oldest) {
        announce(new Announcement.Observed(fresh, repeated));
    }

    @Override
    public void runChanged(Run run, List<JournalEntry> lines) {
        if (!subscriptions.isEmpty()) {
            announce(
                    new Announcement.RunChanged(
                            RunView.summary(run),
                            lines.stream()
                                    .map(line -> line.kind() + ": " + line.message())
                                    .toList()));
        }
    }

    private void announce(Announcement announcement) {
        for (Subscription subscription : subscriptions) {
            if (!subscription.waiting.offer(announcement)) {
                subscription.overrun = true;
            }
        }
    }
}
