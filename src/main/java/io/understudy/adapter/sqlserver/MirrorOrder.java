package io.understudy.adapter.sqlserver;

import io.understudy.adapter.spi.StepExecutor.Presence;
import io.understudy.adapter.sqlserver.Plan.Planned;
import io.understudy.adapter.sqlserver.SqlTrouble.Kind;
import io.understudy.estate.SqlInstance;
import io.understudy.health.MirroringState;
import io.understudy.health.Safety;
import io.understudy.health.WitnessState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes the databases of a mirrored store principal on another instance (domain.md 4.5).
 *
 * <p>While the present principal can be reached only SET PARTNER FAILOVER there is ever sent, which
 * loses nothing, whatever the action allows. FORCE_SERVICE_ALLOW_DATA_LOSS is sent to the mirror
 * when the action allows it and both we and the mirror have lost the principal, and the witness, if
 * there is one, is connected to the mirror.
 *
 * @param to who becomes principal
 * @param other its partner
 * @param force what may be forced
 */
record MirrorOrder(
        Visit visit, List<String> databases, SqlInstance to, SqlInstance other, Force force)
        implements Order {

    private static final String WAIT_OR_FORCE =
            "wait until the mirror is SYNCHRONIZED, or decide a forced mirror failover";

    /** What an action allows. */
    enum Force {
        /** Nothing: a planned switch. */
        NONE,
        /** A lost principal's mirror that was in step with it, as the decision has shown. */
        LOST_PRINCIPAL,
        /** Nothing but force: a reachable principal is for another action. */
        ONLY
    }

    /** The present principal's side, or why it cannot be seen. */
    private record Other(Map<String, MirrorRow> rows, Optional<SqlTrouble> trouble) {}

    @Override
    public Presence presence() throws SqlTrouble {
        Map<String, MirrorRow> rows = MirrorRow.read(visit, to);
        Presence presence = Presence.DONE;
        for (String database : databases) {
            MirrorRow row = rows.get(database);
            if (row == null || row.role().isEmpty()) {
                return Presence.CANNOT_TELL;
            }
            if (row.state() == MirroringState.PENDING_FAILOVER) {
                return Presence.UNDER_WAY;
            }
            presence = row.principal() ? presence : Presence.NOT_DONE;
        }
        return presence;
    }

    @Override
    public Plan plan(List<String> some) throws SqlTrouble {
        Map<String, MirrorRow> here = MirrorRow.read(visit, to);
        Optional<Other> seen = Optional.empty();
        List<Planned> statements = new ArrayList<>();
        for (String database : some) {
            MirrorRow row = here.get(database);
            if (row != null && row.principal()) {
                continue;
            }
            Optional<Plan> unfit = unfit(database, row);
            if (row == null || unfit.isPresent()) {
                return unfit.orElse(Plan.nothing());
            }
            Other there = seen.isPresent() ? seen.get() : look();
            seen = Optional.of(there);
            Plan plan = plan(row, there);
            if (!(plan instanceof Plan.Ready ready)) {
                return plan;
            }
            statements.addAll(ready.statements());
        }
        return new Plan.Ready(statements);
    }

    private Other look() throws SqlTrouble {
        try {
            return new Other(MirrorRow.read(visit, other), Optional.empty());
        } catch (SqlTrouble e) {
            if (e.kind() == Kind.INTERRUPTED) {
                throw e;
            }
            return new Other(Map.of(), Optional.of(e));
        }
    }

    /** Why the database cannot become principal here, whatever the other side says. */
    private Optional<Plan> unfit(String database, @Nullable MirrorRow row) {
        if (row == null) {
            return Optional.of(
                    Plan.fatal(
                            "sql:" + to + " has no database " + database,
                            "correct the estate document, or set mirroring up"));
        }
        if (row.role().isEmpty()) {
            return Optional.of(
                    Plan.refused(
                            "what "
                                    + database
                                    + " is on sql:"
                                    + to
                                    + " cannot be told:"
                                    + " mirroring_role is NULL and the database "
                                    + row.databaseState(),
                            "see that it is mirrored, and that our login is sysadmin: on a mirror"
                                    + " nobody else sees mirroring_*"));
        }
        return row.state() == MirroringState.PENDING_FAILOVER
                ? Optional.of(Plan.later(database + " is failing over already"))
                : Optional.empty();
    }

    private Plan plan(MirrorRow mirror, Other there) {
        String database = mirror.database();
        if (there.trouble().isPresent()) {
            SqlTrouble trouble = there.trouble().get();
            return trouble.kind() == Kind.UNREACHABLE
                    ? forced(mirror, "the principal cannot be reached, " + trouble.words())
                    : Plan.refused(
                            "whether "
                                    + database
                                    + " is served by sql:"
                                    + other
                                    + " cannot be told: "
                                    + trouble.words(),
                            "let us look at that instance");
        }
        MirrorRow principal = there.rows().get(database);
        if (principal != null && principal.principal()) {
            return planned(mirror, principal);
        }
        if (principal != null && (principal.mirror() || principal.online())) {
            return Plan.refused(
                    "sql:"
                            + other
                            + " is not principal of "
                            + database
                            + ", but "
                            + principal.role().orElse("ONLINE without mirroring"),
                    "look at both partners: no failover mends this");
        }
        return forced(mirror, "sql:" + other + " does not have " + database + " online");
    }

    private Plan planned(MirrorRow mirror, MirrorRow principal) {
        String database = mirror.database();
        if (force == Force.ONLY) {
            return Plan.refused(
                    "the principal of "
                            + database
                            + " can be reached on sql:"
                            + other
                            + ", so service is not forced",
                    "fail over without force, or make sure that the principal is down");
        }
        if (principal.safety() != Safety.FULL) {
            return Plan.refused(
                    "error 1477: safety of " + database + " is " + principal.safety(),
                    KnownError.of(1477).map(KnownError::whatToDo).orElse(""));
        }
        if (principal.state() != MirroringState.SYNCHRONIZED) {
            return Plan.refused(
                    "error 1422: the mirror of " + database + " is " + principal.state(),
                    WAIT_OR_FORCE);
        }
        return one(other, database, "FAILOVER");
    }

    private Plan forced(MirrorRow mirror, String why) {
        String database = mirror.database();
        if (force == Force.NONE) {
            return Plan.refused(
                    "error 1447: a planned switch of " + database + " needs its principal; " + why,
                    KnownError.of(1447).map(KnownError::whatToDo).orElse(""));
        }
        if (mirror.state() != MirroringState.DISCONNECTED) {
            return Plan.refused(
                    why + ", but the mirror of " + database + " still hears it: " + mirror.state(),
                    "mend our way to it, and fail over as planned");
        }
        if (mirror.witnessSet() && mirror.witness() != WitnessState.CONNECTED) {
            return Plan.refused(
                    "error 1406: the witness of " + database + " is " + mirror.witness(),
                    KnownError.of(1406).map(KnownError::whatToDo).orElse(""));
        }
        if (force == Force.LOST_PRINCIPAL && mirror.safety() != Safety.FULL) {
            return Plan.refused(
                    "safety of "
                            + database
                            + " is "
                            + mirror.safety()
                            + ": more than nothing may be lost",
                    "decide a forced mirror failover");
        }
        return one(to, database, "FORCE_SERVICE_ALLOW_DATA_LOSS");
    }

    private static Plan one(SqlInstance on, String database, String what) {
        String sql = "ALTER DATABASE " + Identifier.quoted(database) + " SET PARTNER " + what;
        return new Plan.Ready(List.of(new Planned(on, database, sql)));
    }
}
