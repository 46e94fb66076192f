package io.understudy.adapter.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.understudy.estate.ComponentId;
import io.understudy.estate.PoolFqdn;
import io.understudy.estate.ServerFqdn;
import io.understudy.estate.SqlInstance;
import io.understudy.estate.StoreName;
import io.understudy.health.ChatState;
import io.understudy.health.Facts;
import io.understudy.health.MirroringState;
import io.understudy.health.Status;
import io.understudy.runbook.Action;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Persistent Chat moves to its log shipping secondary and back, domain.md 6.6 to 6.8. */
class ChatFailOverTest {

    private static final PoolFqdn CHAT = new PoolFqdn("chat1.contoso.com");
    private static final ComponentId POOL = ComponentId.of(CHAT);
    private static final StoreName NAME = new StoreName("chat1");
    private static final ComponentId STORE = ComponentId.of(NAME);
    private static final SqlInstance PRIMARY = TwinBench.sql("sql81", "chat");
    private static final SqlInstance SECONDARY = TwinBench.sql("sql89", "chat");
    private static final List<String> MGC = List.of("mgc");

    private static final Action STOP = new Action.StopLogShipping(NAME, MGC, SECONDARY);
    private static final Action APPLY = new Action.RestoreLogs(NAME, MGC, SECONDARY);
    private static final Action RECOVER = new Action.RecoverDatabases(NAME, MGC, SECONDARY);
    private static final Action BACK_UP = new Action.BackUpDatabases(NAME, MGC, SECONDARY);
    private static final Action RETURN = new Action.RestoreDatabases(NAME, MGC, PRIMARY);
    private static final Action AWAY = new Action.SetChatState(CHAT, ChatState.FAILED_OVER);
    private static final Action HOME = new Action.SetChatState(CHAT, ChatState.NORMAL);

    private static final TwinSettings SET = TwinSettings.DEFAULT;

    private final TwinBench bench = TwinBench.wide();
    private final TwinOrders orders = new TwinOrders(bench);

    private static Action active(String... hosts) {
        return new Action.SetActiveChatServers(
                CHAT, List.of(hosts).stream().map(TwinBench::host).toList());
    }

    private Facts.ShippedLog shipped() {
        if (bench.see(STORE).facts() instanceof Facts.OfStore told) {
            return told.logShipping().orElseThrow();
        }
        throw new AssertionError("no facts of " + STORE);
    }

    /** A backup was just taken that the secondary has not applied, when both copies are lost. */
    private String lostWithABackupUnapplied() {
        bench.pass(SET.logBackupInterval());
        return bench.kill(STORE);
    }

    private void failedOver() {
        orders.done(STOP);
        orders.done(APPLY);
        orders.done(RECOVER);
        orders.done(AWAY);
    }

    @Test
    void backupsAreTakenAndAppliedWithTheirDelay() {
        bench.pass(SET.logBackupInterval().multipliedBy(3).plus(Duration.ofMinutes(2)));
        assertEquals(Optional.of(Duration.ofMinutes(2)), shipped().lastBackupAge());
        assertEquals(Optional.of(SET.logBackupInterval()), shipped().lastRestoredLatency());
        bench.pass(SET.logRestoreDelay());
        assertEquals(Optional.of(SET.logRestoreDelay()), shipped().lastRestoredLatency());
    }

    @Test
    void aDeadSecondaryAppliesNothingUntilItIsBack() {
        String killed = bench.kill(ComponentId.of(SECONDARY));
        bench.pass(Duration.ofHours(2));
        assertEquals(Optional.of(Duration.ofHours(2)), shipped().lastRestoredLatency());
        bench.twin.clear(killed);
        bench.pass(SET.logRestoreDelay());
        assertEquals(Optional.of(SET.logRestoreDelay()), shipped().lastRestoredLatency());
    }

    @Test
    void chatWorksOnTheSecondaryAfterTheStepsInTheirOrder() {
        lostWithABackupUnapplied();
        assertEquals(Status.DEGRADED, bench.status(POOL));
        failedOver();
        assertEquals(Optional.of(ChatState.FAILED_OVER), bench.pool(CHAT).chatState());
        assertEquals(Status.UP, bench.status(POOL));
        orders.done(active("c3"));
        assertEquals(Optional.of(List.of("c3.contoso.com")), bench.pool(CHAT).activeServers());
        assertEquals(Status.UP, bench.status(POOL));
    }

