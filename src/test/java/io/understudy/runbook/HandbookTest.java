package io.understudy.runbook;

import static io.understudy.runbook.Books.BE1;
import static io.understudy.runbook.Books.POOL1;
import static io.understudy.runbook.Books.POOL2;
import static io.understudy.runbook.Books.SQL12;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.understudy.decision.Clause;
import io.understudy.decision.ClauseResult;
import io.understudy.decision.DataLoss;
import io.understudy.decision.Decision;
import io.understudy.decision.GateClause;
import io.understudy.decision.Interruption;
import io.understudy.decision.Mode;
import io.understudy.decision.Rejected;
import io.understudy.decision.Remediation;
import io.understudy.decision.Remedy;
import io.understudy.estate.ComponentId;
import io.understudy.estate.DatabaseType;
import io.understudy.estate.Position;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HandbookTest {

    private static final Decision FORCED =
            decision(
                    new Remedy.ForcedMirrorFailover(
                            BE1, SQL12, Position.MIRROR, List.of(DatabaseType.APPLICATION)),
                    ComponentId.of(BE1));

    @Test
    void aPersonCanCarryItOutFromThePageAlone() {
        assertEquals(
                """
                # FORCED_MIRROR_FAILOVER of store:be1

                > **WARNING: step 2 cannot be undone.** nothing brings back the log that was not sent, but salvage from the old principal before its mirroring is resumed.

                The principal is lost.

                - Rule: B4 of the decision table
                - Interrupted: users of the store; expected 20 s, target 5 min
                - Data loss: at most what was written in 40 s
                - Approvals: 2

                ## Why nothing else

                - REPAIR: better while it can be back (rule B4; data loss: none)
                - POOL_FAILOVER: the budget is not spent (rule P1)

                ## Before you begin

                - [ ] MIRROR_SYNCHRONIZED: it was behind (FAILED, not required)
                - [ ] MIRROR_SEEN_DOWN: it answers (PASSED)

                ## Steps

                ### 1. Read the evidence afresh; the decision must come out the same

                ```
                # compare every clause of the gate with what the probes read now
                ```

                - Undo: nothing to undo.
                - Repeat: may be run again as it is.
                - Time limit: 60 s.

                ### 2. Force sql12.contoso.com/rtc to be principal for APPLICATION (rgsconfig) (cannot be undone)

                ```
                -- on sql12.contoso.com/rtc
                USE master;
                ALTER DATABASE [rgsconfig] SET PARTNER FORCE_SERVICE_ALLOW_DATA_LOSS;
                ```

                """,
                markdown(FORCED).substring(0, markdown(FORCED).indexOf("- Note: ")));
    }

    @Test
    void everyStepEndsWithItsTrapsItsProofAndItsUndo() {
        String page = markdown(FORCED);
        assertTrue(
                page.indexOf("- Note: errors 1406 and 1455")
                        < page.indexOf(
                                "- Afterwards: store:be1 has the principal of rgsconfig on"
                                        + " MIRROR."));
        assertTrue(page.contains("- Afterwards: sql:sql12.contoso.com/rtc serves.\n- Undo: "));
        assertTrue(page.contains("- Repeat: look first whether it took effect.\n"));
    }

    @Test
    void optionalStepsSaySo() {
        String page =
                markdown(
                        decision(
                                new Remedy.PoolFailover(POOL1, POOL2, true),
                                ComponentId.of(POOL1)));
        assertTrue(
                page.contains(
                        "Response Groups of pool1.contoso.com to pool2.contoso.com"
                                + " (optional)\n"),
                page);
        assertTrue(page.contains("go on without it if it fails"), page);
        assertFalse(page.contains("WARNING"), page);
    }

    @Test
    void aRehearsalSaysWhatItFoundAndWhatComesBeforeIt() {
        Runbook runbook = Runbooks.of(FORCED, Books.ESTATE);
        Rehearsed found =
                new Rehearsed(
                        2,
                        Rehearsed.Verdict.WOULD_ACT,
                        "the mirror is ready",
                        Optional.of("ALTER DATABASE …"),
                        Optional.of("sqlserver"),
                        List.of(3, 4));
        String page = Handbook.markdown(runbook, FORCED, List.of(found));
        assertTrue(
                page.contains(
                        "- Rehearsed: WOULD_ACT by sqlserver: the mirror is ready. That is as"
                                + " things are now; before it comes step 3, step 4.\n"
                                + "- It would send: `ALTER DATABASE …`\n"),
                page);
    }

    @Test
    void whatAToolHasSaidIsShownAndIsNoMarkup() {
        Rehearsed found =
                new Rehearsed(
                        2,
                        Rehearsed.Verdict.WOULD_ACT,
                        "<b>ready</b>\n[x](javascript:y)",
                        Optional.empty(),
                        Optional.empty(),
                        List.of());
        String page = Handbook.markdown(Runbooks.of(FORCED, Books.ESTATE), FORCED, List.of(found));
        assertTrue(
                page.contains("WOULD_ACT: &lt;b&gt;ready&lt;/b&gt; \\[x\\](javascript:y).\n"),
                page);
    }

    @Test
    void aCompositeIsOnePageInItsOrder() {
        Composite composite =
                new Composite(
                        "Runbook of site:redmond",
                        List.of("Confirm the loss"),
                        List.of(
                                new Composite.Part(
                                        Runbooks.of(FORCED, Books.ESTATE),
                                        Optional.of(FORCED),
                                        "Decided, and may be opened now"),
                                new Composite.Part(
                                        Books.of(
                                                new Remedy.PoolFailover(POOL1, POOL2, true),
                                                ComponentId.of(POOL1)),
                                        Optional.empty(),
                                        "Not decided")),
                        List.of("REPAIR of pool:pool1.contoso.com by P5: mend it"),
                        List.of(new Composite.ByHand("Names", "DNS")));
        String page = Handbook.markdown(composite);
        List<String> order =
                List.of(
                        "# Runbook of site:redmond\n",
                        "## First\n\n- Confirm the loss\n",
                        "## FORCED_MIRROR_FAILOVER of store:be1\n",
                        "**Decided, and may be opened now**",
                        "### Before you begin",
                        "### Steps",
                        "#### 1. Read",
                        "## POOL_FAILOVER of pool:pool1.contoso.com\n",
                        "## Decided besides, and left to people\n",
                        "## Then, by hand\n\n- **Names**: DNS\n");
        int from = 0;
        for (String expected : order) {
            int at = page.indexOf(expected, from);
            assertTrue(at >= 0, () -> expected + " is missing, or too early, in\n" + page);
            from = at;
        }
    }

    private static String markdown(Decision decision) {
        return Handbook.markdown(Runbooks.of(decision, Books.ESTATE), decision);
    }

    private static Decision decision(Remedy remedy, ComponentId target) {
        return new Decision(
                1,
                List.of(),
                remedy,
                target,
                "B4",
                Mode.ADVISE,
                2,
                new DataLoss.Bounded(Duration.ofSeconds(40)),
                new Interruption(
                        "users of the store", Duration.ofSeconds(20), Duration.ofMinutes(5)),
                "The principal is lost.",
                List.of(
                        new GateClause(
                                Clause.MIRROR_SYNCHRONIZED,
                                ClauseResult.FAILED,
                                false,
                                "it was behind"),
                        new GateClause(
                                Clause.MIRROR_SEEN_DOWN, ClauseResult.PASSED, true, "it answers")),
                List.of(
                        new Rejected(
                                Remediation.REPAIR,
                                "better while it can be back",
                                "B4",
                                Optional.of(new DataLoss.None()),
                                Optional.empty()),
                        new Rejected(Remediation.POOL_FAILOVER, "the budget is not spent", "P1")));
    }
}
