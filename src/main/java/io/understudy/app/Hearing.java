package io.understudy.app;

import io.understudy.api.Announcements;
import io.understudy.control.LiveDocument;
import io.understudy.control.News;
import io.understudy.control.Tail;
import io.understudy.control.Unavailable;
import io.understudy.store.PgNews;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Hears what all replicas tell, on a connection of its own, and has it looked after: what others
 * have accepted is read, runs in hand are woken, documents refreshed, and whoever listens to events
 * is told. What is not heard is found by looking, a little later.
 */
final class Hearing implements AutoCloseable {

    private static final System.Logger LOGGER = System.getLogger(Hearing.class.getName());

    private final PgNews news;
    private final Tail tail;
    private final Announcements announcements;
    private final Map<String, LiveDocument<?>> documents;
    private final Consumer<String> wake;
    private final Settings.News times;
    private final Wakeup bell = new Wakeup();
    private final Semaphore stop = new Semaphore(0);
    private final Thread listener;
    private final RepeatedTask reader;
    private volatile boolean closed;
    private Duration backOff;

    /**
     * Begins to listen and to read.
     *
     * @param documents those in force, by name
     * @param wake has a run looked at, if this replica carries it on
     */
    Hearing(
            PgNews news,
            Tail tail,
            Announcements announcements,
            Map<String, LiveDocument<?>> documents,
            Consumer<String> wake,
            Settings.News times) {
        this.news = news;
        this.tail = tail;
        this.announcements = announcements;
        this.documents = Map.copyOf(documents);
        this.wake = wake;
        this.times = times;
        this.backOff = times.firstBackOff();
        this.reader =
                new RepeatedTask(
                        "reading of what other replicas have accepted",
                        times.pause(),
                        () -> bell.await(times.interval()),
                        tail::follow);
        this.listener =
                Thread.ofPlatform().daemon().name("news of all replicas").start(this::listen);
    }

    private void listen() {
        try {
            while (!closed) {
                hear();
                if (!closed && stop.tryAcquire(backOff.toNanos(), TimeUnit.NANOSECONDS)) {
                    return;
                }
                Duration longer = backOff.multipliedBy(2);
                backOff =
                        longer.compareTo(times.longestBackOff()) > 0
                                ? times.longestBackOff()
                                : longer;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void hear() {
        try {
            news.listen(() -> !closed, this::listening, this::heard);
        } catch (RuntimeException | Error e) {
            Level level = e instanceof Unavailable ? Level.WARNING : Level.ERROR;
            LOGGER.log(
                    level,
                    "{0}; it is tried again in {1}, and looked for every {2} meanwhile",
                    e.getMessage(),
                    backOff,
                    times.interval());
        }
    }

    /** From here on everything is heard; what was told before is looked for. */
    private void listening() {
        backOff = times.firstBackOff();
        tail.stepBack();
        bell.ring();
        documents.values().forEach(LiveDocument::refresh);
        announcements.missed();
    }

    private void heard(List<News> told) {
        for (News one : told) {
            switch (one) {
                case News.Observed _ -> bell.ring();
                case News.RunChanged changed -> wake.accept(changed.run());
                case News.Evaluated _ -> {}
                case News.DocumentSaved saved -> refresh(saved);
            }
        }
        announcements.heard(told);
    }

    private void refresh(News.DocumentSaved saved) {
        LiveDocument<?> document = documents.get(saved.document());
        if (document != null) {
            document.refresh();
        }
    }

    @Override
    public void close() {
        closed = true;
        stop.release();
        reader.close();
        try {
            if (!listener.join(times.silence().multipliedBy(2))) {
                listener.interrupt();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
