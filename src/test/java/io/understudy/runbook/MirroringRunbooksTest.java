package io.understudy.runbook;

import static io.understudy.runbook.Books.BE1;
import static io.understudy.runbook.Books.POOL1;
import static io.understudy.runbook.Books.SQL11;
import static io.understudy.runbook.Books.SQL12;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.understudy.decision.Remedy;
import io.understudy.estate.ComponentId;
import io.understudy.estate.DatabaseType;
import io.understudy.estate.Position;
import java.util.List;
import org.junit.jupiter.api.Test;

class MirroringRunbooksTest {

    private static final ComponentId STORE = ComponentId.of(BE1);
    private static final List<DatabaseType> TYPES =
            List.of(DatabaseType.USER, DatabaseType.APPLICATION, DatabaseType.CENTRAL_MGMT);

    @Test
    void everyDatabaseTypeIsSwitchedByItsOwnStepWithForceWhereThePrincipalCannotBeReached() {
        assertEquals(
                List.of(
                        "Invoke-CsDatabaseFailover -PoolFqdn pool1.contoso.com -DatabaseType User"
                                + " -NewPrincipal Mirror -Force -Confirm:$false -Verbose",
                        "Invoke-CsDatabaseFailover -PoolFqdn pool1.contoso.com -DatabaseType"
                                + " Application -NewPrincipal Mirror -Force -Confirm:$false"
                                + " -Verbose",
                        "Invoke-CsDatabaseFailover -PoolFqdn pool1.contoso.com -DatabaseType"
                                + " CentralMgmt -NewPrincipal Mirror -Force -Confirm:$false"
                                + " -Verbose"),
                Books.commands(failover(true)));
    }

    @Test
    void aPrincipalThatIsThereIsSwitchedWithoutForce() {
        Books.commands(failover(false)).forEach(c -> assertFalse(c.contains("-Force"), c));
    }

    @Test
    void whatCountsIsWhereTheViewsSeeThePrincipalAndThatTheInstanceServes() {
        assertEquals(
                List.of(
                        new Verification.PrincipalOn(
                                BE1, List.of("rtcxds", "rtcshared"), Position.MIRROR),
                        new Verification.Serves(ComponentId.of(SQL12))),
                Books.seen(failover(true), 2));
    }

    @Test
    void splitPrincipalsAndFailbacksAreSwitchedAsPlannedWork() {
        Runbook alignment =
                Books.of(
                        new Remedy.PrincipalAlignment(
                                BE1, POOL1, SQL12, Position.MIRROR, TYPES.subList(0, 1)),
                        STORE);
        Runbook failback =
                Books.of(new Remedy.MirrorFailback(BE1, POOL1, SQL11, TYPES.subList(0, 1)), STORE);

        assertEquals(
                List.of(
                        "Invoke-CsDatabaseFailover -PoolFqdn pool1.contoso.com -DatabaseType User"
                                + " -NewPrincipal Mirror -Confirm:$false -Verbose"),
                Books.commands(alignment));
        assertEquals(
                List.of(
                        "Invoke-CsDatabaseFailover -PoolFqdn pool1.contoso.com -DatabaseType User"
                                + " -NewPrincipal Primary -Confirm:$false -Verbose"),
                Books.commands(failback));
    }

    @Test
    void aMirrorIsForcedByStatementsOnItOnceAndForGood() {
        Runbook forced =
                Books.of(
                        new Remedy.ForcedMirrorFailover(
                                BE1, SQL12, Position.MIRROR, TYPES.subList(0, 2)),
                        STORE);

        assertEquals(
                List.of(
                        """
                        -- on sql12.contoso.com/rtc
                        USE master;
                        ALTER DATABASE [rtcxds] SET PARTNER FORCE_SERVICE_ALLOW_DATA_LOSS;
                        ALTER DATABASE [rtcshared] SET PARTNER FORCE_SERVICE_ALLOW_DATA_LOSS;\
                        """,
                        """
                        -- on sql12.contoso.com/rtc
                        USE master;
                        ALTER DATABASE [rgsconfig] SET PARTNER FORCE_SERVICE_ALLOW_DATA_LOSS;\
                        """),
                Books.commands(forced));
        Step step = forced.steps().get(1);
        assertTrue(step.irreversible());
        assertFalse(step.repeatable());
    }

    @Test
    void afterForcingTheOldPrincipalIsSalvagedBeforeItsMirroringIsResumed() {
        String notes =
                Books.notes(
                        Books.of(
                                new Remedy.ForcedMirrorFailover(BE1, SQL12, Position.MIRROR, TYPES),
                                STORE));
        assertTrue(notes.contains("SUSPENDED. Keep it so"), notes);
        assertTrue(notes.indexOf("SET PARTNER OFF") < notes.indexOf("SET PARTNER RESUME"), notes);
        assertTrue(notes.contains("row B16"), notes);
    }

    @Test
    void namesWithBracketsStayNames() {
        assertEquals("[a]]; DROP]", Words.bracketed("a]; DROP"));
        assertEquals("N'it''s'", Words.literal("it's"));
    }

    private static Runbook failover(boolean lost) {
        return Books.of(
                new Remedy.MirrorFailover(BE1, POOL1, SQL12, Position.MIRROR, TYPES, lost), STORE);
    }
}