    @Test
    void eachStepIsRefusedBeforeTheOneThatItNeeds() {
        lostWithABackupUnapplied();
        orders.refused(APPLY, "restore job still works");
        orders.refused(RECOVER, "restore job still works");
        orders.refused(AWAY, "not recovered");
        orders.done(STOP);
        orders.refused(RECOVER, "are not applied");
        orders.done(APPLY);
        orders.refused(AWAY, "not recovered");
        orders.refused(BACK_UP, "RESTORING");
        orders.done(RECOVER);
        orders.there(APPLY);
        orders.done(AWAY);
    }

    @Test
    void chatReturnsToThePrimaryAfterTheStepsInTheirOrder() {
        String lost = lostWithABackupUnapplied();
        failedOver();
        bench.twin.clear(lost);
        orders.refused(HOME, "does not have what was written");
        orders.refused(BACK_UP, "in use");
        orders.refused(RETURN, "no full backup");
        orders.done(active());
        assertEquals(Optional.of(List.of()), bench.pool(CHAT).activeServers());
        assertEquals(Status.DEGRADED, bench.status(POOL));
        orders.done(BACK_UP);
        orders.done(RETURN);
        orders.done(active("c1", "c2"));
        orders.done(HOME);
        assertEquals(Status.UP, bench.status(POOL));
        bench.pass(SET.resynchronization());
        assertEquals(MirroringState.SYNCHRONIZED, mirroring());
    }

    private MirroringState mirroring() {
        if (bench.see(STORE).facts() instanceof Facts.OfStore told) {
            return told.mirroring().getFirst().state();
        }
        throw new AssertionError("no facts of " + STORE);
    }

    @Test
    void afterTheReturnLogShippingIsSetUpAndChatMayFailOverAgain() {
        String lost = lostWithABackupUnapplied();
        failedOver();
        bench.twin.clear(lost);
        orders.done(active());
        orders.done(BACK_UP);
        orders.done(RETURN);
        orders.done(HOME);
        bench.pass(SET.logBackupInterval().plusSeconds(1));
        assertEquals(Optional.of(Duration.ofSeconds(1)), shipped().lastBackupAge());
        bench.kill(STORE);
        failedOver();
    }

    @Test
    void theRestoreIsRefusedWhileServersAreActiveAgain() {
        String lost = lostWithABackupUnapplied();
        failedOver();
        bench.twin.clear(lost);
        orders.done(active());
        orders.done(BACK_UP);
        orders.done(active("c1"));
        orders.refused(RETURN, "in use");
    }

    @Test
    void anInstanceThatIsAwayIsTriedLater() {
        bench.kill(ComponentId.of(SECONDARY));
        for (Action action : List.of(STOP, RECOVER, BACK_UP)) {
            orders.later(action, "cannot be reached");
        }
        bench.kill(ComponentId.of(PRIMARY));
        orders.later(RETURN, "cannot be reached");
    }

    @Test
    void theActiveListHasItsLimitAndNeedsCentralManagement() {
        orders.there(active("c1", "c2"));
        bench.twin.inject(new Fault.CentralManagementStuck(TwinBench.POOL1));
        orders.refused(active("c3"), "Central Management");
        orders.never(active("c9"), "all these servers");
    }

    @Test
    void whatIsNoPartOfItIsNeverTouched() {
        orders.never(new Action.StopLogShipping(NAME, MGC, PRIMARY), "no such part");
        orders.never(new Action.RestoreDatabases(NAME, MGC, SECONDARY), "no such part");
        orders.never(new Action.RestoreLogs(NAME, List.of("master"), SECONDARY), "not a database");
        orders.never(
                new Action.RecoverDatabases(new StoreName("be1"), MGC, SECONDARY), "no such part");
        PoolFqdn edge = TwinBench.EDGE1;
        orders.never(new Action.SetChatState(edge, ChatState.NORMAL), "no Persistent Chat");
        orders.never(
                new Action.SetActiveChatServers(edge, List.<ServerFqdn>of()), "no Persistent Chat");
    }
}
