package io.understudy.decision;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.understudy.estate.DatabaseType;
import io.understudy.estate.Position;
import io.understudy.health.MirroringState;
import io.understudy.testing.Contoso;
import io.understudy.testing.Policies;
import io.understudy.testing.Scene;
import io.understudy.testing.StoreTold;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * When a pool fails over for its store: the store's own remedy goes before, for as long as it is
 * the smaller one (product.md S2), and nothing moves for databases that no user works with.
 */
class StoreBudgetTest {

    private static final String STORE = "store:be1";
    private static final String P = "sql:sql11.contoso.com/rtc";
    private static final String M = "sql:sql12.contoso.com/rtc";
    private static final Duration BUDGET = Duration.ofMinutes(30);

    /** The budget of the store is spent. */
    private static Scene spent(Contoso contoso, String... lost) {
        return new Scene(contoso).down(lost).since(BUDGET);
    }

    private static void staysWhereItIs(Scene scene) {
        Expect.none(scene.evaluate(), Remediation.POOL_FAILOVER);
    }

    private static Decision failsOver(Scene scene) {
        Decision decision = Expect.only(scene.evaluate(), Remediation.POOL_FAILOVER);
        assertEquals("B9", decision.rule());
        return decision;
    }

    @Test
    void theStoresOwnRemedyGoesBefore() {
        Scene scene = spent(Contoso.USUAL, P);
        staysWhereItIs(scene);
        Expect.only(scene.evaluate(), Remediation.MIRROR_FAILOVER);
    }

    @Test
    void itsOwnRunIsItsRemedyUnderWay() {
        staysWhereItIs(spent(Contoso.USUAL, P).running(Remediation.MIRROR_FAILOVER, STORE));
    }

    @Test
    void whatIsOnlyNotKnownYetLeavesItTheSmallerRemedy() {
        Instant before = Scene.NOON.minus(BUDGET);
        Scene scene = spent(Contoso.USUAL.withWitness(), P).factsAt(STORE, before);
        Decision decision = Expect.only(scene.evaluate(), Remediation.MIRROR_FAILOVER);
        assertEquals(
                "UNKNOWN: where the principals are was last told at 2026-11-21T11:30:00Z,"
                        + " before SQL Server's time was over",
                Expect.words(decision, Clause.NOT_FAILED_OVER_BY_ITSELF));
        assertTrue(decision.blocked());
        staysWhereItIs(scene);
    }

    @Test
    void aClauseThatIsNotKnownDoesNotMakeThePoolTheSmallerRemedy() {
        Scene scene = spent(Contoso.USUAL, P);
        scene.unheard("server:fe11.contoso.com", "server:fe12.contoso.com");
        Decision decision = Expect.only(scene.evaluate(), Remediation.MIRROR_FAILOVER);
        assertEquals(ClauseResult.UNKNOWN, Expect.clause(decision, Clause.FRONT_END_QUORUM_KEPT));
        assertTrue(decision.blocked());
        staysWhereItIs(scene);
    }

    @Test
    void aPoolWithoutAPairWaitsForItsStore() {
        Evaluation evaluation = spent(Contoso.USUAL.unpaired(), P, M).evaluate();
        assertEquals("B9", Expect.only(evaluation, Remediation.REPAIR).rule());
    }

    @Test
    void whatSpeaksAgainstTheStoresRemedyMovesThePool() {
        Window freeze =
                Policies.window(
                        Window.Kind.FREEZE,
                        Optional.of(STORE),
                        Scene.NOON,
                        Scene.NOON.plusSeconds(1));
        failsOver(spent(Contoso.USUAL, P).policy(Policies.with(freeze)));
    }

    @Test
    void aFreezeThatSomebodyMustEndSaysSo() {
        Window freeze =
                new Window(
                        "stop",
                        Window.Kind.FREEZE,
                        Optional.empty(),
                        _ -> Optional.of(Instant.MAX));
        Decision open =
                Expect.only(
                        new Scene(Contoso.USUAL).down(P).policy(Policies.with(freeze)).evaluate(),
                        Remediation.MIRROR_FAILOVER);
        assertEquals(
                "FAILED: stop lasts until somebody ends it", Expect.words(open, Clause.NOT_FROZEN));
    }

    @Test
    void aStoreOfWhichOnlyOtherDatabasesAreLostMovesNoPool() {
        staysWhereItIs(split(DatabaseType.USER, Position.MIRROR));
        failsOver(split(DatabaseType.APPLICATION, Position.MIRROR));
    }

    /** Databases of one type are elsewhere, and what is left cannot be moved by command. */
    private static Scene split(DatabaseType type, Position elsewhere) {
        Scene scene = spent(Contoso.USUAL, P);
        StoreTold told =
                StoreTold.mirrored(scene.store("be1"), MirroringState.SUSPENDED, Position.PRIMARY);
        List<String> names =
                scene.store("be1").databases().stream()
                        .filter(database -> database.type() == type)
                        .map(database -> database.name())
                        .toList();
        for (String name : names) {
            told = told.principal(name, elsewhere);
        }
        return scene.facts(STORE, told.facts());
    }

    @Test
    void oneUsersDatabaseOnTheLostSideIsEnough() {
        Scene scene = spent(Contoso.USUAL, P);
        StoreTold told =
                StoreTold.mirrored(scene.store("be1"), MirroringState.SUSPENDED, Position.MIRROR);
        failsOver(scene.facts(STORE, told.principal("rtcshared", Position.PRIMARY).facts()));
    }

    @Test
    void aDatabaseOfWhichNobodyToldCountsAsLost() {
        failsOver(spent(Contoso.USUAL, P, M).facts(STORE, StoreTold.nothing().facts()));
    }

    @Test
    void aLostPairIsOutSinceItsStoreWas() {
        Scene scene =
                spent(Contoso.USUAL, P, M, "server:fe21.contoso.com", "server:fe22.contoso.com");
        Finding finding =
                scene.evaluate().findings().stream()
                        .filter(f ->
                                f.code() == FindingCode.PAIR_LOST
                                        && f.target().toString().equals("pool:pool1.contoso.com"))
                        .findFirst()
                        .orElseThrow();
        assertEquals(Scene.NOON.minus(BUDGET), finding.since());
    }

    @Test
    void theCmsOfAPoolThatIsOutForItsStoreMovesBeforeAnotherPool() {
        Scene scene = new Scene(Contoso.USUAL.pairs(2)).down(P, M);
        scene.down("server:fe31.contoso.com", "server:fe32.contoso.com");
        Evaluation evaluation = scene.evaluate();
        assertEquals(
                "pool:pool1.contoso.com",
                Expect.only(evaluation, Remediation.CMS_FAILOVER).target().toString());
        Decision failover = Expect.only(evaluation, Remediation.POOL_FAILOVER);
        assertEquals("pool:pool3.contoso.com", failover.target().toString());
        assertEquals(
                "PASSED: the Central Management store is moved first",
                Expect.words(failover, Clause.CMS_WRITABLE));
    }
}
