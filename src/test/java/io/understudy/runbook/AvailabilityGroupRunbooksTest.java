package io.understudy.runbook;

import static io.understudy.runbook.Books.BE1;
import static io.understudy.runbook.Books.SQL11;
import static io.understudy.runbook.Books.SQL12;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.understudy.decision.Remedy;
import io.understudy.estate.ComponentId;
import io.understudy.estate.Position;
import java.util.List;
import org.junit.jupiter.api.Test;

class AvailabilityGroupRunbooksTest {

    private static final ComponentId STORE = ComponentId.of(BE1);
    private static final String WHICH =
            """
            -- on sql12.contoso.com/rtc: which group is it
            SELECT g.name FROM sys.availability_groups g JOIN sys.availability_databases_cluster d ON d.group_id = g.group_id WHERE d.database_name = N'rtcxds';
            """;

    @Test
    void theSecondaryTakesOverAsPlannedWorkAsAWhole() {
        Runbook planned = Books.of(new Remedy.AvailabilityGroupFailover(BE1, SQL12), STORE);

        assertEquals(
                List.of(WHICH + "ALTER AVAILABILITY GROUP [<its name>] FAILOVER;"),
                Books.commands(planned));
        assertEquals(
                List.of(
                        new Action.FailOverGroup(
                                BE1,
                                List.of("rtcxds", "rtcshared", "rgsconfig", "xds"),
                                SQL12,
                                Position.MIRROR,
                                false)),
                Books.actions(planned));
        assertEquals(
                List.of(
                        new Verification.PrimaryReplicaOn(BE1, Position.MIRROR),
                        new Verification.Serves(ComponentId.of(SQL12))),
                Books.seen(planned, 2));
        assertFalse(planned.steps().get(1).irreversible());
    }

    @Test
    void aLostPrimaryIsForcedForGoodAndTheOthersResumeOnlyAfterSalvage() {
        Runbook forced = Books.of(new Remedy.ForcedAvailabilityGroupFailover(BE1, SQL12), STORE);

        assertEquals(
                List.of(
                        WHICH
                                + "ALTER AVAILABILITY GROUP [<its name>]"
                                + " FORCE_FAILOVER_ALLOW_DATA_LOSS;"),
                Books.commands(forced));
        assertTrue(forced.steps().get(1).irreversible());
        assertFalse(forced.steps().get(1).repeatable());
        String notes = Books.notes(forced);
        assertTrue(notes.contains("salvage first, then ALTER DATABASE … SET HADR RESUME"), notes);
        assertTrue(notes.contains("must have quorum"), notes);
        assertTrue(notes.contains("REVERTING or INITIALIZING"), notes);
    }

    @Test
    void theFirstReplicaIsThePrimaryPosition() {
        Runbook back = Books.of(new Remedy.AvailabilityGroupFailover(BE1, SQL11), STORE);
        assertEquals(
                new Verification.PrimaryReplicaOn(BE1, Position.PRIMARY),
                Books.seen(back, 2).getFirst());
    }
}
