package io.understudy.runbook;

import io.understudy.estate.ComponentId;
import io.understudy.estate.Database;
import io.understudy.estate.Estate;
import io.understudy.estate.Position;
import io.understudy.estate.SqlInstance;
import io.understudy.estate.Store;
import io.understudy.estate.StoreName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Runbooks of Availability Groups (domain.md 4.10): the whole group moves, by T-SQL alone. */
final class AvailabilityGroup {

    private static final Duration LIMIT = Duration.ofMinutes(5);

    private AvailabilityGroup() {}

    static Draft failover(StoreName name, SqlInstance to, boolean force, Estate estate) {
        Store store = Words.store(estate, name);
        List<String> databases = store.databases().stream().map(Database::name).toList();
        Position position = store.primary().equals(to) ? Position.PRIMARY : Position.MIRROR;
        Draft draft =
                Draft.of(
                                (force ? "Force" : "Fail")
                                        + " the Availability Group of "
                                        + ComponentId.of(name)
                                        + (force ? " onto " : " over to ")
                                        + to,
                                new Action.FailOverGroup(name, databases, to, position, force),
                                LIMIT,
                                command(to, databases, force))
                        .seen(
                                new Verification.PrimaryReplicaOn(name, position),
                                new Verification.Serves(ComponentId.of(to)))
                        .noting(notes(force));
        return force
                ? draft.undoneBy(
                                "nothing brings back what the secondary had not received, but"
                                        + " salvage from the old primary before its data movement"
                                        + " is resumed")
                        .forGood()
                : draft.undoneBy(
                        "the same statement on the other replica, once it is ready for failover");
    }

    /** The estate does not know the group's name; its databases do. */
    private static String command(SqlInstance to, List<String> databases, boolean force) {
        String database = databases.isEmpty() ? "rtcxds" : databases.getFirst();
        return String.join(
                "\n",
                "-- on " + to + ": which group is it",
                "SELECT g.name FROM sys.availability_groups g"
                        + " JOIN sys.availability_databases_cluster d ON d.group_id = g.group_id"
                        + " WHERE d.database_name = "
                        + Words.literal(database)
                        + ";",
                "ALTER AVAILABILITY GROUP [<its name>] "
                        + (force ? "FORCE_FAILOVER_ALLOW_DATA_LOSS" : "FAILOVER")
                        + ";");
    }

    private static List<String> notes(boolean force) {
        List<String> notes = new ArrayList<>();
        notes.add(
                "no cmdlet of the product fails a group over, and Invoke-CsDatabaseFailover is for"
                        + " mirrors: run it on the replica that takes over");
        if (force) {
            notes.add(
                    "the cluster must have quorum, and the old primary must not serve any more; not"
                            + " towards databases that are REVERTING or INITIALIZING");
            notes.add(
                    "afterwards data movement of the other replicas is suspended: salvage first,"
                            + " then ALTER DATABASE … SET HADR RESUME on each of them, which"
                            + " discards what only they had");
        } else {
            notes.add(
                    "refused unless both replicas commit synchronously and the secondary is"
                            + " SYNCHRONIZED (is_failover_ready is 1)");
        }
        notes.add("it answers when it is accepted; recovery follows: look at the role");
        return notes;
    }
}
