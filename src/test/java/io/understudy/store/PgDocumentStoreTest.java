package io.understudy.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.understudy.audit.AuditEvent;
import io.understudy.audit.AuditLog;
import io.understudy.control.DocumentStore;
import io.understudy.control.DocumentStore.Version;
import io.understudy.control.DocumentStore.VersionConflict;
import io.understudy.decision.Policy;
import io.understudy.estate.Estate;
import io.understudy.estate.Site;
import io.understudy.estate.SiteName;
import io.understudy.run.Contention;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class PgDocumentStoreTest {

    private static final Instant AT = Instant.parse("2026-11-21T10:00:00.123456Z");
    private static final Optional<Integer> WHATEVER = Optional.empty();

    @RegisterExtension final TestDatabase database = new TestDatabase();

    private DocumentStore<Estate> estates;

    @BeforeEach
    void open() {
        estates = new PgDocumentStore<>(database.database(), "estate", Estate.class);
    }

    @Test
    void versionsCountFromOneAndAreReadAsTheyWereSaved() {
        assertEquals(Optional.empty(), estates.current());

        Version<Estate> first = save(estates, estate("one"), Optional.of(0), "ann", AT);
        Version<Estate> second = save(estates, estate("two"), Optional.of(1), "bob", AT);

        assertEquals(new Version<>(1, estate("one"), "ann", AT), first);
        assertEquals(new Version<>(2, estate("two"), "bob", AT), second);
        assertEquals(Optional.of(second), estates.current());
        assertEquals(Optional.of(first), estates.version(1));
        assertEquals(Optional.empty(), estates.version(3));
        assertEquals(List.of(second, first), estates.versions());
    }

    @Test
    void whoHasReadAnOlderVersionIsToldTheNewestAndSavesNothing() {
        save(estates, estate("one"), WHATEVER, "ann", AT);
        save(estates, estate("two"), WHATEVER, "ann", AT);

        for (int read : List.of(0, 1, 3)) {
            VersionConflict conflict =
                    assertThrows(
                            VersionConflict.class,
                            () -> save(estates, estate("x"), Optional.of(read), "bob", AT));
            assertEquals(2, conflict.current());
        }
        assertEquals(2, estates.versions().size());
    }

    @Test
    void documentsOfOtherKindsHaveVersionsOfTheirOwn() {
        var policies = new PgDocumentStore<>(database.database(), "policy", Policy.class);
        save(estates, estate("one"), WHATEVER, "ann", AT);

        Version<Policy> policy = save(policies, Policy.DEFAULT, Optional.of(0), "ann", AT);

        assertEquals(Optional.of(policy), policies.current());
        assertEquals(1, policy.version());
    }

    @Test
    void ofTwentyWhoSaveTheNextVersionOneWins() throws Exception {
        save(estates, estate("one"), WHATEVER, "ann", AT);

        List<Boolean> won =
                Contention.of(
                        20,
                        i -> {
                            try {
                                save(estates, estate("e" + i), Optional.of(1), "person " + i, AT);
                                return true;
                            } catch (VersionConflict conflict) {
                                return conflict.current() != 2;
                            }
                        });

        assertEquals(1, won.stream().filter(w -> w).count());
        assertEquals(2, estates.versions().size());
    }

    @Test
    void twentyWhoOverwriteAreAllSavedOneAfterTheOther() throws Exception {
        List<Integer> versions =
                Contention.of(
                        20,
                        i -> save(estates, estate("e" + i), WHATEVER, "person " + i, AT).version());

        assertEquals(
                IntStream.rangeClosed(1, 20).boxed().toList(), versions.stream().sorted().toList());
    }

    @Test
    void theDatabaseKeepsVersionsAsTheyWereSaved() {
        save(estates, estate("one"), WHATEVER, "ann", AT);

        for (String change :
                List.of(
                        "update document set saved_by = 'bob'",
                        "delete from document",
                        "truncate document")) {
            String refusal =
                    assertThrows(SQLException.class, () -> database.execute(change)).getMessage();
            assertTrue(refusal.contains("never changed"), refusal);
        }
    }

    @Test
    void aBodyThatThisReleaseCannotReadIsSaidToBeSo() throws Exception {
        database.execute(
                "insert into document values ('estate', 1, '{\"sites\": 7}', 'newer', now())");

        String message = assertThrows(StoreFailure.class, () -> estates.current()).getMessage();

        assertTrue(message.contains("Estate") && message.contains("newer release"), message);
    }

    @Test
    void everyVersionIsAuditedAndARefusedOneIsNot() {
        save(estates, estate("one"), Optional.of(0), "ann", AT);
        assertThrows(
                VersionConflict.class, () -> save(estates, estate("x"), Optional.of(0), "bob", AT));

        AuditLog audit = new PgAuditLog(database.database());
        assertEquals(
                List.of(audited(new Version<>(1, estate("one"), "ann", AT))),
                audit.newest(9, OptionalLong.empty()).stream().map(AuditLog.Entry::event).toList());
    }

    private static <T> Version<T> save(
            DocumentStore<T> store, T body, Optional<Integer> expected, String by, Instant at) {
        return store.save(body, expected, by, at, PgDocumentStoreTest::audited);
    }

    private static AuditEvent audited(Version<?> saved) {
        return new AuditEvent(
                saved.savedAt(),
                saved.savedBy(),
                "SAVED",
                "it",
                Map.of("version", saved.version() + ""));
    }

    private static Estate estate(String name) {
        return new Estate(
                name, List.of(new Site(new SiteName("redmond"))), List.of(), List.of(), List.of());
    }
}
