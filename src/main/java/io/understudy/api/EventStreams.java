package io.understudy.api;

import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Multi;
import io.understudy.run.Run;
import io.understudy.run.RunRefusal;
import io.understudy.run.RunStore;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * Tells what happens as server-sent events. Each stream has a virtual thread, which waits for an
 * announcement from any replica, and looks by itself at every heartbeat. A client that does not
 * read is cut off.
 */
@Singleton
final class EventStreams {

    private static final Logger LOG = Logger.getLogger(EventStreams.class);

    /** How many events a reader may be behind. */
    private static final int MOST_UNREAD = 1_000;

    private final Access access;
    private final RunStore runs;
    private final Announcements announcements;
    private final ApiSettings settings;
    private final InstantSource clock;
    private final RoutingContext routing;
    private final OpenStreams open;

    @Inject
    EventStreams(
            Access access,
            RunStore runs,
            Announcements announcements,
            ApiSeams seams,
            ApiSettings settings,
            RoutingContext routing) {
        this.access = access;
        this.clock = seams.clock();
        this.runs = runs;
        this.announcements = announcements;
        this.settings = settings;
        this.routing = routing;
        this.open =
                new OpenStreams(settings.maxEventStreams(), settings.maxEventStreamsPerCaller());
    }

    /** A stream that goes on until it has told everything or its reader has gone. */
    private interface Telling {
        void tell(Announcements.Subscription news, Outlet outlet) throws InterruptedException;
    }

    /** The journal of a run from a line on, until the run has ended. */
    Multi<OutboundSseEvent> run(String id, int from, Sse sse, SecurityIdentity who) {
        found(id);
        return stream(sse, who, (news, outlet) -> journal(id, from, news, outlet));
    }

    /** Everything that somebody may see, from now on. */
    Multi<OutboundSseEvent> everything(Sse sse, SecurityIdentity who) {
        return stream(sse, who, this::announcements);
    }

    private Multi<OutboundSseEvent> stream(Sse sse, SecurityIdentity who, Telling telling) {
        Caller caller = Caller.of(who);
        switch (open.room(caller.name())) {
            case FREE -> {}
            case TAKEN_BY_CALLER -> throw tooMany(ProblemType.TOO_MANY_REQUESTS, ofCaller());
            case TAKEN -> throw tooMany(ProblemType.UNAVAILABLE, ofAll());
        }
        Admission.leave(routing);
        if (routing.request().method().equals(HttpMethod.HEAD)) {
            return Multi.createFrom().empty();
        }
        Outlet.Reader reader = new Outlet.Reader(caller, sse, routing.response());
        return Multi.createFrom()
                .emitter(
                        out -> {
                            Outlet outlet = new Outlet(out, reader, clock, settings.heartbeat());
                            Thread.ofVirtual().name("events").start(() -> tell(outlet, telling));
                        },
                        MOST_UNREAD);
    }

    private String ofAll() {
        return settings.maxEventStreams() + " event streams are open, which is the limit.";
    }

    private String ofCaller() {
        return "This caller has "
                + settings.maxEventStreamsPerCaller()
                + " event streams open, which is the limit.";
    }

    private ProblemException tooMany(ProblemType type, String detail) {
        return Problem.of(type, detail).after(settings.heartbeat()).exception();
    }

    /** Counted only here, where it is certain to end. */
    private void tell(Outlet outlet, Telling telling) {
        String caller = outlet.caller().name();
        if (!open.enter(caller)) {
            // others have taken what was free when this one was let in
            outlet.putOff(settings.heartbeat());
            return;
        }
        try (var news = announcements.subscribe()) {
            outlet.onGone(news::wake);
            outlet.comment("understudy");
            telling.tell(news, outlet);
            outlet.end();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.warn("an event stream has ended early; its reader may open it again", e);
            outlet.end();
        } finally {
            open.leave(caller);
        }
    }

    private void journal(String id, int from, Announcements.Subscription news, Outlet outlet)
            throws InterruptedException {
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
            if (!awaited(id, news)) {
                outlet.comment("alive");
            }
        }
    }

    /** Whether something about a run was announced before the heartbeat. */
    private boolean awaited(String id, Announcements.Subscription news)
            throws InterruptedException {
        Instant until = clock.instant().plus(settings.heartbeat());
        Duration left = settings.heartbeat();
        while (left.isPositive()) {
            var announcement = news.next(left);
            if (announcement.filter(told -> concerns(id, told)).isPresent() || news.isOverrun()) {
                return true;
            }
            left = Duration.between(clock.instant(), until);
        }
        return false;
    }

    private static boolean concerns(String id, Announcements.Announcement announcement) {
        return switch (announcement) {
            case Announcements.Announcement.RunChanged changed -> changed.run().id().equals(id);
            case Announcements.Announcement.Missed _ -> true;
            case Announcements.Announcement.Evaluated _, Announcements.Announcement.Observed _ ->
                    false;
        };
    }

    private void announcements(Announcements.Subscription news, Outlet outlet)
            throws InterruptedException {
        while (outlet.isOpen() && !news.isOverrun()) {
            var announcement = news.next(settings.heartbeat());
            if (announcement.isEmpty()) {
                outlet.comment("alive");
            }
            announcement
                    .flatMap(said -> said.within(access.sight(outlet.caller())))
                    .ifPresent(told -> outlet.event("", name(told), told));
        }
    }

    private static String name(Announcements.Announcement announcement) {
        return switch (announcement) {
            case Announcements.Announcement.Evaluated _ -> "evaluated";
            case Announcements.Announcement.Observed _ -> "observed";
            case Announcements.Announcement.RunChanged _ -> "run";
            case Announcements.Announcement.Missed _ -> "missed";
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
}
