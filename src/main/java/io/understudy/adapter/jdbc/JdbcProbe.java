package io.understudy.adapter.jdbc;

import io.understudy.adapter.spi.Probe;
import io.understudy.estate.ComponentId;
import io.understudy.estate.Estate;
import io.understudy.estate.ObserverName;
import io.understudy.estate.Position;
import io.understudy.estate.Store;
import io.understudy.health.Facts;
import io.understudy.health.Status;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Looks at stores of PostgreSQL servers by JDBC.
 *
 * <p>{@code sql:} is UP when it answers as a standby, or commits a write of the observer's own row
 * in the table {@code understudy_probe} within the limit. Refused or timed-out connections are
 * DOWN; a write that hangs or fails, or too many connections, is DEGRADED: overload and a lost
 * standby are not death. A wrong password, an unknown host name or a missing right is the probe's
 * own trouble: UNKNOWN. {@code store:} is what its principal is, with rows that say where that is
 * and how far the mirror has come.
 */
public final class JdbcProbe implements Probe {

    private final Supplier<Estate> estate;
    private final JdbcProbeSettings settings;

    /**
     * A probe.
     *
     * @param estate the estate as it is at the moment of a reading
     */
    public JdbcProbe(Supplier<Estate> estate, JdbcProbeSettings settings) {
        this.estate = estate;
        this.settings = settings;
    }

    @Override
    public boolean sees(ComponentId component) {
        return switch (component.kind()) {
            case SQL -> target(component).isPresent();
            case STORE ->
                    store(component)
                            .filter(s -> sees(s, Position.PRIMARY) && sees(s, Position.MIRROR))
                            .isPresent();
            case SERVER, POOL, FILE_STORE, SITE, OBSERVER -> false;
        };
    }

    private boolean sees(Store store, Position position) {
        return store.at(position).filter(settings.targets()::containsKey).isPresent();
    }

    @Override
    public Reading read(ObserverName observer, ComponentId component) {
        if (!sees(component)) {
            return new Reading(Status.UNKNOWN, new Facts.None(), "no JDBC target for " + component);
        }
        Optional<Store> store = store(component);
        if (store.isPresent()) {
            JdbcSide primary = look(store.get(), Position.PRIMARY, observer);
            JdbcSide mirror = look(store.get(), Position.MIRROR, observer);
            return new JdbcStore(store.get(), primary, mirror).reading();
        }
        JdbcSide side =
                target(component)
                        .map(target -> new JdbcInstance(settings, target, "").look(observer))
                        .orElseThrow();
        return new Reading(side.status(), new Facts.None(), component + ": " + side.detail());
    }

    private JdbcSide look(Store store, Position position, ObserverName observer) {
        String partnerName =
                store.at(position.other())
                        .flatMap(sql -> Optional.ofNullable(settings.targets().get(sql)))
                        .map(JdbcTarget::standbyName)
                        .orElse("");
        return store.at(position)
                .flatMap(sql -> Optional.ofNullable(settings.targets().get(sql)))
                .map(target -> new JdbcInstance(settings, target, partnerName).look(observer))
                .orElseGet(() -> JdbcSide.silent(Status.UNKNOWN, "no JDBC target"));
    }

    private Optional<Store> store(ComponentId component) {
        return estate.get().stores().stream()
                .filter(store -> store.id().equals(component))
                .findFirst();
    }

    private Optional<JdbcTarget> target(ComponentId component) {
        return settings.targets().entrySet().stream()
                .filter(entry -> ComponentId.of(entry.getKey()).equals(component))
                .map(entry -> entry.getValue())
                .findFirst();
    }
}
