package io.understudy.routing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.understudy.adapter.spi.ManagementServer;
import io.understudy.document.Samples;
import io.understudy.estate.ComponentId;
import io.understudy.estate.Estate;
import io.understudy.estate.PoolFqdn;
import io.understudy.estate.ServerFqdn;
import io.understudy.estate.SiteName;
import io.understudy.estate.SqlInstance;
import io.understudy.health.ChatState;
import io.understudy.runbook.Action;
import io.understudy.runbook.Operation;
import io.understudy.testing.Actions;
import io.understudy.testing.Contoso;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Which route counts, and from where what is failed over is failed over. */
class RouteChoiceTest {

    private static final Estate CONTOSO = Contoso.USUAL.estate();
    private static final PoolFqdn POOL1 = new PoolFqdn("pool1.contoso.com");
    private static final PoolFqdn POOL2 = new PoolFqdn("pool2.contoso.com");
    private static final Action FAIL_OVER = new Action.FailOverPool(POOL1, POOL2, true);
    private static final Action MOVE =
            new Action.MoveCentralManagement(
                    POOL1,
                    POOL2,
                    new SqlInstance(new ServerFqdn("sql21.contoso.com"), "rtc"),
                    Optional.empty(),
                    true);

    /** Two sites, and a chat pool that is stretched over both with its log shipping. */
    private static final Estate STRETCHED =
            io.understudy.document.EstateDocument.read(
                    Samples.yaml(
                            """
                            name: stretched
                            sites: [{name: redmond}, {name: dublin}]
                            pools:
                              - {fqdn: chat.contoso.com, role: PERSISTENT_CHAT, release: SFB_2015, site: redmond, store: chat1,
                                 servers: [{fqdn: c1.contoso.com}, {fqdn: c2.contoso.com, site: dublin, active: false}]}
                            stores:
                              - {name: chat1, site: redmond, technology: STANDALONE, primary: {fqdn: sql1.contoso.com, instance: chat},
                                 databases: [{name: mgc, type: PERSISTENT_CHAT}],
                                 logShipping: {secondary: {fqdn: sql9.contoso.com, instance: chat, site: dublin}}}
                            observers: []
                            """));

    private static final PoolFqdn CHAT = new PoolFqdn("chat.contoso.com");

    private static Route route(String executor, String scope, Operation... operations) {
        return new Route(
                Set.of(operations),
                scope.isEmpty() ? Optional.empty() : Optional.of(ComponentId.parse(scope)),
                executor,
                Optional.empty(),
                Optional.empty());
    }

    private static Route by(String managementServer) {
        return new Route(
                Set.of(),
                Optional.empty(),
                "powershell",
                Optional.of(managementServer),
                Optional.empty());
    }

    private static ManagementServer at(String site) {
        return new ManagementServer(
                "ms-" + site,
                new SiteName(site),
                ManagementServer.Transport.SSH,
                "ms." + site + ".contoso.com",
                Optional.empty(),
                Optional.of("svc"),
                Optional.empty(),
                List.of());
    }

    private static String chosen(Action action, Route... routes) {
        return new RouteChoice(new Routing(List.of(), List.of(routes)), CONTOSO)
                .route(action)
                .map(Route::executor)
                .orElse("none");
    }

    private static String server(
            Estate estate, Action action, Optional<Route> route, String... sites) {
        Routing routing =
                new Routing(
                        Arrays.stream(sites).map(RouteChoiceTest::at).toList(),
                        route.stream().toList());
        return new RouteChoice(routing, estate)
                .managementServer(action, route)
                .map(ManagementServer::name)
                .orElse("none");
    }

    private static String server(Action action, String... sites) {
        return server(CONTOSO, action, Optional.empty(), sites);
    }

    @Test
    void aPoolBeatsASiteAndASiteBeatsNothingWhateverOperationsAreNamed() {
        Route everything = route("a", "");
        Route named = route("b", "", Operation.FAIL_OVER_POOL);
        Route site = route("c", "site:redmond");
        Route siteNamed = route("d", "site:redmond", Operation.FAIL_OVER_POOL);
        Route pool = route("e", "pool:pool1.contoso.com");
        Route poolNamed = route("f", "pool:pool1.contoso.com", Operation.FAIL_OVER_POOL);
        List<Route> rising = List.of(everything, named, site, siteNamed, pool, poolNamed);
        for (int most = 0; most < rising.size(); most++) {
            Route[] some = rising.subList(0, most + 1).toArray(Route[]::new);
            assertEquals(rising.get(most).executor(), chosen(FAIL_OVER, some));
            Route[] backwards = rising.subList(0, most + 1).reversed().toArray(Route[]::new);
            assertEquals(rising.get(most).executor(), chosen(FAIL_OVER, backwards));
        }
    }

