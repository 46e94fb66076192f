package io.understudy.topology;

import io.understudy.estate.DatabaseType;
import io.understudy.estate.Store;
import io.understudy.topology.StoreRelations.Part;
import io.understudy.topology.Topology.Instance;

/** What a topology leaves open of its stores. */
final class StoreNotes {

    private final Topology topology;
    private final StoreRelations relations;
    private final Notes notes;

    StoreNotes(Topology topology, StoreRelations relations, Notes notes) {
        this.topology = topology;
        this.relations = relations;
        this.notes = notes;
    }

    void withoutDatabases(Instance instance) {
        if (!relations.isUsed(instance)) {
            notes.ignored(
                    "SQL instance " + shown(instance),
                    "no database of the topology is installed on it, and it is no mirror, witness or secondary");
        }
    }

    void unnameable(Instance instance) {
        notes.ignored(
                "SQL instance " + shown(instance),
                "its host or its name is none that an estate can have; correct it and add the store by hand");
    }

    void of(Store store, Instance instance, String pointer) {
        switch (store.technology()) {
            case MIRRORING -> mirrored(store, instance, pointer);
            case AVAILABILITY_GROUP -> group(store, instance, pointer);
            case STANDALONE, FAILOVER_CLUSTER -> alone(store, instance, pointer);
        }
        if (store.databaseTypes().contains(DatabaseType.ARCHIVING)) {
            notes.untold(
                    pointer + "/criticalMode",
                    "whether instant messages and conferences stop when archiving fails",
                    "critical mode is a setting, and no part of a topology; false was taken",
                    "Get-CsArchivingConfiguration | Select-Object Identity, BlockOnArchiveFailure");
        }
        if (relations.of(Part.OTHER, instance).isPresent()) {
            notes.ignored(
                    "the mirror of the log-shipping secondary of " + store.name(),
                    "an estate names the secondary only");
        }
        if (relations.isUsed(instance)) {
            notes.untold(
                    pointer + "/primary",
                    "what " + shown(instance) + " is for",
                    "it holds databases of its own and is another store's mirror, witness or secondary as well;"
                            + " an instance serves one store",
                    "Get-CsService -UserDatabase, and the properties of the SQL store in Topology Builder");
        }
    }

    private void mirrored(Store store, Instance instance, String pointer) {
        notes.untold(
                pointer + "/primary",
                "which of the two holds the principal now",
                "a topology tells configured positions, primary and mirror, and no roles; observers will see the roles",
                "Get-CsDatabaseMirrorState -PoolFqdn <pool of "
                        + store.name()
                        + ">; nothing to fill in, unless primary and mirror are to change places");
        if (relations.isGuessed(instance)) {
            notes.untold(
                    pointer + "/mirror",
                    "whether this is the mirror",
                    "the topology lists two databases of one kind and calls neither a mirror; the second was taken"
                            + " for it",
                    "Get-CsDatabaseMirrorState -PoolFqdn <pool of " + store.name() + ">");
        }
        if (store.witness().isEmpty()) {
            notes.untold(
                    pointer + "/witness",
                    "whether there is a witness",
                    "the topology names none that could be recognized",
                    "SELECT DB_NAME(database_id), mirroring_witness_name FROM sys.database_mirroring, on the"
                            + " principal; or the properties of the SQL store in Topology Builder");
        }
    }

    private void group(Store store, Instance instance, String pointer) {
        if (store.mirror().isPresent()) {
            return;
        }
        notes.untold(
                pointer + "/mirror",
                "the Availability Group's other replica",
                "the topology names the replica that was the primary one when it was published, "
                        + Shown.of(instance.alwaysOnPrimary().orElse(""))
                        + ", and none other; as primary stands the name that clients use, "
                        + Shown.of(instance.cluster().fqdn()),
                "SELECT replica_server_name FROM sys.availability_replicas");
    }

    private void alone(Store store, Instance instance, String pointer) {
        if (!Stores.isLocal(topology, instance)) {
            notes.untold(
                    pointer + "/technology",
                    "whether " + shown(instance) + " is a failover cluster",
                    "a topology names a failover cluster like a single server; "
                            + store.technology()
                            + " was taken",
                    "SELECT SERVERPROPERTY('IsClustered'); 1 is FAILOVER_CLUSTER");
        }
    }

    private static String shown(Instance instance) {
        String host = Shown.of(instance.cluster().fqdn());
        return instance.name().isEmpty() ? host : host + "\\" + Shown.of(instance.name());
    }
}
