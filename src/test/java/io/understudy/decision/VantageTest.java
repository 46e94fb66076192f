package io.understudy.decision;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.understudy.estate.ComponentId;
import io.understudy.estate.ComponentKind;
import io.understudy.estate.Estate;
import io.understudy.estate.Observer;
import io.understudy.estate.ObserverName;
import io.understudy.estate.SiteName;
import io.understudy.health.Status;
import io.understudy.testing.Contoso;
import io.understudy.testing.Grown;
import io.understudy.testing.Scene;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What one observer's word is worth when nobody agrees with it: when it is the observer that is cut
 * off, when a link, and when a site (rows P6 to P8).
 */
class VantageTest {

    private static final String FE11 = "server:fe11.contoso.com";
    private static final String FE21 = "server:fe21.contoso.com";

    private static Scene usual() {
        return new Scene(Contoso.USUAL);
    }

    /** An observer says that all of these sites is dead. */
    private static Scene blind(Scene scene, String observer, String... sites) {
        for (String site : sites) {
            scene.by(
                    observer,
                    Status.DOWN,
                    scene.estate().componentsAt(new SiteName(site)).stream()
                            .filter(c -> c.kind() != ComponentKind.OBSERVER)
                            .map(ComponentId::toString)
                            .toArray(String[]::new));
        }
        return scene;
    }

    private static List<String> found(Scene scene, FindingCode code) {
        return scene.evaluate().findings().stream()
                .filter(finding -> finding.code() == code)
                .map(finding -> finding.target().toString())
                .toList();
    }

    private static boolean isolated(Scene scene) {
        return found(scene, FindingCode.OBSERVER_ISOLATED).equals(List.of("observer:o-lisbon"));
    }

    /** The observer at lisbon speaks of nothing else than that these are down. */
    private static Scene lisbonSays(String... down) {
        return usual().silent("o-lisbon").by("o-lisbon", Status.DOWN, down);
    }

    @Test
    void anObserverIsCutOffWhoseEveryWordIsThatPartsOfTwoSitesAreDead() {
        assertTrue(isolated(lisbonSays(FE11, FE21)));
        assertEquals(
                List.of(),
                found(lisbonSays(FE11, "server:fe12.contoso.com"), FindingCode.OBSERVER_ISOLATED));
        assertEquals(List.of(), found(lisbonSays(FE11), FindingCode.OBSERVER_ISOLATED));
    }

    @Test
    void whatAnObserverSaysOfObserversSavesItNot() {
        Scene scene = blind(usual(), "o-lisbon", "redmond", "dublin", "lisbon");
        assertTrue(isolated(scene.by("o-lisbon", Status.UP, "observer:o-lisbon")));
        String[] agreed = {"o-lisbon", "o-dublin"};
        assertTrue(isolated(scene.by(agreed, Status.DOWN, "observer:o-redmond")));
    }

    @Test
    void aLossThatOthersAgreeUponSavesOnlyAnObserverThatNamesItToo() {
        Scene silent = lisbonSays(FE11, FE21).down("server:fe13.contoso.com");
        assertEquals(List.of(), found(silent, FindingCode.OBSERVER_ISOLATED));
        assertTrue(isolated(silent.by("o-lisbon", Status.UNKNOWN, "server:fe13.contoso.com")));
    }

    @Test
    void tenOfWhatAnObserverSaysAreNamedAndTheOthersCounted() {
        Scene scene = blind(usual().silent("o-lisbon"), "o-lisbon", "dublin");
        assertEquals(
                "o-lisbon says DOWN of all it looks at: server:fe11.contoso.com,"
                        + " server:fe21.contoso.com, server:fe22.contoso.com,"
                        + " server:fe23.contoso.com, sql:sql21.contoso.com/rtc,"
                        + " sql:sql22.contoso.com/rtc, pool:pool2.contoso.com, store:be2,"
                        + " fileStore:pool2.contoso.com, site:dublin",
                evidence(scene.by("o-lisbon", Status.DOWN, FE11)));
        String more = evidence(scene.by("o-lisbon", Status.DOWN, "server:fe12.contoso.com"));
        assertTrue(more.endsWith(", fileStore:pool2.contoso.com and 1 more"), more);
    }

    private static String evidence(Scene scene) {
        return Expect.finding(scene.evaluate(), FindingCode.OBSERVER_ISOLATED)
                .evidence()
                .getFirst();
    }

    @Test
    void aCutLinkExplainsOnlyWhatIsBehindIt() {
        Scene scene = blind(usual(), "o-redmond", "dublin").by("o-redmond", Status.DOWN, FE11);
        assertEquals(List.of("site:redmond"), found(scene, FindingCode.SITE_PARTITIONED));
        assertEquals(
                List.of("pool:pool1.contoso.com"), found(scene, FindingCode.FRONT_END_SERVER_LOST));
    }

