package io.understudy.runbook;

import io.understudy.decision.Decision;
import io.understudy.decision.Remediation;
import io.understudy.decision.Remedy;
import io.understudy.estate.ComponentId;
import io.understudy.estate.Database;
import io.understudy.estate.DatabaseType;
import io.understudy.estate.Estate;
import io.understudy.estate.Pool;
import io.understudy.estate.PoolFqdn;
import io.understudy.estate.Position;
import io.understudy.estate.SqlInstance;
import io.understudy.estate.Store;
import io.understudy.estate.StoreName;
import io.understudy.health.PoolState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * From a decision to the steps that carry it out (domain.md 4.3, 5.1).
 *
 * <p>Every runbook begins by judging the evidence afresh under the run's locks, and every step is
 * verified by what a probe reads afterwards.
 */
public final class Runbooks {

    private static final Duration REASSESS_LIMIT = Duration.ofMinutes(1);
    private static final Duration SWITCH_LIMIT = Duration.ofMinutes(5);
    private static final Duration CMS_LIMIT = Duration.ofMinutes(10);
    private static final Duration EDGE_LIMIT = Duration.ofMinutes(10);

    private Runbooks() {}

    /** Whether there is a runbook for it; what has none is carried out by people. */
    public static boolean carriesOut(Remediation remediation) {
        return switch (remediation) {
            case MIRROR_FAILOVER,
                    PRINCIPAL_ALIGNMENT,
                    MIRROR_FAILBACK,
                    CMS_FAILOVER,
                    EDGE_NEXT_HOP_CHANGE,
                    POOL_FAILOVER ->
                    true;
            case NONE,
                    WAIT,
                    REPAIR,
                    FORCED_MIRROR_FAILOVER,
                    AVAILABILITY_GROUP_FAILOVER,
                    FORCED_AVAILABILITY_GROUP_FAILOVER,
                    QUORUM_RECOVERY,
                    POOL_FAILBACK,
                    CHAT_FAILOVER,
                    CHAT_FAILBACK ->
                    false;
        };
    }

    /** One switch of a store's principals, whatever the reason. */
    private record Switch(
            StoreName store, PoolFqdn pool, SqlInstance to, Position newPrincipal, boolean force) {}

    /**
     * The runbook of a decision that is carried out.
     *
     * @throws IllegalArgumentException when the decision is not acted upon, or names what the
     *     estate does not have
     */
    public static Runbook of(Decision decision, Estate estate) {
        List<Step> steps = new ArrayList<>();
        steps.add(reassess());
        switch (decision.remedy()) {
            case Remedy.MirrorFailover remedy -> {
                boolean force = remedy.principalInaccessible();
                mirror(
                        new Switch(
                                remedy.store(),
                                remedy.pool(),
                                remedy.to(),
                                remedy.newPrincipal(),
                                force),
                        remedy.types(),
                        estate,
                        steps);
            }
            case Remedy.PrincipalAlignment remedy ->
                    mirror(
                            new Switch(
                                    remedy.store(),
                                    remedy.pool(),
                                    remedy.to(),
                                    remedy.newPrincipal(),
                                    false),
                            remedy.types(),
                            estate,
                            steps);
            case Remedy.MirrorFailback remedy ->
                    mirror(
                            new Switch(
                                    remedy.store(),
                                    remedy.pool(),
                                    remedy.to(),
                                    Position.PRIMARY,
                                    false),
                            remedy.types(),
                            estate,
                            steps);
            case Remedy.CmsFailover remedy -> steps.add(cms(remedy, estate));
            case Remedy.EdgeNextHopChange remedy -> steps.add(edge(remedy, estate));
            case Remedy.PoolFailover remedy -> steps.add(pool(remedy, estate));
            case Remedy.ForcedMirrorFailover _,
                    Remedy.AvailabilityGroupFailover _,
                    Remedy.ForcedAvailabilityGroupFailover _,
                    Remedy.QuorumRecovery _,
                    Remedy.PoolFailback _,
                    Remedy.ChatFailover _,
                    Remedy.ChatFailback _,
                    Remedy.None _,
                    Remedy.Wait _,
                    Remedy.Repair _ ->
                    throw new IllegalArgumentException(decision.remediation() + " has no runbook");
        }
        return new Runbook(decision.remediation(), decision.target(), steps);
    }

    private static Step reassess() {
        return new Step(
                1,
                "Read the evidence afresh; the decision must come out the same",
                new Action.Reassess(),
                "compare every clause of the gate with what the probes read now",
                List.of(),
                "nothing to undo",
                true,
                false,
                false,
                List.of(),
                REASSESS_LIMIT);
    }

    private static void mirror(
            Switch remedy, List<DatabaseType> types, Estate estate, List<Step> steps) {
        Store store =
                estate.store(remedy.store()).orElseThrow(() -> missing("store", remedy.store()));
        for (DatabaseType type : types) {
            steps.add(switchPrincipal(remedy, store, type, steps.size() + 1));
        }
    }

