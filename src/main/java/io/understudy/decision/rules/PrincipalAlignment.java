package io.understudy.decision.rules;

import io.understudy.decision.Clause;
import io.understudy.decision.DataLoss;
import io.understudy.decision.FindingCode;
import io.understudy.decision.GateClause;
import io.understudy.decision.Interruption;
import io.understudy.decision.Remediation;
import io.understudy.decision.Remedy;
import io.understudy.decision.Severity;
import io.understudy.estate.Database;
import io.understudy.estate.DatabaseType;
import io.understudy.estate.Pool;
import io.understudy.estate.Position;
import io.understudy.health.Aspect;
import io.understudy.health.Facts;
import io.understudy.health.MirroringHistory;
import io.understudy.health.MirroringState;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Row B13: principals that are split over both partners are brought to one side. */
final class PrincipalAlignment {

    private PrincipalAlignment() {}

    static Proposal propose(StoreCase c, Row row, Pool named) {
        StoreSituation s = c.store();
        Position to = side(c);
        var finding =
                c.finding(
                        FindingCode.PRINCIPALS_SPLIT,
                        row,
                        Severity.WARNING,
                        s.sight().facts(s.store().id()).since(Aspect.MIRRORING),
                        s.principal());
        Remedy remedy =
                new Remedy.PrincipalAlignment(
                        s.store().name(),
                        named.fqdn(),
                        s.store().at(to).orElseThrow(),
                        to,
                        typesNotOn(c, to));
        return Proposal.of(row, finding, remedy)
                .acting(
                        gate(c, to),
                        new DataLoss.None(),
                        new Interruption(
                                "users of the databases that move hardly notice; open transactions roll back",
                                MirrorFailover.expected(c),
                                MirrorFailover.TARGET))
                .rejecting(Remediation.POOL_FAILOVER, "every database is served");
    }

    /**
     * Where most principals are, so that few move; else, and where the Front End Servers need the
     * primary store's vote, the configured primary.
     */
    private static Position side(StoreCase c) {
        long onMirror = rows(c).filter(side -> side == Position.MIRROR).count();
        long onPrimary = rows(c).filter(side -> side == Position.PRIMARY).count();
        boolean voteNeeded = !c.pools().stream().allMatch(PoolSituation::functionalWithoutVote);
        return onMirror > onPrimary && !voteNeeded ? Position.MIRROR : Position.PRIMARY;
    }

    private static Stream<Position> rows(StoreCase c) {
        return c.sight().facts(c.store().store().id()).mirroring().values().stream()
                .flatMap(history -> history.row().principalOn().stream());
    }

    private static List<DatabaseType> typesNotOn(StoreCase c, Position side) {
        Set<DatabaseType> types = EnumSet.noneOf(DatabaseType.class);
        for (Database database : c.store().store().databases()) {
            Optional.ofNullable(
                            c.sight()
                                    .facts(c.store().store().id())
                                    .mirroring()
                                    .get(database.name()))
                    .map(MirroringHistory::row)
                    .filter(row -> row.principalOn().filter(on -> on != side).isPresent())
                    .ifPresent(_ -> types.add(database.type()));
        }
        return List.copyOf(types);
    }

    private static List<GateClause> gate(StoreCase c, Position to) {
        StoreSituation s = c.store();
        List<GateClause> gate = new ArrayList<>();
        gate.add(MirrorGate.mirrorReachable(s));
        gate.add(allSynchronized(c));
        gate.add(MirrorGate.witness(s));
        gate.add(
                to == Position.PRIMARY
                        ? MirrorGate.quorumKept(c)
                        : MirrorGate.quorumKeptWithoutVote(c));
        gate.addAll(
                new StartGate(s.sight()).clauses(Remediation.PRINCIPAL_ALIGNMENT, s.store().id()));
        return gate;
    }

    static GateClause allSynchronized(StoreCase c) {
        boolean proven = areAllSynchronized(c);
        return Sight.clause(
                Clause.ALL_SYNCHRONIZED,
                proven,
                proven
                        ? "every database of " + c.store().store().id() + " is SYNCHRONIZED"
                        : "not every database of "
                                + c.store().store().id()
                                + " is freshly seen SYNCHRONIZED");
    }

    /** Whether every database of the store is freshly told to be SYNCHRONIZED. */
    private static boolean areAllSynchronized(StoreCase c) {
        List<Facts.MirroringRow> rows =
                c.store().told().map(Facts.OfStore::mirroring).orElse(List.of());
        return c.store().store().databases().stream()
                        .allMatch(database ->
                                rows.stream()
                                        .anyMatch(row ->
                                                row.database().equals(database.name())
                                                        && row.state()
                                                                == MirroringState.SYNCHRONIZED))
                && !rows.isEmpty();
    }
}
