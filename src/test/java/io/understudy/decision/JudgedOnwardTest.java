package io.understudy.decision;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.understudy.estate.ComponentId;
import io.understudy.estate.Estate;
import io.understudy.estate.Position;
import io.understudy.health.MirroringState;
import io.understudy.health.Status;
import io.understudy.testing.Contoso;
import io.understudy.testing.PoolTold;
import io.understudy.testing.Scene;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What a change, or time alone, makes of what was judged before. */
class JudgedOnwardTest {

    private static final String STORE = "store:be1";
    private static final String P = "sql:sql11.contoso.com/rtc";
    private static final String[] PAIR = {"pool:pool1.contoso.com", "pool:pool2.contoso.com"};
    private static final Estate ESTATE = Contoso.USUAL.pairs(2);

    private static Scene scene() {
        return new Scene(ESTATE);
    }

    private static Evaluation onward(Scene before, Scene after, String... changed) {
        Set<ComponentId> named =
                Arrays.stream(changed).map(ComponentId::parse).collect(Collectors.toSet());
        return Assessment.of(before.snapshot()).after(after.snapshot(), named).evaluation();
    }

    private static void assertOnward(Scene before, Scene after, String... changed) {
        assertEquals(after.evaluate(), onward(before, after, changed));
    }

    @Test
    void aLossThatIsNamedIsJudged() {
        assertOnward(scene(), scene().down(P), P);
        assertOnward(scene().down(P), scene(), P);
    }

    @Test
    void whatIsWrongAlreadyIsLookedAtAgainWhateverIsNamed() {
        assertOnward(scene().down(P), scene().down(P).later(Duration.ofSeconds(1)));
        assertOnward(
                scene().down(P), scene().down(P).ended(Remediation.REPAIR, STORE, Duration.ZERO));
    }

    @Test
    void aLinkThatIsOnlyJustCutIsLookedAtAgainAsTimePasses() {
        Scene cut = scene().mirroring("be1", MirroringState.DISCONNECTED, Position.PRIMARY);
        assertEquals(Evaluation.NOTHING, cut.evaluate());
        Scene lasting = scene().mirroring("be1", MirroringState.DISCONNECTED, Position.PRIMARY);
        lasting.later(Setting.LOSS_ALIGNMENT.otherwise().orElseThrow());
        assertEquals("B12", Expect.forTarget(onward(cut, lasting), STORE).rule());
        Scene twice = scene().mirroring("be1", MirroringState.DISCONNECTED, Position.PRIMARY);
        Assessment untouched =
                Assessment.of(cut.snapshot())
                        .after(twice.later(Duration.ofSeconds(1)).snapshot(), Set.of());
        assertEquals(
                lasting.evaluate(), untouched.after(lasting.snapshot(), Set.of()).evaluation());
    }

    @Test
    void aDoubtComesAndGoesWithItsName() {
        Scene doubted = scene().by("o-lisbon", Status.DOWN, P);
        assertOnward(scene(), doubted, P);
        assertOnward(doubted, scene(), P);
        assertOnward(doubted, scene().by("o-lisbon", Status.DOWN, P).later(Duration.ofSeconds(1)));
        Scene another = scene().by("o-lisbon", Status.DOWN, P, "sql:sql12.contoso.com/rtc");
        assertOnward(doubted, another, "sql:sql12.contoso.com/rtc");
    }

    @Test
    void aSiteIsFoundDownAndUpAgain() {
        Scene down = scene().silent("o-dublin").down("site:dublin");
        assertOnward(scene().silent("o-dublin"), down, "site:dublin");
        assertOnward(down, scene().silent("o-dublin"), "site:dublin");
        Scene also = scene().silent("o-dublin").down("site:dublin").down(P);
        assertOnward(down, also, P);
    }

    private static Scene cmsAt(String host) {
        return scene().facts(
                        PAIR[1],
                        PoolTold.WELL.centralManagement(host, host, Optional.of(true)).facts());
    }

    @Test
    void aCmsThatIsMovedIsLookedForWhereItIsNow() {
        String[] lost = {"server:fe31.contoso.com", "server:fe32.contoso.com"};
        Scene before = scene().down(lost);
        Scene moved = cmsAt("pool2.contoso.com").down(lost);
        assertOnward(before, moved, PAIR[1]);
        assertOnward(moved, scene().down(lost), PAIR[1]);
        assertOnward(cmsAt("pool2.contoso.com"), cmsAt("pool2.contoso.com").down(lost), lost);
    }

    @Test
    void theNewHostOfTheCmsIsLookedAtThoughNothingElseOfItChanged() {
        Scene stuck = scene();
        stuck.facts(
                "pool:pool3.contoso.com",
                PoolTold.WELL
                        .centralManagement(
                                "pool1.contoso.com", "pool2.contoso.com", Optional.empty())
                        .facts());
        assertEquals("P4", Expect.forTarget(stuck.evaluate(), PAIR[0]).rule());
        assertOnward(scene(), stuck, "pool:pool3.contoso.com");
    }

    @Test
    void anotherEstateOrPolicyIsJudgedAsAWhole() {
        Scene lost = scene().down(P);
        Policy patient = Policy.DEFAULT.with(Setting.BACK_END_BUDGET, Duration.ofHours(1));
        assertOnward(lost, scene().down(P).policy(patient));
        assertOnward(scene(), new Scene(Contoso.USUAL.pairs(2)).down(P));
        assertOnward(scene(), scene().planned(Remediation.MIRROR_FAILOVER, STORE));
    }

    @Test
    void whatDiffersIsFoundWhereNobodyNamesIt() {
        Scene after = scene().down(P);
        assertEquals(
                after.evaluate(),
                Assessment.of(scene().snapshot()).after(after.snapshot()).evaluation());
        Scene elsewhere = new Scene(Contoso.USUAL.pairs(2)).down(P);
        assertEquals(
                elsewhere.evaluate(),
                Assessment.of(scene().snapshot()).after(elsewhere.snapshot()).evaluation());
    }
}
