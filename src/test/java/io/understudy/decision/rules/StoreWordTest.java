package io.understudy.decision.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.understudy.decision.Setting;
import io.understudy.estate.Position;
import io.understudy.estate.Store;
import io.understudy.health.ComponentFacts;
import io.understudy.health.Condition;
import io.understudy.health.MirroringState;
import io.understudy.health.WitnessState;
import io.understudy.testing.Contoso;
import io.understudy.testing.Scene;
import io.understudy.testing.StoreTold;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How far a store's own word is believed, at the edges of its age. */
class StoreWordTest {

    private static final Instant NOW = Scene.NOON;
    private static final Scene SCENE = new Scene(Contoso.USUAL.withWitness());
    private static final Sight SIGHT = new Sight(SCENE.snapshot());
    private static final Store STORE = SCENE.store("be1");
    private static final Duration MAX_AGE = SIGHT.policy().thresholds().maxAge();
    private static final Duration GRACE = SIGHT.setting(Setting.MIRROR_FAILOVER_GRACE, STORE.id());
    private static final Condition UP = new Condition.Up(NOW, List.of());

    private static StoreTold told(MirroringState state) {
        return StoreTold.mirrored(STORE, state, Position.PRIMARY);
    }

    private static StoreWord word(StoreTold told, Instant at) {
        return new StoreWord(
                SIGHT, STORE, new ComponentFacts(told.facts(), at, at, Map.of(), Map.of()));
    }

    private static Condition downSince(Instant since) {
        return new Condition.Down(since, List.of());
    }

    @Test
    void isFreshUntilItIsOlderThanAllowed() {
        StoreTold told = told(MirroringState.SYNCHRONIZED);
        Instant oldest = NOW.minus(MAX_AGE);
        assertEquals(Optional.of(told.facts()), word(told, oldest).fresh());
        assertEquals(Optional.empty(), word(told, oldest.minusMillis(1)).fresh());
    }

    @Test
    void whatWasNeverToldIsNotFresh() {
        StoreWord nothing = new StoreWord(SIGHT, STORE, ComponentFacts.NONE);
        assertEquals(Optional.empty(), nothing.fresh());
        assertFalse(nothing.sideKnown(UP));
        assertFalse(nothing.links(Optional.of(UP)).told());
    }

    @Test
    void theSideIsKnownByAWordNotTooLongBeforeTheLoss() {
        Instant lost = NOW.minus(Duration.ofHours(1));
        Instant oldest = lost.minus(MAX_AGE);
        StoreTold told = told(MirroringState.SYNCHRONIZED);
        assertTrue(word(told, oldest).sideKnown(downSince(lost)));
        assertFalse(word(told, oldest.minusMillis(1)).sideKnown(downSince(lost)));
        assertFalse(word(told, oldest).sideKnown(UP), "counted from now where it lives");
    }

    @Test
    void linksCountFromTheLossOfThePartner() {
        Instant lost = NOW.minus(Duration.ofHours(1));
        StoreWord word = word(told(MirroringState.DISCONNECTED), lost);
        assertTrue(word.links(Optional.of(downSince(lost))).told());
        assertFalse(word.links(Optional.of(UP)).told());
    }

    @Test
    void aLinkIsCutOnlyWhenEveryDatabaseSaysSo() {
        StoreTold cut = told(MirroringState.DISCONNECTED).witness(WitnessState.DISCONNECTED);
        assertEquals(
                new StoreWord.Links(true, true, true, false),
                word(cut, NOW).links(Optional.of(UP)));
        String first = STORE.databases().getFirst().name();
        assertEquals(
                new StoreWord.Links(true, false, true, false),
                word(cut.state(first, MirroringState.SYNCHRONIZED), NOW).links(Optional.of(UP)));
        assertEquals(
                new StoreWord.Links(true, false, false, true),
                word(told(MirroringState.SYNCHRONIZED), NOW).links(Optional.of(UP)));
    }

    @Test
    void mayHaveMovedOnceItsTimeToFailOverByItselfIsOver() {
        Condition lost = downSince(NOW.minus(GRACE));
        Condition later = downSince(NOW.minus(GRACE).plusMillis(1));
        StoreTold told = told(MirroringState.SYNCHRONIZED);
        StoreWord before = word(told, NOW.minusMillis(1));
        assertTrue(before.mayHaveMoved(lost, Optional.of(UP), Optional.of(UP)));
        assertFalse(before.mayHaveMoved(later, Optional.of(UP), Optional.of(UP)));
        assertFalse(
                word(told, NOW).mayHaveMoved(lost, Optional.of(UP), Optional.of(UP)),
                "it was told since where the principals are");
    }

    @Test
    void hasNotMovedWhereSomethingRulesThatOut() {
        Condition lost = downSince(NOW.minus(GRACE));
        Instant at = NOW.minusMillis(1);
        StoreWord inStep = word(told(MirroringState.SYNCHRONIZED), at);
        assertFalse(inStep.mayHaveMoved(UP, Optional.of(UP), Optional.of(UP)));
        assertFalse(inStep.mayHaveMoved(lost, Optional.of(lost), Optional.of(UP)));
        assertFalse(inStep.mayHaveMoved(lost, Optional.of(UP), Optional.of(lost)));
        assertFalse(inStep.mayHaveMoved(lost, Optional.of(UP), Optional.empty()));
        StoreTold cut = told(MirroringState.SYNCHRONIZED).witness(WitnessState.DISCONNECTED);
        assertFalse(word(cut, at).mayHaveMoved(lost, Optional.of(UP), Optional.of(UP)));
        StoreWord behind = word(told(MirroringState.SYNCHRONIZING), at);
        assertFalse(behind.mayHaveMoved(lost, Optional.of(UP), Optional.of(UP)));
    }
}
