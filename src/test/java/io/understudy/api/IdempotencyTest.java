package io.understudy.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.understudy.control.LiveDocument;
import io.understudy.decision.Policy;
import io.understudy.run.Run;
import io.understudy.run.RunRefusal;
import io.understudy.run.RunStore;
import io.understudy.run.SampleRuns;
import io.understudy.run.Ticker;
import io.understudy.store.Database;
import io.understudy.store.LosingSource;
import io.understudy.store.LosingSource.Loss;
import io.understudy.store.PgDocumentStore;
import io.understudy.store.PgIdempotencyStore;
import io.understudy.store.PgRunStore;
import io.understudy.store.StoreUnavailable;
import io.understudy.store.TestDatabase;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Requests with a key start what they ask for once, whatever the database loses meanwhile. */
class IdempotencyTest {

    private static final Duration A_WHILE =
            PgIdempotencyStore.Settings.DEFAULT.answeredWithin().plusMillis(1);

    @RegisterExtension final TestDatabase database = new TestDatabase();

    private final Ticker clock = new Ticker(Instant.parse("2026-11-21T10:00:00.123456789Z"));
    private LosingSource losing;
    private Database store;
    private RunStore runs;
    private Idempotency onceOnly;
    private int begun;

    @BeforeEach
    void open() {
        losing = new LosingSource(database.source());
        store = losing.database();
        runs = new PgRunStore(store);
        onceOnly =
                new Idempotency(
                        new PgIdempotencyStore(store, PgIdempotencyStore.Settings.DEFAULT),
                        new ApiSeams(clock, () -> "id", () -> "key"));
    }

    @Test
    void aRepeatIsAnsweredAsBeforeAndAnotherRequestIsRefused() {
        for (int i = 0; i < 3; i++) {
            assertEquals("run 1", sent(this::opens));
        }
        clock.advance(A_WHILE);

        ProblemException other =
                assertThrows(
                        ProblemException.class,
                        () -> onceOnly.answer("olga", "k", "another", this::opens));

        assertEquals(ProblemType.IDEMPOTENCY_MISMATCH, other.problem().type());
        assertEquals("run 1", sent(this::opens));
        assertEquals(1, runs.open().size());
    }

    @Test
    void whatWasDoneThoughNobodyHeardOfItIsNotDoneAgain() {
        assertThrows(StoreUnavailable.class, () -> sent(losing(Loss.ANSWER)));

        assertEquals("run 1", sent(this::opens));
        clock.advance(A_WHILE);
        assertEquals("run 1", sent(this::opens));
        assertEquals(1, runs.open().size());
    }

    @Test
    void whatWasLostInItsCommitIsDoneByTheRepeat() {
        assertThrows(StoreUnavailable.class, () -> sent(losing(Loss.COMMIT)));

        assertEquals("run 2", sent(this::opens));
        assertEquals(1, runs.open().size());
    }

    @Test
    void aFreezeOfWhichNobodyHeardIsNotAddedAgain() {
        LiveDocument<Policy> policies =
                new LiveDocument<>(
                        "policy",
                        new PgDocumentStore<>(store, "policy", Policy.class),
                        Optional.of(Policy.DEFAULT),
                        clock,
                        () -> {});
        Idempotency.Work saves =
                receipts ->
                        saved(
                                policies.change(
                                                before ->
                                                        new LiveDocument.Change<>(
                                                                before.body(), Map.of()),
                                                "olga",
                                                version -> receipts.of(saved(version.version())))
                                        .version());
        assertThrows(
                StoreUnavailable.class,
                () ->
                        sent(receipts -> {
                            losing.loseNext(Loss.ANSWER);
                            return saves.done(receipts);
                        }));

        assertEquals("version 1", sent(saves));
        assertEquals(1, policies.versions().size());
    }

    @Test
    void aClaimOfWhichNobodyHeardIsMadeAnewByTheRepeatAfterAWhile() {
        losing.loseNext(Loss.ANSWER);
        assertThrows(StoreUnavailable.class, () -> sent(this::opens));
        assertEquals(ProblemType.IDEMPOTENCY_UNDER_WAY, refused());

        clock.advance(A_WHILE);

        assertEquals("run 1", sent(this::opens));
        assertEquals("run 1", sent(this::opens));
        assertEquals(1, runs.open().size());
    }

    @Test
    void whoeverIsTooSlowIsOvertakenByTheRepeatAndDoesNothing() {
        Idempotency.Work slow =
                receipts -> {
                    clock.advance(A_WHILE);
                    assertEquals("run 1", sent(this::opens));
                    return opens(receipts);
                };

        ProblemException overtaken = assertThrows(ProblemException.class, () -> sent(slow));

        assertEquals(ProblemType.IDEMPOTENCY_UNDER_WAY, overtaken.problem().type());
        assertEquals("run 1", sent(this::opens));
        assertEquals(List.of("r1"), runs.open().stream().map(Run::id).toList());
    }

    @Test
    void whatWasRefusedIsTriedAgainAtOnceAndWhereThatCannotBeSavedAfterAWhile() {
        assertThrows(RunRefusal.class, () -> sent(_ -> refusing()));
        assertThrows(
                RunRefusal.class,
                () ->
                        sent(_ -> {
                            losing.loseNext(Loss.COMMIT);
                            return refusing();
                        }));
        assertEquals(ProblemType.IDEMPOTENCY_UNDER_WAY, refused());

        clock.advance(A_WHILE);

        assertEquals("run 1", sent(this::opens));
    }

    @Test
    void withoutAKeyNothingIsRemembered() throws Exception {
        onceOnly.answer("olga", null, "a request", this::opens);
        onceOnly.answer("olga", null, "a request", this::opens);

        assertEquals(2, runs.open().size());
        assertEquals("0", database.text("select count(*) from idempotency"));
    }

    /** Another run at each call. */
    private Idempotency.Answer opens(Idempotency.Receipts receipts) {
        begun++;
        Run run = SampleRuns.opened("r" + begun, 0);
        Idempotency.Answer answer =
                new Idempotency.Answer(201, "run " + begun, "/api/v1/runs/" + run.id());
        runs.open(
                run,
                Set.of("lock of " + run.id()),
                List.of(),
                Optional.empty(),
                receipts.of(answer));
        return answer;
    }

    private Idempotency.Work losing(Loss loss) {
        return receipts -> {
            losing.loseNext(loss);
            return opens(receipts);
        };
    }

    private static Idempotency.Answer saved(int version) {
        return new Idempotency.Answer(201, "version " + version, "/api/v1/freeze/1");
    }

    private static Idempotency.Answer refusing() {
        throw new RunRefusal(RunRefusal.Reason.LOCKED, "another run has the lock", "wait");
    }

    private String sent(Idempotency.Work work) {
        Response answer = onceOnly.answer("olga", "k", "a request", work);
        assertEquals(201, answer.getStatus());
        return answer.getEntity().toString();
    }

    private ProblemType refused() {
        return assertThrows(ProblemException.class, () -> sent(this::opens)).problem().type();
    }
}
