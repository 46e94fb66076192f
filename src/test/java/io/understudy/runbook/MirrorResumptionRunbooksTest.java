package io.understudy.runbook;

import static io.understudy.runbook.Books.BE1;
import static io.understudy.runbook.Books.SQL11;
import static io.understudy.runbook.Books.SQL12;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.understudy.decision.DataLoss;
import io.understudy.decision.Decision;
import io.understudy.decision.Interruption;
import io.understudy.decision.Mode;
import io.understudy.decision.Remedy;
import io.understudy.decision.Remedy.Repair.Suspended;
import io.understudy.estate.ComponentId;
import io.understudy.estate.Position;
import io.understudy.health.Facts;
import io.understudy.health.MirroringState;
import io.understudy.health.Status;
import io.understudy.testing.StoreTold;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Rows B12 and B16: what resumes mirroring, and who has to say so. */
class MirrorResumptionRunbooksTest {

    private static final List<String> TWO = List.of("rtcxds", "rgsconfig");
    private static final Suspended ON_PRIMARY = new Suspended(Position.PRIMARY, TWO);
    private static final Suspended ON_MIRROR = new Suspended(Position.MIRROR, TWO);

    @Test
    void suspendedMirroringIsResumedOnItsPrincipalUntilItIsSynchronized() {
        Runbook runbook = Runbooks.of(decision("B12", ON_PRIMARY), Books.ESTATE);
        assertEquals(
                List.of(new Action.ResumeMirroring(BE1, TWO, SQL11, Position.PRIMARY)),
                Books.actions(runbook));
        assertEquals(
                List.of(
                        """
                        -- on sql11.contoso.com/rtc
                        USE master;
                        ALTER DATABASE [rtcxds] SET PARTNER RESUME;
                        ALTER DATABASE [rgsconfig] SET PARTNER RESUME;\
                        """),
                Books.commands(runbook));
        assertEquals(
                List.of(new Verification.MirroringSynchronized(BE1, TWO)), Books.seen(runbook, 2));
        Step step = runbook.steps().get(1);
        assertEquals(Duration.ofMinutes(30), step.timeLimit());
        assertTrue(step.repeatable());
        assertFalse(step.irreversible());
        String notes = Books.notes(runbook);
        assertTrue(notes.contains("1453, 1454 and 1458"), notes);
        assertTrue(notes.contains("error 1462 means that redo has failed"), notes);
        assertTrue(notes.contains("no failover meanwhile"), notes);
    }

    @Test
    void splitPrincipalsAreResumedEachOnItsOwnSide() {
        Suspended one = new Suspended(Position.PRIMARY, List.of("rtcxds"));
        Suspended other = new Suspended(Position.MIRROR, List.of("rgsconfig"));
        assertEquals(
                List.of(
                        new Action.ResumeMirroring(BE1, List.of("rtcxds"), SQL11, Position.PRIMARY),
                        new Action.ResumeMirroring(
                                BE1, List.of("rgsconfig"), SQL12, Position.MIRROR)),
                Books.actions(Runbooks.of(decision("B12", one, other), Books.ESTATE)));
    }

    @Test
    void afterAForcedSwitchSomebodyDecidesOnSalvageBeforeTheLogIsGivenUp() {
        Runbook runbook = Runbooks.of(decision("B16", ON_MIRROR), Books.ESTATE);
        assertInstanceOf(Action.Reassess.class, runbook.steps().getFirst().action());
        assertEquals(
                List.of(
                        new Action.ByHand(),
                        new Action.ResumeMirroring(BE1, TWO, SQL12, Position.MIRROR)),
                Books.actions(runbook));
        Step salvage = runbook.steps().get(1);
        assertTrue(salvage.title().contains("sql11.contoso.com/rtc"), salvage.title());
        assertTrue(salvage.command().contains("SET PARTNER OFF;"), salvage.command());
        assertFalse(salvage.irreversible());
        Step resume = runbook.steps().get(2);
        assertTrue(resume.irreversible());
        assertFalse(resume.repeatable());
        assertTrue(resume.undo().startsWith("nothing brings back"), resume.undo());
    }

    @Test
    void aRepairOfTheSameRowsWithNothingToResumeIsLeftToPeople() {
        for (String rule : List.of("B12", "B16")) {
            assertFalse(Runbooks.carriesOut(decision(rule)));
            assertThrows(
                    IllegalArgumentException.class,
                    () -> Runbooks.of(decision(rule), Books.ESTATE));
        }
        assertTrue(Runbooks.carriesOut(decision("B12", ON_PRIMARY)));
        assertTrue(Runbooks.carriesOut(decision("B16", ON_MIRROR)));
    }

    @Test
    void synchronizedMeansEveryDatabaseOfTheStep() {
        Verification all = new Verification.MirroringSynchronized(BE1, TWO);
        StoreTold told =
                StoreTold.mirrored(
                        Books.ESTATE.store(BE1).orElseThrow(),
                        MirroringState.SYNCHRONIZED,
                        Position.PRIMARY);
        assertTrue(all.holds(Status.UP, told.facts()));
        assertFalse(
                all.holds(
                        Status.UP, told.state("rgsconfig", MirroringState.SYNCHRONIZING).facts()));
        assertFalse(all.holds(Status.UP, new Facts.None()));
        assertFalse(
                new Verification.MirroringSynchronized(BE1, List.of("nowhere"))
                        .holds(Status.UP, told.facts()));
    }

    private static Decision decision(String rule, Suspended... suspended) {
        return new Decision(
                1,
                List.of(),
                new Remedy.Repair("mend the cause", Optional.empty(), List.of(suspended)),
                ComponentId.of(BE1),
                rule,
                Mode.ADVISE,
                0,
                new DataLoss.None(),
                new Interruption("nobody", Duration.ZERO, Duration.ZERO),
                "it stands still",
                List.of(),
                List.of());
    }
}
