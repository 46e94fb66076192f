package io.understudy.adapter.sqlserver;

import static io.understudy.adapter.sqlserver.KnownError.Reaction.FATAL;
import static io.understudy.adapter.sqlserver.KnownError.Reaction.INFORMATION;
import static io.understudy.adapter.sqlserver.KnownError.Reaction.LOOK_AGAIN;
import static io.understudy.adapter.sqlserver.KnownError.Reaction.REFUSED;
import static io.understudy.adapter.sqlserver.KnownError.Reaction.RETRY;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * SQL Server's error numbers, what each asks for and what a person does about it (domain.md 4.8;
 * those below the line are of log shipping, Availability Groups and logins).
 *
 * @param whatToDo for people; empty where the service itself does what is to do
 */
record KnownError(int number, Reaction reaction, String whatToDo) {

    /** What an order does on hearing the number. */
    enum Reaction {
        /** It had no effect, and may work later. */
        RETRY,
        /** It had no effect, and will have none until something changes. */
        REFUSED,
        /** It had no effect, and repeating is of no use. */
        FATAL,
        /** Whether it had an effect must be read from the views. */
        LOOK_AGAIN,
        /** It is no failure: it tells of a change. */
        INFORMATION
    }

    private static final KnownError[] ALL = {
        known(921, RETRY, "wait until the database is recovered"),
        known(922, RETRY, "wait until the database is recovered"),
        known(927, RETRY, "wait until the restore has ended"),
        known(945, REFUSED, "mend the instance: files, memory or disk are short"),
        known(952, RETRY, "wait until the database has left its transition"),
        known(954, FATAL, "ask the other partner: this one is the mirror"),
        known(955, REFUSED, "bring a partner or the witness back: quorum is lost"),
        known(956, REFUSED, "bring the partner back: the database is not synchronized with it yet"),
        known(978, RETRY, "ask the primary replica: this one takes read intent only"),
        known(
                983,
                RETRY,
                "wait until the replica is PRIMARY or SECONDARY: the cluster resolves it"),
        known(1402, REFUSED, "set the witness again from a partner: it has no such session"),
        known(1403, REFUSED, "set the witness again from a partner: it got an error"),
        known(1404, RETRY, "wait: the mirror is busy"),
        known(
                1406,
                REFUSED,
                "bring the witness or the principal back; as the last resort a person removes"
                        + " mirroring and recovers the database, which loses data"),
        known(1413, LOOK_AGAIN, "look at the mirroring state, then try again"),
        known(1416, FATAL, "name a database that is mirrored"),
        known(1417, FATAL, "enable database mirroring on the instance"),
        known(1418, REFUSED, "check DNS, port 5022, the endpoint's state and its login"),
        known(1419, REFUSED, "rebuild the mirror: the remote copy cannot be opened"),
        known(1421, LOOK_AGAIN, "look at the mirroring state, then try again"),
        known(1422, REFUSED, "wait until the mirror is SYNCHRONIZED, or force with approval"),
        known(1426, REFUSED, "connect all three and wait until the mirror has caught up"),
        known(1427, REFUSED, "check the witness's service and permissions"),
        known(1428, RETRY, "wait until the server can serve the request"),
        known(1431, REFUSED, "bring the partner or the witness back: quorum is lost"),
        known(1433, REFUSED, "look whether the session still has a witness"),
        known(1438, LOOK_AGAIN, "look at the mirroring state, then try again"),
        known(1440, INFORMATION, ""),
        known(1441, INFORMATION, ""),
        known(1442, INFORMATION, ""),
        known(1443, INFORMATION, ""),
        known(1445, REFUSED, "bring a partner or the witness back: the session lacks quorum"),
        known(1447, REFUSED, "connect both partners, or force service when the principal is lost"),
        known(1448, REFUSED, "rebuild the mirror: the remote copy does not exist"),
        known(1453, REFUSED, "mend the error on the remote partner, then SET PARTNER RESUME"),
        known(1454, REFUSED, "mend the error on the named instance, then SET PARTNER RESUME"),
        known(1455, REFUSED, "do not repeat it: the database cannot become principal as it is"),
        known(1456, REFUSED, "check the remote instance, often the witness; nothing has changed"),
        known(1457, REFUSED, "bring the principal back: the mirror is inconsistent"),
        known(1458, REFUSED, "mend the page on the principal, then SET PARTNER RESUME"),
        known(1459, REFUSED, "SET PARTNER OFF and set mirroring up again: its metadata is damaged"),
        known(1462, REFUSED, "rebuild the mirror: redo has failed"),
        known(1464, FATAL, "restore the mirror WITH NORECOVERY first"),
        known(1465, FATAL, "set the recovery model to FULL"),
        known(1466, FATAL, "take the database out of read-only"),
        known(1468, FATAL, "choose another operation: the database is mirrored"),
        known(1470, FATAL, "ask the principal: the roles have changed meanwhile"),
        known(1474, LOOK_AGAIN, "look at the mirroring state: a connection failed"),
        known(1475, FATAL, "back up the log: it has bulk-logged changes"),
        known(1477, REFUSED, "SET PARTNER SAFETY FULL first"),
        known(1478, FATAL, "apply the later log backups to the mirror first"),
        known(1479, LOOK_AGAIN, "look at the mirroring state: the partners' connection timed out"),
        known(1480, INFORMATION, ""),
        known(9002, REFUSED, "back up the transaction log: it is full"),
        known(
                32040,
                INFORMATION,
                "a threshold of mirroring is exceeded: oldest unsent transaction"),
        known(32042, INFORMATION, "a threshold of mirroring is exceeded: unsent log"),
        known(32043, INFORMATION, "a threshold of mirroring is exceeded: unrestored log"),
        known(32044, INFORMATION, "a threshold of mirroring is exceeded: mirror commit overhead"),
        // ------------------------------------------------------------------
        known(229, FATAL, "give the login the permission: docs/sqlserver.md lists them"),
        known(262, FATAL, "give the login the permission: docs/sqlserver.md lists them"),
        known(297, FATAL, "give the login the permission: docs/sqlserver.md lists them"),
        known(300, FATAL, "give the login the permission: docs/sqlserver.md lists them"),
        known(916, FATAL, "map the login to a user of the database"),
        known(15247, FATAL, "give the login the permission: docs/sqlserver.md lists them"),
        known(911, FATAL, "correct the name of the database, or create it"),
        known(5011, FATAL, "the database does not exist, or the login may not alter it"),
        known(5061, RETRY, "wait until the lock on the database is free"),
        known(1205, RETRY, "try again: it was chosen as the victim of a deadlock"),
        known(1222, RETRY, "try again: a lock was not had in time"),
        known(3101, RETRY, "end the sessions in the database: it is in use"),
        known(3117, REFUSED, "restore a full backup WITH NORECOVERY first"),
        known(3154, REFUSED, "choose the backup of this very database"),
        known(3201, REFUSED, "check that SQL Server's account can open the backup file"),
        known(4305, REFUSED, "find the log backup that is missing: there is a gap in the chain"),
        known(4326, INFORMATION, "the log backup is applied already"),
        known(6106, INFORMATION, "the session has ended already"),
        known(15151, FATAL, "the group does not exist, or the login may not alter it"),
        known(18456, FATAL, "correct the login or its password"),
        known(41142, REFUSED, "wait until every database of the replica is synchronized"),
    };

    private static final Map<Integer, KnownError> BY_NUMBER =
            Arrays.stream(ALL)
                    .collect(Collectors.toUnmodifiableMap(KnownError::number, Function.identity()));

    static Optional<KnownError> of(int number) {
        return Optional.ofNullable(BY_NUMBER.get(number));
    }

    private static KnownError known(int number, Reaction reaction, String whatToDo) {
        return new KnownError(number, reaction, whatToDo);
    }
}
