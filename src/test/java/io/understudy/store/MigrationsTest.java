package io.understudy.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.understudy.control.EvaluationLog;
import io.understudy.decision.Policy;
import io.understudy.decision.RunState;
import io.understudy.estate.Estate;
import io.understudy.run.JournalEntry;
import io.understudy.run.Run;
import io.understudy.testing.Kept;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** From the first schema, with what a service had written under it, to the newest. */
class MigrationsTest {

    private static final Path MIGRATIONS = Path.of("src/main/resources/db/migration");
    private static final Path WRITTEN = Path.of("src/test/resources/schema/first.sql");
    private static final Instant LONG_AGO = Instant.parse("2020-01-01T00:00:00Z");

    /** The last version before replicas could be of two versions; what it did stays as it is. */
    private static final int BEFORE_UPGRADES = 8;

    /** What a replica of the version before would trip over. */
    private static final Pattern BREAKING =
            Pattern.compile(
                    "\\b(drop (table|column|view|function)|rename (to|column)|alter column \\S+ type"
                            + "|set not null)\\b");

    @RegisterExtension final TestDatabase database = new TestDatabase();

    @Test
    void whatTheFirstSchemaHeldIsReadUnderTheNewest() throws Exception {
        fillTheFirstSchema();
        database.migrateTo("latest");

        Database migrated = database.database();
        PgRunStore runs = new PgRunStore(migrated);
        List<Run> all = runs.newest(10, Optional.empty());
        assertEquals(
                List.of(RunState.AWAITING_APPROVAL, RunState.SUCCEEDED),
                all.stream().map(Run::state).toList());
        assertEquals(
                JournalEntry.Kind.SUCCEEDED, runs.journal(all.getLast().id(), 0).getLast().kind());
        PgEvaluationLog evaluations = new PgEvaluationLog(migrated);
        assertEquals(7, evaluations.findings(everything()).size());
        assertEquals(10, evaluations.decisions(everything()).size());
        assertEquals(2, evaluations.incidents(everything()).size());
        assertTrue(new PgDocumentStore<>(migrated, "estate", Estate.class).current().isPresent());
        assertEquals(2, new PgDocumentStore<>(migrated, "policy", Policy.class).versions().size());
        assertEquals(2, new PgKeyStore(migrated).all().size());
        assertEquals(22, new PgAuditChain(migrated).verify(new TreeMap<>()).verified());
    }

    @Test
    void observationsOfTheFirstSchemaAreStillThereAndStillCountOnce() throws Exception {
        fillTheFirstSchema();
        String before = database.text("select count(*) from observation");
        database.migrateTo("latest");

        var log = new PgObservationLog(database.database(), PgObservationLog.Settings.DEFAULT);
        var observations = Kept.since(log, LONG_AGO);

        assertEquals(before, Integer.toString(observations.size()));
        assertEquals(observations.size(), log.append(observations, Instant.now()).repeated());
    }

    @Test
    void theRunThatWaitedCanBeApprovedAndCarriedOut() throws Exception {
        fillTheFirstSchema();
        database.migrateTo("latest");
        PgRunStore runs = new PgRunStore(database.database());
        Run waiting = runs.open().getFirst();

        Run approved =
                runs.change(
                        waiting.id(),
                        Optional.empty(),
                        run -> run.approve("alice", waiting.openedAt().plusSeconds(60)));

        assertEquals(RunState.RUNNING, approved.state());
        assertTrue(runs.acquire(waiting.id(), "b", Duration.ofSeconds(10)).isPresent());
    }

    @Test
    void laterMigrationsOnlyAdd() throws IOException {
        try (Stream<Path> files = Files.list(MIGRATIONS)) {
            List<String> breaking =
                    files.filter(file -> version(file) > BEFORE_UPGRADES)
                            .filter(file -> BREAKING.matcher(statements(file)).find())
                            .map(file -> file.getFileName().toString())
                            .toList();
            assertEquals(List.of(), breaking, "see docs/upgrades.md");
        }
    }

    private void fillTheFirstSchema() throws Exception {
        database.beginAt("2");
        database.execute(Files.readString(WRITTEN));
    }

    private static EvaluationLog.Query everything() {
        return new EvaluationLog.Query(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                1_000);
    }

    private static int version(Path file) {
        String name = file.getFileName().toString();
        return name.startsWith("V") ? Integer.parseInt(name.substring(1, name.indexOf('_'))) : 0;
    }

    private static String statements(Path file) {
        try {
            return Files.readString(file).replaceAll("--[^\n]*", "").toLowerCase(Locale.ROOT);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
