package io.understudy.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.smallrye.mutiny.subscription.MultiEmitter;
import io.understudy.document.Json;
import io.vertx.core.http.HttpServerResponse;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Where the events of one stream go out; a reader who leaves too many unread is cut off. */
final class Outlet {

    /** What a stream needs to know of the request that opened it. */
    record Reader(Caller caller, Sse sse, HttpServerResponse response) {}

    private final MultiEmitter<? super OutboundSseEvent> out;
    private final Reader reader;
    private final InstantSource clock;
    private final Duration heartbeat;
    private Instant lookedAt;

    Outlet(
            MultiEmitter<? super OutboundSseEvent> out,
            Reader reader,
            InstantSource clock,
            Duration heartbeat) {
        this.out = out;
        this.reader = reader;
        this.clock = clock;
        this.heartbeat = heartbeat;
        this.lookedAt = clock.instant();
    }

    Caller caller() {
        return reader.caller();
    }

    /** Whether its reader is there, and may still read: looked at as often as it says "alive". */
    boolean isOpen() {
        // one who goes just while the stream is opened cancels nothing, and is written to all the
        // same
        if (out.isCancelled() || reader.response().closed()) {
            return false;
        }
        Instant now = clock.instant();
        if (Duration.between(lookedAt, now).abs().compareTo(heartbeat) < 0) {
            return true;
        }
        lookedAt = now;
        return reader.caller().isGood().getAsBoolean();
    }

    /** Says, on any thread, that the reader has gone; at once when he has already. */
    void onGone(Runnable told) {
        out.onTermination(told);
    }

    void comment(String text) {
        out.emit(reader.sse().newEventBuilder().comment(text).build());
    }

    void event(String id, String name, Object data) {
        OutboundSseEvent.Builder event =
                reader.sse().newEventBuilder().name(name).data(String.class, json(data));
        out.emit((id.isEmpty() ? event : event.id(id)).build());
    }

    void end() {
        out.complete();
    }

    /** Ends, and has the reader come again after a while. */
    void putOff(Duration wait) {
        out.emit(
                reader.sse()
                        .newEventBuilder()
                        .comment("too many streams are open")
                        .reconnectDelay(wait.toMillis())
                        .build());
        out.complete();
    }

    private static String json(Object data) {
        try {
            return Json.mapper().writeValueAsString(data);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an event of ours cannot be written as JSON", e);
        }
    }
}
