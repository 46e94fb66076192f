package io.understudy.adapter.sqlserver;

import io.understudy.adapter.spi.StepExecutor.Presence;
import io.understudy.adapter.sqlserver.Plan.Planned;
import io.understudy.adapter.sqlserver.SqlTrouble.Kind;
import io.understudy.estate.SqlInstance;
import io.understudy.health.MirroringState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Resumes the mirroring of databases that are SUSPENDED, on their principal (domain.md 4.5).
 *
 * <p>Both partners are looked at before each statement: it is sent while the principal says
 * SUSPENDED and its partner says that it is the mirror and hears it. Whether the mirror has caught
 * up is not waited for here.
 */
record ResumeOrder(Visit visit, List<String> databases, SqlInstance principal, SqlInstance mirror)
        implements Order {

    private static final String CONNECT = "connect the partners first; mirroring is left as it is";

    @Override
    public Presence presence() throws SqlTrouble {
        Map<String, MirrorRow> rows = MirrorRow.read(visit, principal);
        Presence presence = Presence.DONE;
        for (String database : databases) {
            MirrorRow row = rows.get(database);
            Presence one = row == null ? Presence.CANNOT_TELL : presence(row);
            if (one == Presence.CANNOT_TELL || one == Presence.UNDER_WAY) {
                return one;
            }
            presence = one == Presence.DONE ? presence : one;
        }
        return presence;
    }

    private static Presence presence(MirrorRow row) {
        return switch (row.state()) {
            case PENDING_FAILOVER -> Presence.UNDER_WAY;
            case UNKNOWN -> Presence.CANNOT_TELL;
            case SUSPENDED, DISCONNECTED -> Presence.NOT_DONE;
            case SYNCHRONIZED, SYNCHRONIZING, UNSYNCHRONIZED ->
                    row.principal() ? Presence.DONE : Presence.NOT_DONE;
        };
    }

    @Override
    public Plan plan(List<String> some) throws SqlTrouble {
        Map<String, MirrorRow> here = MirrorRow.read(visit, principal);
        List<String> suspended = new ArrayList<>();
        for (String database : some) {
            MirrorRow row = here.get(database);
            Optional<Plan> unfit = row == null ? Optional.of(unknown(database)) : unfit(row);
            if (unfit.isPresent()) {
                return unfit.get();
            }
            if (row != null && row.state() == MirroringState.SUSPENDED) {
                suspended.add(database);
            }
        }
        return suspended.isEmpty() ? Plan.nothing() : resumed(suspended);
    }

    private Plan unknown(String database) {
        return Plan.fatal(
                "sql:" + principal + " has no database " + database,
                "correct the estate document, or set mirroring up");
    }

    /** Why the database cannot be resumed here, whatever its partner says. */
    private Optional<Plan> unfit(MirrorRow row) {
        String database = row.database();
        if (row.role().isEmpty()) {
            return Optional.of(
                    Plan.refused(
                            database + " is not mirrored on sql:" + principal,
                            "set mirroring up anew, where the session was broken for salvage"));
        }
        if (!row.principal()) {
            return Optional.of(
                    Plan.refused(
                            "error 1470: sql:" + principal + " is not principal of " + database,
                            "look which partner is principal now, and decide anew"));
        }
        return switch (row.state()) {
            case PENDING_FAILOVER -> Optional.of(Plan.later(database + " is failing over"));
            case DISCONNECTED, UNKNOWN ->
                    Optional.of(
                            Plan.refused(
                                    "mirroring of " + database + " is " + row.state(), CONNECT));
            case SUSPENDED, SYNCHRONIZED, SYNCHRONIZING, UNSYNCHRONIZED -> Optional.empty();
        };
    }

    private Plan resumed(List<String> suspended) throws SqlTrouble {
        Map<String, MirrorRow> there;
        try {
            there = MirrorRow.read(visit, mirror);
        } catch (SqlTrouble e) {
            if (e.kind() != Kind.UNREACHABLE) {
                throw e;
            }
            return Plan.refused("the partner cannot be reached, " + e.words(), CONNECT);
        }
        List<Planned> statements = new ArrayList<>();
        for (String database : suspended) {
            Optional<Plan> apart = apart(database, there.get(database));
            if (apart.isPresent()) {
                return apart.get();
            }
            String sql = "ALTER DATABASE " + Identifier.quoted(database) + " SET PARTNER RESUME";
            statements.add(new Planned(principal, database, sql));
        }
        return new Plan.Ready(statements);
    }

    /** Why the partner is none that hears the principal. */
    private Optional<Plan> apart(String database, @Nullable MirrorRow partner) {
        if (partner == null || !partner.mirror()) {
            String role =
                    partner == null
                            ? "does not have it"
                            : partner.role().map(r -> "says " + r).orElse("tells no role");
            return Optional.of(
                    Plan.refused(
                            "sql:"
                                    + mirror
                                    + " is not seen as the mirror of "
                                    + database
                                    + ": it "
                                    + role,
                            "look at both partners, and see that our login is sysadmin: on a mirror"
                                    + " nobody else sees mirroring_*"));
        }
        return partner.state() == MirroringState.DISCONNECTED
                ? Optional.of(
                        Plan.refused(
                                "the mirror of "
                                        + database
                                        + ", sql:"
                                        + mirror
                                        + ", is DISCONNECTED",
                                CONNECT))
                : Optional.empty();
    }
}
