package io.understudy.runbook;

import static io.understudy.runbook.Books.EDGE;
import static io.understudy.runbook.Books.POOL1;
import static io.understudy.runbook.Books.POOL2;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.understudy.decision.Remedy;
import io.understudy.estate.ComponentId;
import io.understudy.health.PoolState;
import io.understudy.runbook.Action.MoveApplication;
import io.understudy.runbook.Action.MoveApplication.Application;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class PoolRunbooksTest {

    private static final ComponentId TARGET = ComponentId.of(POOL1);
    private static final Runbook DISASTER =
            Books.of(new Remedy.PoolFailover(POOL1, POOL2, true), TARGET);
    private static final Runbook PLANNED =
            Books.of(new Remedy.PoolFailover(POOL1, POOL2, false), TARGET);
    private static final Runbook BACK =
            Books.of(new Remedy.PoolFailback(POOL1, POOL2, false), TARGET);
    private static final Runbook GIVEN_UP =
            Books.of(new Remedy.PoolFailback(POOL1, POOL2, true), TARGET);

    @Test
    void aLostPoolIsFailedOverInDisasterModeFromTheSurvivingSide() {
        assertEquals(
                """
                # on a server of pool2.contoso.com
                Invoke-CsPoolFailOver -PoolFqdn pool1.contoso.com -DisasterMode -Confirm:$false -Verbose\
                """,
                Books.commands(DISASTER).getFirst());
        assertEquals(
                List.of(
                        new Verification.PoolStateIs(POOL1, PoolState.FAILED_OVER),
                        new Verification.Serves(ComponentId.of(POOL2))),
                Books.seen(DISASTER, 2));
        assertTrue(DISASTER.steps().get(1).repeatable(), "the documented cure");
        assertFalse(DISASTER.steps().get(1).irreversible());
        assertEquals(Duration.ofMinutes(40), DISASTER.steps().get(1).timeLimit());
    }

    @Test
    void aPlannedFailoverWaitsForTheBackupServiceBothWaysAndHasNoDisasterMode() {
        assertEquals(
                List.of(
                        new Action.SyncBackup(POOL1),
                        new Action.SyncBackup(POOL2),
                        new Action.FailOverPool(POOL1, POOL2, false)),
                Books.actions(PLANNED).subList(0, 3));
        assertEquals(
                """
                Invoke-CsBackupServiceSync -PoolFqdn pool1.contoso.com
                (Get-CsBackupServiceStatus -PoolFqdn pool1.contoso.com).BackupModules\
                """,
                Books.commands(PLANNED).getFirst());
        assertEquals(List.of(new Verification.BackupSteady(POOL1)), Books.seen(PLANNED, 2));
        assertEquals(
                """
                # on a server of pool2.contoso.com
                Invoke-CsPoolFailOver -PoolFqdn pool1.contoso.com -Confirm:$false -Verbose\
                """,
                Books.commands(PLANNED).get(2));
    }

    @Test
    void applicationsFollowAsOptionalSteps() {
        assertEquals(
                List.of(
                        forth(Application.RESPONSE_GROUPS),
                        forth(Application.CALL_PARK_ORBITS),
                        forth(Application.ANNOUNCEMENTS),
                        forth(Application.LOCATIONS),
                        forth(Application.NAMES)),
                Books.actions(DISASTER).subList(1, 6));
        assertTrue(DISASTER.steps().stream().skip(2).allMatch(Step::optional));
        List<String> commands = Books.commands(DISASTER);
        assertEquals(
                """
                Import-CsRgsConfiguration -Destination "service:ApplicationServer:pool2.contoso.com" -FileName "<the last export of pool1.contoso.com>.zip" -ResolveNameConflicts
                Get-CsRgsWorkflow -Identity service:ApplicationServer:pool2.contoso.com -Owner service:ApplicationServer:pool1.contoso.com\
                """,
                commands.get(1));
        assertTrue(
                commands.get(2)
                        .endsWith(
                                "-CallParkService"
                                        + " \"service:ApplicationServer:pool2.contoso.com\""
                                        + " -Confirm:$false"));
        assertTrue(
                commands.get(3)
                        .contains("-AnnouncementService \"ApplicationServer:pool2.contoso.com\""));
    }

    @Test
    void plannedResponseGroupsAreExportedFirstAndLocationsLeftWhereTheyAre() {
        String groups = Books.commands(PLANNED).get(3);
        assertTrue(
                groups.startsWith(
                        "Export-CsRgsConfiguration -Source"
                                + " \"service:ApplicationServer:pool1.contoso.com\""),
                groups);
        assertFalse(Books.actions(PLANNED).contains(forth(Application.LOCATIONS)));
    }

    @Test
    void theKnownRefusalsOfAFailoverAreTold() {
        String notes = Books.notes(DISASTER);
        assertTrue(notes.contains("specified in topology as the next hop"), notes);
        assertTrue(notes.contains("SQL is down needs it although its servers run"), notes);
        assertTrue(notes.contains("-ReplaceExistingRgsSettings, not"), notes);
        String planned = Books.notes(PLANNED);
        assertTrue(planned.contains("KB 3140472"), planned);
        assertTrue(planned.contains("NotInitialized is normal"), planned);
    }

    @Test
    void aFailbackBringsUsersContentApplicationsAndEdgesBackInThisOrder() {
        assertEquals(
                List.of(
                        new Action.FailBackPool(POOL1, POOL2, false),
                        new Action.SyncBackup(POOL2),
                        back(Application.RESPONSE_GROUPS),
                        back(Application.CALL_PARK_ORBITS),
                        back(Application.ANNOUNCEMENTS),
                        back(Application.NAMES),
                        new Action.ChangeNextHop(EDGE, POOL1)),
                Books.actions(BACK));
        assertEquals(
                "Invoke-CsPoolFailBack -PoolFqdn pool1.contoso.com -Confirm:$false -Verbose",
                Books.commands(BACK).getFirst());
        assertEquals(
                List.of(
                        new Verification.PoolInService(POOL1),
                        new Verification.Serves(ComponentId.of(POOL1))),
                Books.seen(BACK, 2));
        assertFalse(BACK.steps().get(1).repeatable());
        assertEquals(
                "Set-CsEdgeServer -Identity EdgeServer:edge1.contoso.com -Registrar"
                        + " Registrar:pool1.contoso.com",
                Books.commands(BACK).getLast());
    }

    @Test
    void responseGroupsAreRemovedFromThePairOnlyAfterTheyAreBack() {
        String command = Books.commands(BACK).get(2);
        assertTrue(command.indexOf("-OverwriteOwner") > 0, command);
        assertTrue(
                command.indexOf("-RemoveExportedConfiguration")
                        > command.indexOf("-OverwriteOwner"),
                command);
    }

    @Test
    void aFailbackWithoutTheBackupPoolGivesUpForGoodWhatWasWrittenThere() {
        assertEquals(
                List.of(
                        new Action.FailBackPool(POOL1, POOL2, true),
                        new Action.ChangeNextHop(EDGE, POOL1)),
                Books.actions(GIVEN_UP));
        assertTrue(Books.commands(GIVEN_UP).getFirst().contains("-DisasterMode"));
        assertTrue(GIVEN_UP.steps().get(1).irreversible());
    }

    @Test
    void aFailbackHasTwiceTheTimeThatItsUsersTake() {
        assertEquals(Duration.ofHours(2), BACK.steps().get(1).timeLimit(), "20,000 users");
    }

    @Test
    void anEdgePoolIsPointedAtThePair() {
        Runbook edge =
                Books.of(new Remedy.EdgeNextHopChange(EDGE, POOL1, POOL2), ComponentId.of(EDGE));
        assertEquals(
                List.of(
                        "Set-CsEdgeServer -Identity EdgeServer:edge1.contoso.com -Registrar"
                                + " Registrar:pool2.contoso.com"),
                Books.commands(edge));
        assertEquals(List.of(new Verification.NextHopIs(EDGE, POOL2)), Books.seen(edge, 2));
        assertFalse(Books.notes(edge).contains("Topology Builder"));
        assertTrue(
                Books.notes(BACK).contains("Topology Builder: Edge pool edge1.contoso.com"),
                "both are in redmond");
    }

    @Test
    void routingGroupsReloadFromTheStoreByTheRecoveryThatTouchesNoOthers() {
        Runbook quorum = Books.of(new Remedy.QuorumRecovery(POOL1), TARGET);
        assertEquals(
                List.of(
                        "Reset-CsPoolRegistrarState -PoolFqdn pool1.contoso.com -ResetType"
                                + " QuorumLossRecovery -Confirm:$false -Verbose"),
                Books.commands(quorum));
        assertEquals(
                List.of(
                        new Verification.RoutingGroupsWhole(POOL1),
                        new Verification.Serves(TARGET)),
                Books.seen(quorum, 2));
        assertEquals(Duration.ofMinutes(30), quorum.steps().get(1).timeLimit());
        assertTrue(Books.notes(quorum).contains("not -ResetType FullReset"));
    }

    private static Action forth(Application application) {
        return new MoveApplication(application, POOL1, POOL2, false);
    }

    private static Action back(Application application) {
        return new MoveApplication(application, POOL1, POOL2, true);
    }
}
