package io.understudy.runbook;

import static io.understudy.runbook.Books.POOL1;
import static io.understudy.runbook.Books.POOL2;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.understudy.decision.DataLoss;
import io.understudy.decision.Decision;
import io.understudy.decision.Interruption;
import io.understudy.decision.Mode;
import io.understudy.decision.Remedy;
import io.understudy.estate.ComponentId;
import io.understudy.estate.ServerFqdn;
import io.understudy.testing.Contoso;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CentralManagementRunbooksTest {

    private static final ComponentId TARGET = ComponentId.of(POOL1);
    private static final List<String> SERVICES = List.of("LYNCBACKUP", "MASTER", "REPLICA", "FTA");

    @Test
    void aLostStoreIsForcedOntoThePairsPrimaryWithItsMirror() {
        Runbook forced = Books.of(new Remedy.CmsFailover(POOL1, POOL2, true), TARGET);

        assertEquals(
                List.of(
                        """
                        # on a server of pool2.contoso.com
                        Invoke-CsManagementServerFailover -BackupSqlServerFqdn sql21.contoso.com -BackupSqlInstanceName rtc -BackupMirrorSqlServerFqdn sql22.contoso.com -BackupMirrorSqlInstanceName rtc -Force -Confirm:$false -Verbose\
                        """),
                Books.commands(forced));
        assertEquals(
                List.of(new Verification.CentralManagementOn(POOL2)),
                Books.seen(forced, 2),
                "servers of the lost site never become up to date");
        assertFalse(forced.steps().get(1).repeatable(), "a second move too soon is refused");
        String notes = Books.notes(forced);
        assertTrue(notes.contains("-Force is mandatory in a disaster"), notes);
        assertTrue(notes.contains("-MirrorSQLServerFqdn"), notes);
        assertTrue(notes.contains("not in Backup mode"), notes);
    }

    @Test
    void aLivingStoreIsMovedWithoutForceAndEveryReplicaFollows() {
        Runbook planned = Books.of(new Remedy.CmsFailover(POOL1, POOL2, false), TARGET);

        assertEquals(
                List.of(
                        """
                        # on a server of pool2.contoso.com
                        Invoke-CsManagementServerFailover -Confirm:$false -Verbose\
                        """),
                Books.commands(planned));
        assertEquals(
                List.of(
                        new Verification.CentralManagementOn(POOL2),
                        new Verification.ReplicasUpToDate(POOL2)),
                Books.seen(planned, 2));
    }

    @Test
    void standardEditionIsWarnedOfTwoActiveStores() {
        Runbook standard =
                Runbooks.of(
                        new Remedy.CmsFailover(POOL1, POOL2, true),
                        TARGET,
                        Contoso.USUAL.frontEnds(1).estate());
        assertTrue(Books.notes(standard).contains("active on both servers"));
    }

    @Test
    void aStuckStoreIsRepairedFromServicesToReplication() {
        Runbook repair = Runbooks.of(decision("P4"), Books.ESTATE);

        assertEquals(
                List.of(
                        new Action.StartServices(POOL1, servers(1), SERVICES),
                        new Action.StartServices(POOL2, servers(2), SERVICES),
                        new Action.RestoreCentralManagement(POOL1),
                        new Action.ReloadConfiguration(POOL1),
                        new Action.ReplicateConfiguration(POOL1)),
                Books.actions(repair));
        List<String> commands = Books.commands(repair);
        assertTrue(
                commands.getFirst()
                        .startsWith(
                                "Start-CsWindowsService -ComputerName fe11.contoso.com -Name"
                                        + " LYNCBACKUP\n"),
                commands.getFirst());
        assertEquals(
                """
                # on a server of pool1.contoso.com
                Get-CsManagementConnection
                Invoke-CsManagementServerFailover -Restore -Confirm:$false -Verbose\
                """,
                commands.get(2));
        assertTrue(commands.get(3).contains("-LocalStore"), commands.get(3));
        assertTrue(commands.get(4).startsWith("Invoke-CsManagementStoreReplication\n"));
        assertEquals(
                List.of(
                        new Verification.CentralManagementOn(POOL1),
                        new Verification.ReplicasUpToDate(POOL1)),
                Books.seen(repair, 6));
    }

    @Test
    void noOtherRepairOfThatStoreHasARunbook() {
        assertTrue(Runbooks.carriesOut(decision("P4")));
        assertFalse(Runbooks.carriesOut(decision("P5")));
        assertThrows(
                IllegalArgumentException.class, () -> Runbooks.of(decision("P5"), Books.ESTATE));
    }

    private static List<ServerFqdn> servers(int pool) {
        return List.of(
                new ServerFqdn("fe" + pool + "1.contoso.com"),
                new ServerFqdn("fe" + pool + "2.contoso.com"),
                new ServerFqdn("fe" + pool + "3.contoso.com"));
    }

    private static Decision decision(String rule) {
        return new Decision(
                1,
                List.of(),
                new Remedy.Repair("see to the services", Optional.empty()),
                TARGET,
                rule,
                Mode.ADVISE,
                0,
                new DataLoss.None(),
                new Interruption("nobody", Duration.ZERO, Duration.ZERO),
                "it is stuck",
                List.of(),
                List.of());
    }
}
