package io.understudy.counterpart.tds;

import static io.understudy.counterpart.tds.SqlAnswer.row;
import static io.understudy.counterpart.tds.SqlAnswer.rows;

import io.understudy.adapter.simulator.SimulatorExecutor;
import io.understudy.adapter.simulator.SimulatorProbe;
import io.understudy.adapter.simulator.Twin;
import io.understudy.adapter.spi.Progress;
import io.understudy.adapter.spi.StepCall;
import io.understudy.adapter.spi.StepExecutor.Presence;
import io.understudy.adapter.spi.StepOutcome;
import io.understudy.estate.ComponentId;
import io.understudy.estate.Database;
import io.understudy.estate.Estate;
import io.understudy.estate.ObserverName;
import io.understudy.estate.SqlInstance;
import io.understudy.estate.Store;
import io.understudy.health.Facts;
import io.understudy.health.Status;
import io.understudy.runbook.Action;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The SQL Servers of a simulated estate: what they are asked is read from the twin, and what they
 * are told is done to it, with SQL Server's refusals.
 */
public final class TwinSqlBackend implements SqlBackend {

    private static final Pattern NUMBER = Pattern.compile("error (\\d+)");
    private static final Duration LONG_ENOUGH = Duration.ofHours(1);

    private final Estate estate;
    private final SimulatorProbe probe;
    private final SimulatorExecutor executor;
    private final ObserverName observer;
    private final AtomicInteger orders = new AtomicInteger();

    /**
     * Behind the estate's instances.
     *
     * @param waiting returns when the time given has passed in the twin's time
     * @param observer from where the twin is read
     */
    public TwinSqlBackend(
            Estate estate, Twin twin, Consumer<Duration> waiting, ObserverName observer) {
        this.estate = estate;
        this.probe = new SimulatorProbe(twin);
        this.executor = new SimulatorExecutor(twin, waiting);
        this.observer = observer;
    }

    @Override
    public boolean up(SqlInstance instance) {
        return probe.read(observer, ComponentId.of(instance)).status() != Status.DOWN;
    }

    @Override
    public SqlAnswer execute(Request request) {
        String sql = request.text();
        if (!up(request.instance())) {
            return new SqlAnswer.Broken();
        }
        if (sql.contains("@@SERVERNAME AS server_name") && !sql.contains("FROM")) {
            return rows("server_name", row(serverName(request.instance())));
        }
        if (sql.contains("sys.database_mirroring m") || sql.contains(".sys.schemas")) {
            return new TwinMirroring(this, request).answer();
        }
        if (sql.startsWith("ALTER DATABASE")) {
            return new TwinMirroring(this, request).order();
        }
        if (sql.contains("AVAILABILITY GROUP") || sql.contains("sys.availability_databases")) {
            return new TwinGroups(this, request).answer();
        }
        return new TwinShipping(this, request).answer();
    }

    static String serverName(SqlInstance instance) {
        return instance.toString().replace('/', '\\');
    }

    List<Store> stores() {
        return estate.stores();
    }

    /** The store of a database that has a part on this instance. */
    Optional<Store> store(SqlInstance instance, String database) {
        return estate.stores().stream()
                .filter(s -> s.instances().contains(ComponentId.of(instance)))
                .filter(s -> s.databases().stream().map(Database::name).anyMatch(database::equals))
                .findFirst();
    }

    /** The database in brackets. */
    static String named(String sql) {
        Matcher name = Pattern.compile("\\[((?:[^]]|]])*)]").matcher(sql);
        return name.find() ? name.group(1).replace("]]", "]") : "";
    }

    Optional<Facts.OfStore> facts(Store store) {
        return probe.read(observer, store.id()).facts() instanceof Facts.OfStore told
                ? Optional.of(told)
                : Optional.empty();
    }

    boolean done(Action action) {
        return executor.check(call(action)) == Presence.DONE;
    }

    /** Does it to the twin, whose refusals become errors. */
    SqlAnswer act(Action action, int otherwise) {
        StepOutcome outcome = executor.act(call(action), Progress.UNHEARD);
        return switch (outcome) {
            case StepOutcome.Done _ -> SqlAnswer.done();
            case StepOutcome.Retryable o -> SqlAnswer.failed(number(o, 1404), o.message());
            case StepOutcome.Refused o -> SqlAnswer.failed(number(o, otherwise), o.message());
            case StepOutcome.Fatal o -> SqlAnswer.failed(number(o, 1416), o.message());
            case StepOutcome.Uncertain _ -> new SqlAnswer.Broken();
        };
    }

    private static int number(StepOutcome outcome, int otherwise) {
        Matcher number = NUMBER.matcher(outcome.message());
        return number.find() ? Integer.parseInt(number.group(1)) : otherwise;
    }

    private StepCall call(Action action) {
        String run = "tsql-" + orders.incrementAndGet();
        return new StepCall(run, 1, 1, 1, action, Optional.empty(), LONG_ENOUGH);
    }
}
