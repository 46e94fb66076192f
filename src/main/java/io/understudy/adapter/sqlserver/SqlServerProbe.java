package io.understudy.adapter.sqlserver;

import io.understudy.adapter.spi.Probe;
import io.understudy.adapter.spi.Secrets;
import io.understudy.estate.ComponentId;
import io.understudy.estate.Estate;
import io.understudy.estate.ObserverName;
import io.understudy.estate.Position;
import io.understudy.estate.SqlInstance;
import io.understudy.estate.Store;
import io.understudy.estate.StoreTechnology;
import io.understudy.health.Facts;
import io.understudy.health.Status;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;

/**
 * Looks at SQL Server instances and stores; it never writes.
 *
 * <p>{@code sql:} is UP when it lets us in and answers. A connection that is refused, reset or
 * timed out is DOWN; one question that is not answered in time, or no connection free, is DEGRADED:
 * overload is not death. A wrong password, an untrusted certificate or an unknown host name is the
 * probe's own trouble: UNKNOWN. {@code store:} is UP when every database is served where it is
 * principal, DEGRADED when some are, DOWN when both partners were judged and none is.
 */
public final class SqlServerProbe implements Probe {

    private final Supplier<Estate> estate;
    private final Connections connections;

    /**
     * A probe.
     *
     * @param estate the estate as it is at the moment of a reading
     */
    public SqlServerProbe(Supplier<Estate> estate, SqlServerSettings settings, Secrets secrets) {
        this.estate = estate;
        this.connections = new Connections(settings, secrets);
    }

    @Override
    public boolean sees(ComponentId component) {
        return switch (component.kind()) {
            case SQL -> instance(component).isPresent();
            case STORE -> store(component).filter(this::sees).isPresent();
            case SERVER, POOL, FILE_STORE, SITE, OBSERVER -> false;
        };
    }

    private boolean sees(Store store) {
        boolean alone = !twofold(store);
        return connections.knows(store.primary())
                && (alone || store.mirror().filter(connections::knows).isPresent());
    }

    private static boolean twofold(Store store) {
        return store.technology() == StoreTechnology.MIRRORING
                || store.technology() == StoreTechnology.AVAILABILITY_GROUP;
    }

    @Override
    public Reading read(ObserverName observer, ComponentId component) {
        Optional<Store> store = store(component).filter(this::sees);
        if (store.isPresent()) {
            return read(store.get());
        }
        Optional<SqlInstance> instance = instance(component);
        if (instance.isEmpty()) {
            return new Reading(
                    Status.UNKNOWN, new Facts.None(), "no SQL Server target for " + component);
        }
        try (Visit visit = new Visit(connections)) {
            String name =
                    visit.ask(instance.get(), "SELECT @@SERVERNAME AS server_name").stream()
                            .findFirst()
                            .map(row -> row.name("server_name"))
                            .orElse("");
            return new Reading(Status.UP, new Facts.None(), component + " answers as " + name);
        } catch (SqlTrouble e) {
            return new Reading(status(e), new Facts.None(), e.words());
        }
    }

    /** What trouble says of the instance. */
    static Status status(SqlTrouble e) {
        return switch (e.kind()) {
            case UNREACHABLE, LOST -> Status.DOWN;
            case SERVER, TIMED_OUT -> Status.DEGRADED;
            case OUR_OWN, INTERRUPTED -> Status.UNKNOWN;
        };
    }

    private Reading read(Store store) {
        Side primary = Side.look(connections, store, store.primary());
        return switch (store.technology()) {
            case MIRRORING -> {
                Side mirror = other(store);
                yield new MirroredStore(
                                store,
                                primary,
                                mirror,
                                ShippedLook.look(connections, store, primary, mirror))
                        .reading();
            }
            case AVAILABILITY_GROUP -> new GroupedStore(store, primary, other(store)).reading();
            case FAILOVER_CLUSTER, STANDALONE ->
                    single(store, primary, ShippedLook.look(connections, store, primary, primary));
        };
    }

    private Side other(Store store) {
        return Side.look(connections, store, store.at(Position.MIRROR).orElseThrow());
    }

    private static Reading single(Store store, Side side, Optional<Facts.ShippedLog> shipped) {
        Facts facts =
                side.answered()
                        ? new Facts.OfStore(
                                List.of(),
                                Optional.empty(),
                                shipped,
                                OptionalLong.empty(),
                                OptionalLong.empty(),
                                side.logFull())
                        : new Facts.None();
        Status status =
                side.answered()
                        ? Side.status(side.served().size(), store.databases().size(), true)
                        : side.status();
        return new Reading(status, facts, side.detail());
    }

    private Optional<Store> store(ComponentId component) {
        return estate.get().stores().stream()
                .filter(store -> store.id().equals(component))
                .findFirst();
    }

    private Optional<SqlInstance> instance(ComponentId component) {
        return connections.settings().targets().keySet().stream()
                .filter(instance -> ComponentId.of(instance).equals(component))
                .findFirst();
    }
}