    @Test
    void aRouteOfAnotherOperationSitePoolOrStoreDoesNotFit() {
        assertEquals("none", chosen(FAIL_OVER));
        assertEquals("none", chosen(FAIL_OVER, route("a", "", Operation.FAIL_BACK_POOL)));
        assertEquals("none", chosen(FAIL_OVER, route("a", "site:dublin")));
        assertEquals("none", chosen(FAIL_OVER, route("a", "pool:pool2.contoso.com")));
        assertEquals("none", chosen(FAIL_OVER, route("a", "store:be1")));
        Action ofStore =
                Actions.all().stream()
                        .filter(Action.ForceService.class::isInstance)
                        .findFirst()
                        .orElseThrow();
        assertEquals("a", chosen(ofStore, route("a", "store:be1")));
        assertEquals("none", chosen(ofStore, route("a", "pool:pool1.contoso.com")));
    }

    @Test
    void routesThatFitTheSameActionAndSayAsMuchAreRivals() {
        Route two = route("a", "site:redmond", Operation.FAIL_OVER_POOL, Operation.FAIL_BACK_POOL);
        assertTrue(two.rivals(route("b", "site:redmond", Operation.FAIL_BACK_POOL)));
        assertFalse(two.rivals(route("b", "site:redmond", Operation.SYNC_BACKUP)));
        assertFalse(two.rivals(route("b", "site:dublin", Operation.FAIL_BACK_POOL)));
        assertFalse(two.rivals(route("b", "site:redmond")));
        assertTrue(route("a", "").rivals(route("b", "")));
        assertTrue(route("a", "store:be1").rivals(route("b", "store:be1")));
    }

    @Test
    void aFailoverGoesThroughTheSiteThatIsLeft() {
        for (Action action : List.of(FAIL_OVER, MOVE)) {
            assertEquals("ms-dublin", server(action, "redmond", "dublin", "lisbon"));
            assertEquals("ms-lisbon", server(action, "redmond", "lisbon"));
            assertEquals("ms-redmond", server(action, "redmond"));
            assertEquals("none", server(action));
        }
    }

    @Test
    void aFailoverNeverGoesThroughTheSiteThatItLeavesEvenWhenTheRouteSaysSo() {
        for (Action action : List.of(FAIL_OVER, MOVE)) {
            Optional<Route> lost = Optional.of(by("ms-redmond"));
            assertEquals("ms-dublin", server(CONTOSO, action, lost, "redmond", "dublin"));
            assertEquals("ms-lisbon", server(CONTOSO, action, lost, "redmond", "lisbon"));
            assertEquals("ms-redmond", server(CONTOSO, action, lost, "redmond"));
            Optional<Route> third = Optional.of(by("ms-lisbon"));
            assertEquals(
                    "ms-lisbon", server(CONTOSO, action, third, "redmond", "dublin", "lisbon"));
        }
    }

    @Test
    void whatStaysAtASiteGoesThroughThatSiteOrTheOneThatTheRouteNames() {
        Action recover = new Action.RecoverQuorum(POOL1);
        assertEquals("ms-redmond", server(recover, "dublin", "redmond"));
        assertEquals("ms-lisbon", server(recover, "lisbon", "dublin"));
        assertEquals(
                "ms-dublin",
                server(CONTOSO, recover, Optional.of(by("ms-dublin")), "redmond", "dublin"));
        assertEquals(
                "ms-redmond",
                server(new Action.FailBackPool(POOL1, POOL2, false), "dublin", "redmond"));
    }

    @Test
    void aStretchedChatPoolIsFailedOverFromWhereItsDatabaseGoes() {
        SqlInstance secondary = new SqlInstance(new ServerFqdn("sql9.contoso.com"), "chat");
        Stream.of(
                        new Action.RestoreLogs(
                                new io.understudy.estate.StoreName("chat1"),
                                List.of("mgc"),
                                secondary),
                        new Action.SetChatState(CHAT, ChatState.FAILED_OVER),
                        new Action.SetActiveChatServers(
                                CHAT, List.of(new ServerFqdn("c2.contoso.com"))))
                .forEach(action ->
                        assertEquals(
                                "ms-dublin",
                                server(STRETCHED, action, Optional.empty(), "redmond", "dublin"),
                                action.toString()));
        Stream.of(
                        new Action.SetChatState(CHAT, ChatState.NORMAL),
                        new Action.SetActiveChatServers(CHAT, List.of()),
                        new Action.SetActiveChatServers(
                                CHAT, List.of(new ServerFqdn("c1.contoso.com"))))
                .forEach(action ->
                        assertEquals(
                                "ms-redmond",
                                server(STRETCHED, action, Optional.empty(), "dublin", "redmond"),
                                action.toString()));
    }

    @Test
    void
            everyActionThatIsCarriedOutFindsAServerWhereThereIsOneAndTheFirstWhereItsTargetIsUnknown() {
        Estate nothing = new Estate("none", List.of(), List.of(), List.of(), List.of());
        for (Action action : Actions.carriedOut()) {
            assertEquals("ms-lisbon", server(CONTOSO, action, Optional.empty(), "lisbon"));
            assertEquals(
                    "ms-dublin", server(nothing, action, Optional.empty(), "dublin", "redmond"));
        }
    }
}