    @Test
    void aSiteWhoseOwnObserverSeesTheOthersIsNotCutOffFromThem() {
        Scene scene = blind(blind(usual(), "o-redmond", "dublin"), "o-lisbon", "dublin");
        assertEquals(
                List.of("site:lisbon", "site:redmond"), found(scene, FindingCode.SITE_PARTITIONED));
        assertTrue(
                scene.evaluate().findings().stream()
                        .allMatch(finding -> finding.rule().equals("P6")));
    }

    @Test
    void aSiteIsCutOffWhereTheObserverThatSeesItAliveSeesAnotherDead() {
        Scene scene = new Scene(twoAtDublin());
        blind(scene, "o-redmond", "dublin");
        blind(scene, "o-lisbon", "dublin");
        blind(scene.silent("o-dublin"), "o-dublin", "redmond");
        scene.by("o-dublin", Status.UP, "site:lisbon");
        assertEquals("P6", scene.evaluate().findings().getFirst().rule());
        scene.by("o-dublin", Status.UP, FE21);
        assertEquals("P7", scene.evaluate().findings().getFirst().rule());
        assertEquals(List.of("site:dublin"), found(scene, FindingCode.SITE_PARTITIONED));
    }

    /** A second observer sits at dublin, who sees everything. */
    private static Estate twoAtDublin() {
        Estate usual = Contoso.USUAL.estate();
        List<Observer> observers = new ArrayList<>(usual.observers());
        observers.add(new Observer(new ObserverName("o-second"), new SiteName("dublin")));
        return new Estate(usual.name(), usual.sites(), usual.pools(), usual.stores(), observers);
    }

    /** What would be found, were the word of one observer confirmed. */
    private static List<String> unconfirmed(String component) {
        Grown all = Grown.of(Contoso.USUAL.withWitness()).chat().mediation().directors();
        Scene scene = new Scene(all.estate()).unheard(component);
        return scene.by("o-lisbon", Status.DOWN, component).evaluate().findings().stream()
                .filter(finding -> !finding.confirmed())
                .map(finding -> finding.code() + " of " + finding.target())
                .toList();
    }

    @Test
    void whatWouldBeFoundIsNamedByTheKindOfWhatIsDoubted() {
        assertEquals(
                List.of("WITNESS_LOST of store:be1"), unconfirmed("sql:sqlw1.contoso.com/rtc"));
        assertEquals(
                List.of("LOG_SHIPPING_BEHIND of store:chat"),
                unconfirmed("sql:sqlc3.contoso.com/rtc"));
        assertEquals(
                List.of("MIRROR_LOST of store:chat"), unconfirmed("sql:sqlc2.contoso.com/rtc"));
        assertEquals(
                List.of("MEDIATION_POOL_DOWN of pool:med1.contoso.com"),
                unconfirmed("pool:med1.contoso.com"));
        assertEquals(
                List.of("DIRECTOR_POOL_DOWN of pool:dir1.contoso.com"),
                unconfirmed("pool:dir1.contoso.com"));
        assertEquals(
                List.of("CHAT_SERVERS_LOST of pool:chat1.contoso.com"),
                unconfirmed("pool:chat1.contoso.com"));
        assertEquals(
                List.of("CHAT_SERVERS_LOST of pool:chat1.contoso.com"),
                unconfirmed("server:c1.contoso.com"));
    }

    @Test
    void aServerThatOthersReplaceIsNoFindingWhereOneObserverDoubtsIt() {
        assertEquals(List.of(), unconfirmed("server:e11.contoso.com"));
        assertEquals(List.of(), unconfirmed("server:m1.contoso.com"));
        assertEquals(List.of(), unconfirmed("server:d1.contoso.com"));
    }

    @Test
    void aDoubtSaysWhatWouldSettleIt() {
        Decision decision =
                Expect.forTarget(
                        usual().unheard(FE11).by("o-lisbon", Status.DOWN, FE11).evaluate(),
                        "pool:pool1.contoso.com");
        assertEquals(
                "Not agreed by observers at enough sites. What would settle it: "
                        + FE11
                        + ": DOWN from an observer at another site than [lisbon];"
                        + " 2 different sites are needed",
                decision.reason());
        assertEquals(
                List.of(
                        "o-lisbon at lisbon says DOWN since 2026-11-21T12:00:00Z,"
                                + " last at 2026-11-21T12:00:00Z"),
                Expect.finding(
                                usual().unheard(FE11).by("o-lisbon", Status.DOWN, FE11).evaluate(),
                                FindingCode.FRONT_END_SERVER_LOST)
                        .evidence());
    }
}
