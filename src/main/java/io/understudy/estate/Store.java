package io.understudy.estate;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The SQL behind a pool.
 *
 * @param primary the configured primary; for an Availability Group or a cluster the name that
 *     clients use
 * @param mirror the configured mirror, or the Availability Group's other replica
 * @param criticalMode whether instant messages and conferences stop when this archiving store
 *     cannot be written (BlockOnArchiveFailure, domain.md 5.6)
 * @param witness the third instance that lets a mirror take over by itself
 */
public record Store(
        StoreName name,
        SiteName site,
        StoreTechnology technology,
        SqlInstance primary,
        Optional<SqlInstance> mirror,
        Optional<SqlInstance> witness,
        List<Database> databases,
        Optional<LogShipping> logShipping,
        boolean criticalMode) {

    public Store {
        databases = List.copyOf(databases);
    }

    /** A store whose loss does not stop instant messages. */
    public Store(
            StoreName name,
            SiteName site,
            StoreTechnology technology,
            SqlInstance primary,
            Optional<SqlInstance> mirror,
            Optional<SqlInstance> witness,
            List<Database> databases,
            Optional<LogShipping> logShipping) {
        this(name, site, technology, primary, mirror, witness, databases, logShipping, false);
    }

    /** The instance at a configured position; empty where the store has none. */
    public Optional<SqlInstance> at(Position position) {
        return position == Position.PRIMARY ? Optional.of(primary) : mirror;
    }

    /** The database types kept here, in the order of the enumeration. */
    public Set<DatabaseType> databaseTypes() {
        EnumSet<DatabaseType> types = EnumSet.noneOf(DatabaseType.class);
        databases.forEach(database -> types.add(database.type()));
        return types;
    }

    /** Every instance that has a part in it: primary, mirror, witness, log shipping secondary. */
    public List<ComponentId> instances() {
        List<ComponentId> instances = new ArrayList<>(4);
        instances.add(ComponentId.of(primary));
        mirror.map(ComponentId::of).ifPresent(instances::add);
        witness.map(ComponentId::of).ifPresent(instances::add);
        logShipping.map(LogShipping::secondary).map(ComponentId::of).ifPresent(instances::add);
        return instances;
    }

    public ComponentId id() {
        return ComponentId.of(name);
    }
}
