package io.understudy.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.understudy.document.Json;
import io.understudy.run.Run;
import io.understudy.run.RunRefusal;
import io.understudy.run.RunStore;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;

/**
 * Tells what happens as server-sent events. Each stream has a virtual thread, which waits for an
 * announcement of this process, and looks by itself at every heartbeat for what other replicas have
 * written. A client that does not read is cut off.
 */
@Singleton
final class EventStreams {

    private static final Logger LOG = Logger.getLogger(EventStreams.class);

    private final RunStore runs;
    private final Announcements announcements;
    private final ApiSettings settings;
    private final Semaphore free;

    @Inject
    EventStreams(RunStore runs, Announcements announcements, ApiSettings settings) {
        this.runs = runs;
        this.announcements = announcements;
        this.settings = settings;
        this.free = new Semaphore(settings.maxEventStreams());
    }

    /** A stream that goes on until it has told everything or its reader has gone. */
    private interface Telling {
        void tell(Announcements.Subscription news, Outlet outlet)
                throws InterruptedException, ExecutionException, TimeoutException;
    }

    /** The journal of a run from a line on, until the run has ended. */
    void run(String id, int from, SseEventSink sink, Sse sse) {
        found(id);
        stream(sink, sse, (news, outlet) -> journal(id, from, news, outlet));
    }

    /** Everything from now on. */
    void everything(SseEventSink sink, Sse sse) {
        stream(sink, sse, this::announcements);
    }

    private void stream(SseEventSink sink, Sse sse, Telling telling) {
        if (!free.tryAcquire()) {
            throw Problem.of(
                            ProblemType.UNAVAILABLE,
                            settings.maxEventStreams()
                                    + " event streams are open, which is the limit.")
                    .after(settings.heartbeat())
                    .exception();
        }
        Thread.ofVirtual().name("events").start(() -> tell(sink, sse, telling));
    }

    /** On a thread of its own: the request must have been answered before its stream ends. */
    private void tell(SseEventSink sink, Sse sse, Telling telling) {
        try (sink;
                var news = announcements.subscribe()) {
            Outlet outlet = new Outlet(sink, sse);
            outlet.comment("understudy");
            telling.tell(news, outlet);
        } catch (ExecutionException | TimeoutException e) {
            LOG.debugf(e, "the reader of an event stream has gone");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.warn("an event stream has ended early; its reader may open it again", e);
        } finally {
            free.release();
        }
    }

    private void journal(String id, int from, Announcements.Subscription news, Outlet outlet)
            throws InterruptedException, ExecutionException, TimeoutException {
        int next = from;
        while (outlet.isOpen()) {
            boolean ended = found(id).state().ended();
            List<JournalLine> lines = JournalLine.from(next, runs.journal(id, next));
            for (JournalLine line : lines) {
                outlet.event(Integer.toString(line.index()), line.kind().name(), line);
            }
            next += lines.size();
            if (ended) {
                return;
            }
            if (news.next(settings.heartbeat()).isEmpty()) {
                outlet.comment("alive");
            }
        }
    }

    private void announcements(Announcements.Subscription news, Outlet outlet)
            throws InterruptedException, ExecutionException, TimeoutException {
        while (outlet.isOpen() && !news.isOverrun()) {
            var announcement = news.next(settings.heartbeat());
            if (announcement.isEmpty()) {
                outlet.comment("alive");
            } else {
                outlet.event("", name(announcement.get()), announcement.get());
            }
        }
    }

    private static String name(Announcements.Announcement announcement) {
        return switch (announcement) {
            case Announcements.Announcement.Evaluated _ -> "evaluated";
            case Announcements.Announcement.Observed _ -> "observed";
            case Announcements.Announcement.RunChanged _ -> "run";
        };
    }

    private Run found(String id) {
        return runs.find(id)
                .orElseThrow(() ->
                        new RunRefusal(
                                RunRefusal.Reason.NOT_FOUND,
                                "there is no run " + id,
                                "look for it at /api/v1/runs"));
    }

    /** Where events go out; every write has an end, since a reader may stop reading. */
    private final class Outlet {

        private final SseEventSink sink;
        private final Sse sse;

        private Outlet(SseEventSink sink, Sse sse) {
            this.sink = sink;
            this.sse = sse;
        }

        boolean isOpen() {
            return !sink.isClosed();
        }

        void comment(String text)
                throws InterruptedException, ExecutionException, TimeoutException {
            send(sse.newEventBuilder().comment(text).build());
        }

        void event(String id, String name, Object data)
                throws InterruptedException, ExecutionException, TimeoutException {
            OutboundSseEvent.Builder event =
                    sse.newEventBuilder().name(name).data(String.class, json(data));
            send((id.isEmpty() ? event : event.id(id)).build());
        }

        private void send(OutboundSseEvent event)
                throws InterruptedException, ExecutionException, TimeoutException {
            sink.send(event)
                    .toCompletableFuture()
                    .get(settings.heartbeat().toMillis(), TimeUnit.MILLISECONDS);
        }

        private static String json(Object data) {
            try {
                return Json.mapper().writeValueAsString(data);
            } catch (JsonProcessingException e) {
                throw new IllegalStateException("an event of ours cannot be written as JSON", e);
            }
        }
    }
}
