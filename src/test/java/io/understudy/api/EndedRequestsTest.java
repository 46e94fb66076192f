package io.understudy.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.understudy.control.IdempotencyStore;
import io.understudy.control.Unavailable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EndedRequestsTest {

    private final Store store = new Store();
    private final EndedRequests requests = new EndedRequests(store);

    @Test
    void whatEndedIsSaidOnce() {
        requests.ended("olga", "k1", Optional.of(new Idempotency.Answer(201, "{}", "/runs/1")));
        requests.say("olga", "k1");
        requests.say("olga", "k1");

        assertEquals(List.of("complete k1 201"), store.told);
    }

    @Test
    void aStoreThatIsAwayIsToldWhenTheRequestIsRepeated() {
        store.away = true;
        requests.ended("olga", "k1", Optional.of(new Idempotency.Answer(201, "{}", "/runs/1")));
        requests.ended("olga", "k2", Optional.empty());
        requests.say("olga", "k1");
        requests.say("olga", "k2");
        assertEquals(List.of(), store.told);

        store.away = false;
        requests.say("olga", "k2");
        requests.say("olga", "k1");

        assertEquals(List.of("abandon k2", "complete k1 201"), store.told);
    }

    @Test
    void whatIsUnderWayIsNotSpokenOf() {
        requests.say("olga", "k1");

        assertEquals(List.of(), store.told);
    }

    private static final class Away extends RuntimeException implements Unavailable {
        private static final long serialVersionUID = 1;

        @Override
        public Duration retryAfter() {
            return Duration.ofSeconds(1);
        }

        @Override
        public boolean inDoubt() {
            return false;
        }
    }

    private static final class Store implements IdempotencyStore {
        private final List<String> told = new ArrayList<>();
        private boolean away;

        @Override
        public Claim claim(String actor, String key, String requestHash, Instant at) {
            return new Claim.Granted();
        }

        @Override
        public void complete(String actor, String key, int status, String body) {
            tell("complete " + key + " " + status);
        }

        @Override
        public void abandon(String actor, String key) {
            tell("abandon " + key);
        }

        private void tell(String what) {
            if (away) {
                throw new Away();
            }
            told.add(what);
        }
    }
}
