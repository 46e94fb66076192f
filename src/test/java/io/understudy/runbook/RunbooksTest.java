package io.understudy.runbook;

import static io.understudy.runbook.Books.BE1;
import static io.understudy.runbook.Books.CHAT;
import static io.understudy.runbook.Books.CHAT_PRIMARY;
import static io.understudy.runbook.Books.CHAT_STORE;
import static io.understudy.runbook.Books.EDGE;
import static io.understudy.runbook.Books.POOL1;
import static io.understudy.runbook.Books.POOL2;
import static io.understudy.runbook.Books.SECONDARY;
import static io.understudy.runbook.Books.SQL11;
import static io.understudy.runbook.Books.SQL12;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.understudy.decision.Remediation;
import io.understudy.decision.Remedy;
import io.understudy.estate.ComponentId;
import io.understudy.estate.DatabaseType;
import io.understudy.estate.Position;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What holds of every runbook. */
class RunbooksTest {

    private static final List<DatabaseType> TYPES =
            List.of(DatabaseType.USER, DatabaseType.CENTRAL_MGMT);
    private static final List<Remedy> ACTED =
            List.of(
                    new Remedy.MirrorFailover(BE1, POOL1, SQL12, Position.MIRROR, TYPES, true),
                    new Remedy.ForcedMirrorFailover(BE1, SQL12, Position.MIRROR, TYPES),
                    new Remedy.PrincipalAlignment(BE1, POOL1, SQL12, Position.MIRROR, TYPES),
                    new Remedy.MirrorFailback(BE1, POOL1, SQL11, TYPES),
                    new Remedy.AvailabilityGroupFailover(BE1, SQL12),
                    new Remedy.ForcedAvailabilityGroupFailover(BE1, SQL12),
                    new Remedy.QuorumRecovery(POOL1),
                    new Remedy.CmsFailover(POOL1, POOL2, true),
                    new Remedy.EdgeNextHopChange(EDGE, POOL1, POOL2),
                    new Remedy.PoolFailover(POOL1, POOL2, true),
                    new Remedy.PoolFailover(POOL1, POOL2, false),
                    new Remedy.PoolFailback(POOL1, POOL2, false),
                    new Remedy.PoolFailback(POOL1, POOL2, true),
                    new Remedy.ChatFailover(CHAT, CHAT_STORE, SECONDARY),
                    new Remedy.ChatFailback(CHAT, CHAT_STORE, CHAT_PRIMARY));

    /** Domain.md 8.8 no. 7, as far as a runbook does it. */
    private static final Set<Class<?>> IRREVERSIBLE =
            Set.of(
                    Action.ForceService.class,
                    Action.RecoverDatabases.class,
                    Action.RestoreDatabases.class);

    /** What names a goal, and what Microsoft says may be run again (domain.md 8.8 no. 6). */
    private static final Set<Class<?>> REPEATABLE =
            Set.of(
                    Action.Reassess.class,
                    Action.SwitchPrincipal.class,
                    Action.ChangeNextHop.class,
                    Action.FailOverPool.class,
                    Action.SyncBackup.class,
                    Action.SetChatState.class,
                    Action.SetActiveChatServers.class);

    /** What shows only where the executor itself looks. */
    private static final Set<Class<?>> UNSEEN =
            Set.of(
                    Action.StopLogShipping.class,
                    Action.RestoreLogs.class,
                    Action.RecoverDatabases.class,
                    Action.BackUpDatabases.class,
                    Action.RestoreDatabases.class);

    @Test
    void everyRemediationThatActsHasOne() {
        Set<Remediation> tried =
                ACTED.stream().map(Remedy::remediation).collect(Collectors.toSet());
        EnumSet<Remediation> acting = EnumSet.noneOf(Remediation.class);
        Arrays.stream(Remediation.values()).filter(Remediation::acts).forEach(acting::add);
        assertEquals(acting, tried);
        Arrays.stream(Remediation.values())
                .forEach(r -> assertEquals(r.acts(), Runbooks.carriesOut(r), r.name()));
    }

    @Test
    void everyOneBeginsWithTheReassessmentAndCountsItsSteps() {
        for (Runbook runbook : all()) {
            assertInstanceOf(Action.Reassess.class, runbook.steps().getFirst().action());
            assertEquals(
                    IntStream.rangeClosed(1, runbook.steps().size()).boxed().toList(),
                    runbook.steps().stream().map(Step::number).toList());
            assertTrue(runbook.steps().size() > 1, runbook.remediation().name());
        }
    }

    @Test
    void everyStepThatActsIsSeenByAnotherProbeOrLookedAtAgainByItsExecutor() {
        steps().filter(step -> step.action().needsExecutor() && !step.optional())
                .forEach(step ->
                        assertEquals(
                                UNSEEN.contains(step.action().getClass()),
                                step.verifications().isEmpty(),
                                step.title()));
    }

    @Test
    void whatCannotBeTakenBackIsFlaggedAndNothingElse() {
        steps().filter(step -> step.action().needsExecutor())
                .forEach(step ->
                        assertEquals(irreversible(step), step.irreversible(), step.title()));
    }

    private static boolean irreversible(Step step) {
        return switch (step.action()) {
            case Action.FailOverGroup group -> group.force();
            case Action.FailBackPool back -> back.disasterMode();
            case Action other -> IRREVERSIBLE.contains(other.getClass());
        };
    }

    @Test
    void onlyWhatMayBeRunAgainIsRepeatable() {
        steps().filter(step -> !step.optional())
                .forEach(step ->
                        assertEquals(
                                REPEATABLE.contains(step.action().getClass()),
                                step.repeatable(),
                                step.title()));
    }

    @Test
    void everyStepSaysWhatToTypeHowItIsTakenBackAndHowLongItMayTake() {
        steps().forEach(step -> {
            assertFalse(step.command().isBlank(), step.title());
            assertFalse(step.undo().isBlank(), step.title());
            assertTrue(step.timeLimit().isPositive(), step.title());
        });
    }

    private static Stream<Step> steps() {
        return all().stream().flatMap(runbook -> runbook.steps().stream());
    }

    private static List<Runbook> all() {
        return ACTED.stream().map(remedy -> Books.of(remedy, ComponentId.of(POOL1))).toList();
    }
}
