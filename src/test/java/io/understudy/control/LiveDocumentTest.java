package io.understudy.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.understudy.audit.MemoryAudit;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is in force at two replicas with one store, also when the store loses what it had. */
class LiveDocumentTest {

    private final MemoryDocuments<String> store = new MemoryDocuments<>(new MemoryAudit());
    private Instant now = Instant.parse("2026-11-21T10:00:00Z");
    private int changes;
    private final LiveDocument<String> mine = document(() -> changes++);
    private final LiveDocument<String> theirs = document(() -> {});

    private LiveDocument<String> document(Runnable changed) {
        return new LiveDocument<>("policy", store, Optional.of("none"), () -> now, changed);
    }

    private void save(LiveDocument<String> document, String body) {
        now = now.plusSeconds(1);
        document.save(body, Optional.empty(), "ann");
    }

    private String inForce() {
        return mine.current().orElseThrow().body();
    }

    @Test
    void whatIsSavedIsInForceAtOnceAndElsewhereOnceItIsRead() {
        save(theirs, "a");
        assertEquals("none", inForce());
        mine.refresh();
        assertEquals("a", inForce());
        save(mine, "b");
        assertEquals("b", inForce());
        assertEquals(2, changes);
    }

    @Test
    void whatIsInForceAlreadyStaysTheSame() {
        save(mine, "a");
        DocumentStore.Version<String> before = mine.current().orElseThrow();
        mine.refresh();
        assertSame(before, mine.current().orElseThrow());
        assertEquals(1, changes);
    }

    @Test
    void anotherOfTheSameNumberReplacesOneThatWasLost() {
        save(mine, "a");
        save(mine, "lost");
        store.loseNewest();
        save(theirs, "b");
        mine.refresh();
        assertEquals("b", inForce());
        assertEquals(3, changes);
    }

    @Test
    void whatIsSavedReplacesALostOneOfTheSameNumber() {
        save(mine, "a");
        save(mine, "lost");
        store.loseNewest();
        save(mine, "b");
        assertEquals("b", inForce());
        assertEquals(3, changes);
    }

    @Test
    void whatTheStoreHasLostIsNoLongerInForce() {
        save(mine, "a");
        save(mine, "lost");
        store.loseNewest();
        mine.refresh();
        assertEquals("a", inForce());
        store.loseNewest();
        mine.refresh();
        assertEquals("none", inForce());
    }

    @Test
    void aChangeIsMadeOnTopOfWhatIsLeft() {
        save(mine, "a");
        save(mine, "lost");
        store.loseNewest();
        mine.change(before -> new LiveDocument.Change<>(before.body() + "+", Map.of()), "ann");
        assertEquals("a+", inForce());
    }

    @Test
    void whatIsSavedWhileTheStoreIsReadStaysInForce() {
        save(mine, "a");
        save(theirs, "b");
        store.onceRead(() -> save(mine, "c"));
        mine.refresh();
        assertEquals("c", inForce());
    }
}
