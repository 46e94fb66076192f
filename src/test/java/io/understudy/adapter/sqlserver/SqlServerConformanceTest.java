package io.understudy.adapter.sqlserver;

import static io.understudy.adapter.sqlserver.SqlServerBench.SQL1;
import static io.understudy.adapter.sqlserver.SqlServerBench.SQL2;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.understudy.adapter.spi.Progress;
import io.understudy.adapter.spi.StepCall;
import io.understudy.adapter.spi.StepExecutor;
import io.understudy.adapter.spi.StepExecutor.Presence;
import io.understudy.adapter.spi.StepOutcome;
import io.understudy.conformance.Behaviour;
import io.understudy.conformance.Bench;
import io.understudy.conformance.ExecutorConformance;
import io.understudy.counterpart.tds.SqlAnswer;
import io.understudy.counterpart.tds.SqlBackend.Request;
import io.understudy.counterpart.tds.TdsServer;
import io.understudy.estate.DatabaseType;
import io.understudy.estate.Position;
import io.understudy.estate.SqlInstance;
import io.understudy.runbook.Action;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Microsoft's driver before a mirrored pair that speaks TDS keeps what every executor must. */
class SqlServerConformanceTest extends ExecutorConformance {

    /** The driver's first connection costs what a short limit cannot spare. */
    @BeforeAll
    static void loadTheDriver() {
        try (MirroredPair pair = new MirroredPair()) {
            pair.executor().check(pair.call(Duration.ofMinutes(1)));
        }
    }

    @Override
    protected Bench bench() {
        return new MirroredPair();
    }

    /** Of one whose host is up and silent, a refused connection tells nothing. */
    @Test
    void isNotKeptWaitingByServersThatTakeConnectionsAndSayNothing() {
        try (MirroredPair pair = new MirroredPair()) {
            pair.sql.servers.values().forEach(TdsServer::hang);
            StepCall call = pair.call(Duration.ofSeconds(3));
            Duration limit = call.timeLimit().plus(GRACE);

            assertEquals(
                    Presence.CANNOT_TELL,
                    assertTimeoutPreemptively(limit, () -> pair.executor().check(call)));
            assertInstanceOf(
                    StepOutcome.Retryable.class,
                    assertTimeoutPreemptively(
                            limit, () -> pair.executor().act(call, Progress.UNHEARD)));
        }
    }

    private static final class MirroredPair implements Bench {

        private static final String ORDER = "SET PARTNER FAILOVER";
        private static final Duration PAUSE = Duration.ofMillis(50);

        private final SqlServerBench sql = new SqlServerBench();
        private final AtomicInteger effects = new AtomicInteger();
        private final Set<SqlInstance> principal = principal();
        private final StepExecutor executor = restarted();
        private volatile Behaviour behaviour = Behaviour.WELL;

        private Set<SqlInstance> principal() {
            Set<SqlInstance> now = ConcurrentHashMap.newKeySet();
            now.add(SQL1);
            for (SqlInstance instance : List.of(SQL1, SQL2)) {
                sql.mirroring(instance, () -> new Object[][] {row(now.contains(instance))});
                sql.backend.on(instance, ORDER, this::answer);
            }
            return now;
        }

        private static Object[] row(boolean principal) {
            return SqlServerBench.mirrored(
                    "rtcxds", principal ? "PRINCIPAL" : "MIRROR", "SYNCHRONIZED");
        }

        StepCall call(Duration limit) {
            return new StepCall("run-1", 2, 1, 5, action(), Optional.empty(), limit);
        }

        private SqlAnswer answer(Request request) throws InterruptedException {
            return switch (behaviour) {
                case WELL -> carriedOut(SqlAnswer.done());
                case HANG -> {
                    sql.servers.get(request.instance()).hang();
                    yield SqlAnswer.done();
                }
                case LATE -> {
                    // a cancelled statement ends here
                    new CountDownLatch(1).await(5, TimeUnit.SECONDS);
                    yield carriedOut(SqlAnswer.done());
                }
                case DIE_AFTER_ACTING -> carriedOut(new SqlAnswer.Broken());
                case PARTIAL_OUTPUT -> carriedOut(new SqlAnswer.Cut(told(1, "done")));
                case HUGE_OUTPUT -> carriedOut(told(1500, "x".repeat(2000)));
                case NOT_UTF8 -> carriedOut(told(1, "half a pair: \ud83d, and on"));
                case SLOW_DRIP -> carriedOut(new SqlAnswer.Dripped(messages(40, "on"), PAUSE));
                case ENDLESS_DRIP ->
                        carriedOut(new SqlAnswer.Dripped(messages(100_000, "on"), PAUSE));
                case REFUSE -> SqlAnswer.failed(1422, "The mirror server is not synchronized.");
                case UNREACHABLE -> throw new IllegalStateException("it has no server");
            };
        }

        private SqlAnswer carriedOut(SqlAnswer answer) {
            if (!principal.remove(SQL1)) {
                return SqlAnswer.failed(1470, "This command is for the principal.");
            }
            principal.add(SQL2);
            effects.incrementAndGet();
            return answer;
        }

        private static SqlAnswer told(int times, String text) {
            return new SqlAnswer.Informed(messages(times, text));
        }

        private static List<SqlAnswer.Message> messages(int times, String text) {
            return Collections.nCopies(times, new SqlAnswer.Message(0, 10, text));
        }

        @Override
        public StepExecutor executor() {
            return executor;
        }

        @Override
        public StepExecutor restarted() {
            return new SqlServerExecutor(
                    () -> sql.estate,
                    sql.settings(),
                    sql.secrets(),
                    InstantSource.system(),
                    MirroredPair::pass);
        }

        private static void pass(Duration time) {
            try {
                new CountDownLatch(1).await(time.toMillis(), TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public Action action() {
            return switched("rtcxds");
        }

        @Override
        public Optional<Action> hostile() {
            return Optional.of(switched("rtcxds] SET PARTNER OFF; DROP DATABASE [rtcxds'; --"));
        }

        private static Action switched(String database) {
            return new Action.SwitchPrincipal(
                    SqlServerBench.BE1,
                    SqlServerBench.POOL1,
                    DatabaseType.USER,
                    List.of(database),
                    SQL2,
                    Position.MIRROR,
                    false);
        }

        @Override
        public boolean behave(Behaviour next) {
            behaviour = next;
            if (next == Behaviour.UNREACHABLE) {
                sql.close();
            }
            return true;
        }

        @Override
        public int effects() {
            return effects.get();
        }

        @Override
        public int orders() {
            return sql.backend.orders().size();
        }

        @Override
        public void close() {
            sql.close();
        }
    }
}
