package io.understudy.counterpart.tds;

import static io.understudy.counterpart.tds.SqlAnswer.row;
import static io.understudy.counterpart.tds.SqlAnswer.rows;

import io.understudy.estate.Database;
import io.understudy.estate.DatabaseType;
import io.understudy.estate.PoolFqdn;
import io.understudy.estate.Position;
import io.understudy.estate.SqlInstance;
import io.understudy.estate.Store;
import io.understudy.estate.StoreTechnology;
import io.understudy.health.Facts;
import io.understudy.health.MirroringState;
import io.understudy.health.WitnessState;
import io.understudy.runbook.Action;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a partner says of its mirrored databases, and does with them. */
record TwinMirroring(TwinSqlBackend twin, SqlBackend.Request request) {

    /** The cmdlet's pool, of which T-SQL knows nothing. */
    private static final PoolFqdn NO_POOL = new PoolFqdn("tsql.invalid");

    SqlAnswer answer() {
        if (request.text().contains(".sys.schemas")) {
            return open(TwinSqlBackend.named(request.text()));
        }
        List<Object[]> view = new ArrayList<>();
        for (Store store : twin.stores()) {
            for (Database database : store.databases()) {
                view(store, database.name()).ifPresent(view::add);
            }
        }
        return rows(
                "name, state_desc, mirroring_role_desc, mirroring_state_desc,"
                        + " mirroring_safety_level_desc, mirroring_witness_name,"
                        + " mirroring_witness_state_desc",
                view.toArray(Object[][]::new));
    }

    private Optional<Object[]> view(Store store, String database) {
        Optional<Position> here = position(store);
        if (here.isEmpty()) {
            return Optional.empty();
        }
        Optional<Facts.MirroringRow> told = told(store, database).filter(_ -> mirrored(store));
        if (told.isEmpty()) {
            return Optional.of(row(database, "ONLINE", null, null, null, null, null));
        }
        boolean principal = told.get().principalOn().equals(here);
        boolean witness = store.witness().isPresent();
        return Optional.of(
                row(
                        database,
                        principal ? "ONLINE" : "RESTORING",
                        principal ? "PRINCIPAL" : "MIRROR",
                        told.get().state().name(),
                        told.get().safety().name(),
                        witness ? "TCP://witness:7022" : null,
                        witness ? told.get().witness().name() : null));
    }

    /** A person removes mirroring before a chat store's failback, which T-SQL here does not see. */
    private boolean mirrored(Store store) {
        return store.technology() == StoreTechnology.MIRRORING
                && store.logShipping()
                        .filter(to ->
                                twin.done(
                                        new Action.RecoverDatabases(
                                                store.name(),
                                                store.databases().stream()
                                                        .map(Database::name)
                                                        .toList(),
                                                to.secondary())))
                        .isEmpty();
    }

    private Optional<Position> position(Store store) {
        SqlInstance instance = request.instance();
        if (store.primary().equals(instance)) {
            return Optional.of(Position.PRIMARY);
        }
        return store.mirror().filter(instance::equals).map(_ -> Position.MIRROR);
    }

    private Optional<Facts.MirroringRow> told(Store store, String database) {
        return twin.facts(store).stream()
                .flatMap(facts -> facts.mirroring().stream())
                .filter(r -> r.database().equals(database))
                .findFirst();
    }

    private SqlAnswer open(String database) {
        Optional<Store> store = twin.store(request.instance(), database);
        Optional<Facts.MirroringRow> told =
                store.filter(this::mirrored).flatMap(s -> told(s, database));
        if (told.isPresent() && !told.get().principalOn().equals(position(store.get()))) {
            return SqlAnswer.failed(954, "it is acting as a mirror database");
        }
        boolean alone =
                told.filter(r ->
                                r.state() == MirroringState.DISCONNECTED
                                        && r.witness() == WitnessState.DISCONNECTED)
                        .isPresent();
        return alone
                ? SqlAnswer.failed(955, "database mirroring lacks quorum")
                : rows("schemas", row(13));
    }

    SqlAnswer order() {
        String sql = request.text();
        String database = TwinSqlBackend.named(sql);
        Optional<Store> store = twin.store(request.instance(), database);
        if (store.isEmpty()) {
            return SqlAnswer.failed(5011, "no database " + database);
        }
        Optional<Position> here = position(store.get());
        boolean principal =
                told(store.get(), database).filter(r -> r.principalOn().equals(here)).isPresent();
        List<String> one = List.of(database);
        if (sql.endsWith("SET PARTNER FAILOVER")) {
            Position to = here.orElseThrow().other();
            return principal
                    ? twin.act(
                            new Action.SwitchPrincipal(
                                    store.get().name(),
                                    NO_POOL,
                                    DatabaseType.USER,
                                    one,
                                    store.get().at(to).orElseThrow(),
                                    to,
                                    false),
                            1447)
                    : SqlAnswer.failed(1470, "only on the current principal server");
        }
        if (sql.endsWith("SET PARTNER FORCE_SERVICE_ALLOW_DATA_LOSS")) {
            return principal
                    ? SqlAnswer.failed(1455, "not in the correct state to become the principal")
                    : twin.act(
                            new Action.ForceService(
                                    store.get().name(),
                                    one,
                                    request.instance(),
                                    here.orElseThrow()),
                            1455);
        }
        if (sql.endsWith("SET PARTNER RESUME")) {
            return principal
                    ? twin.act(
                            new Action.ResumeMirroring(
                                    store.get().name(),
                                    one,
                                    request.instance(),
                                    here.orElseThrow()),
                            1456)
                    : SqlAnswer.failed(1470, "only on the current principal server");
        }
        return SqlAnswer.failed(102, "Incorrect syntax: " + sql);
    }
}