    /**
     * The cmdlet names the goal, not a change: where the goal is seen not to be reached it may be
     * given again.
     */
    private static Step switchPrincipal(Switch remedy, Store store, DatabaseType type, int number) {
        List<String> databases =
                store.databases().stream()
                        .filter(database -> database.type() == type)
                        .map(Database::name)
                        .toList();
        String position = cmdletWord(remedy.newPrincipal().name());
        return new Step(
                number,
                "Make "
                        + remedy.to()
                        + " principal for "
                        + type
                        + " ("
                        + String.join(", ", databases)
                        + ")",
                new Action.SwitchPrincipal(
                        store.name(),
                        remedy.pool(),
                        type,
                        databases,
                        remedy.to(),
                        remedy.newPrincipal(),
                        remedy.force()),
                "Invoke-CsDatabaseFailover -PoolFqdn "
                        + remedy.pool()
                        + " -DatabaseType "
                        + cmdletWord(type.name())
                        + " -NewPrincipal "
                        + position
                        + (remedy.force() ? " -Force" : "")
                        + " -Confirm:$false -Verbose",
                List.of(
                        new Verification.PrincipalOn(
                                store.name(), databases, remedy.newPrincipal()),
                        new Verification.Serves(ComponentId.of(remedy.to()))),
                "the same cmdlet with -NewPrincipal "
                        + cmdletWord(remedy.newPrincipal().other().name())
                        + ", once both partners are SYNCHRONIZED",
                true,
                false,
                false,
                List.of(),
                SWITCH_LIMIT);
    }

    private static Step cms(Remedy.CmsFailover remedy, Estate estate) {
        Pool to = estate.pool(remedy.to()).orElseThrow(() -> missing("pool", remedy.to()));
        Store store = estate.storeOf(to).orElseThrow(() -> missing("store of", remedy.to()));
        String mirror =
                store.mirror()
                        .map(m ->
                                " -BackupMirrorSqlServerFqdn "
                                        + m.fqdn()
                                        + " -BackupMirrorSqlInstanceName "
                                        + m.instance())
                        .orElse("");
        return new Step(
                2,
                "Move the Central Management store from " + remedy.from() + " to " + remedy.to(),
                new Action.MoveCentralManagement(
                        remedy.from(),
                        remedy.to(),
                        store.primary(),
                        store.mirror(),
                        remedy.force()),
                "Invoke-CsManagementServerFailover -BackupSqlServerFqdn "
                        + store.primary().fqdn()
                        + " -BackupSqlInstanceName "
                        + store.primary().instance()
                        + mirror
                        + (remedy.force() ? " -Force" : "")
                        + " -Confirm:$false -Verbose",
                List.of(new Verification.CentralManagementOn(remedy.to())),
                "not at once: a second move too soon is refused; later the same cmdlet on a server of "
                        + remedy.from(),
                false,
                false,
                false,
                List.of(),
                CMS_LIMIT);
    }

    private static Step edge(Remedy.EdgeNextHopChange remedy, Estate estate) {
        boolean sameSite =
                estate.pool(remedy.edgePool())
                        .map(Pool::site)
                        .equals(estate.pool(remedy.to()).map(Pool::site));
        return new Step(
                2,
                "Point the Edge pool " + remedy.edgePool() + " at " + remedy.to(),
                new Action.ChangeNextHop(remedy.edgePool(), remedy.to()),
                sameSite
                        ? "Topology Builder: Edge pool "
                                + remedy.edgePool()
                                + ", Next Hop, "
                                + remedy.to()
                                + ", publish"
                        : "Set-CsEdgeServer -Identity EdgeServer:"
                                + remedy.edgePool()
                                + " -Registrar Registrar:"
                                + remedy.to(),
                List.of(new Verification.NextHopIs(remedy.edgePool(), remedy.to())),
                "the same with " + remedy.from() + ", after that pool has been failed back",
                true,
                false,
                false,
                List.of(),
                EDGE_LIMIT);
    }

    /**
     * Running the same cmdlet again is the documented cure of a failover that stopped (domain.md
     * 5.1 step 7).
     */
    private static Step pool(Remedy.PoolFailover remedy, Estate estate) {
        Pool home = estate.pool(remedy.pool()).orElseThrow(() -> missing("pool", remedy.pool()));
        return new Step(
                2,
                "Fail the pool " + remedy.pool() + " over to " + remedy.to(),
                new Action.FailOverPool(remedy.pool(), remedy.to(), remedy.disasterMode()),
                "Invoke-CsPoolFailOver -PoolFqdn "
                        + remedy.pool()
                        + (remedy.disasterMode() ? " -DisasterMode" : "")
                        + " -Confirm:$false -Verbose",
                List.of(new Verification.PoolStateIs(remedy.pool(), PoolState.FAILED_OVER)),
                "Invoke-CsPoolFailBack -PoolFqdn "
                        + remedy.pool()
                        + ", once the pool is whole again",
                true,
                false,
                false,
                List.of(),
                home.release().poolFailoverRto().multipliedBy(2));
    }

    /** As the cmdlets write it: CentralMgmt for CENTRAL_MGMT. */
    private static String cmdletWord(String name) {
        StringBuilder word = new StringBuilder();
        for (String part : name.split("_", -1)) {
            word.append(part.charAt(0)).append(part.substring(1).toLowerCase(Locale.ROOT));
        }
        return word.toString();
    }

    private static IllegalArgumentException missing(String what, Object name) {
        return new IllegalArgumentException("the estate has no " + what + " " + name);
    }
}
