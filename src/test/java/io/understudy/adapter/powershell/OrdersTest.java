package io.understudy.adapter.powershell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.understudy.estate.CentralManagement;
import io.understudy.estate.Database;
import io.understudy.estate.DatabaseType;
import io.understudy.estate.Edition;
import io.understudy.estate.Estate;
import io.understudy.estate.Pool;
import io.understudy.estate.PoolFqdn;
import io.understudy.estate.PoolRole;
import io.understudy.estate.Release;
import io.understudy.estate.Server;
import io.understudy.estate.ServerFqdn;
import io.understudy.estate.SiteName;
import io.understudy.estate.SqlInstance;
import io.understudy.estate.Store;
import io.understudy.estate.StoreName;
import io.understudy.estate.StoreTechnology;
import io.understudy.runbook.Action;
import io.understudy.runbook.Operation;
import io.understudy.testing.Actions;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class OrdersTest {

    private static final SiteName SITE = new SiteName("redmond");

    /** One that has everything that {@link Actions} names. */
    static Estate estate(String... moreDatabases) {
        List<Database> databases =
                Stream.concat(Stream.of("rtcxds", "rtcshared"), Stream.of(moreDatabases))
                        .map(name -> new Database(name, DatabaseType.USER))
                        .toList();
        Store store =
                new Store(
                        new StoreName("be1"),
                        SITE,
                        StoreTechnology.MIRRORING,
                        sql("sql1"),
                        Optional.of(sql("sql2")),
                        Optional.empty(),
                        databases,
                        Optional.empty());
        return new Estate(
                "contoso",
                List.of(),
                Stream.of("pool1", "pool2", "edge1", "chat").map(OrdersTest::pool).toList(),
                List.of(store),
                List.of());
    }

    private static SqlInstance sql(String host) {
        return new SqlInstance(new ServerFqdn(host + ".contoso.com"), "rtc");
    }

    private static Pool pool(String name) {
        return new Pool(
                new PoolFqdn(name + ".contoso.com"),
                PoolRole.FRONT_END,
                Edition.ENTERPRISE,
                Release.SFB_2015,
                SITE,
                List.of(
                        new Server(new ServerFqdn("fe1.contoso.com")),
                        new Server(new ServerFqdn("fe2.contoso.com"))),
                Optional.empty(),
                Optional.empty(),
                CentralManagement.NONE,
                OptionalInt.empty(),
                OptionalInt.empty(),
                Optional.empty(),
                false);
    }

    private static Orders orders(Estate estate) {
        return new Orders(estate, Optional.of("C:\\Exports"));
    }

    static Stream<Action> actions() {
        return Actions.carriedOut().stream()
                .filter(a -> Scripts.OPERATIONS.contains(Operation.of(a).orElseThrow()));
    }

    @Test
    void whatGoesBackIsTakenFromThePairAndGivenToTheHomePool() {
        Order order =
                orders(estate())
                        .of(
                                new Action.MoveApplication(
                                        Action.MoveApplication.Application.RESPONSE_GROUPS,
                                        new PoolFqdn("pool1.contoso.com"),
                                        new PoolFqdn("pool2.contoso.com"),
                                        true));
        assertEquals("pool2.contoso.com", order.parameters().get("Pool"));
        assertEquals("pool1.contoso.com", order.parameters().get("To"));
        assertTrue(
                order.command()
                        .contains("-Destination service:ApplicationServer:pool1.contoso.com"));
    }

    @ParameterizedTest
    @MethodSource("actions")
    void everyScriptDeclaresExactlyWhatItIsTold(Action action) {
        Order order = orders(estate()).of(action);
        String script = Scripts.of(order.script()).text();
        Set<String> told = new TreeSet<>(order.parameters().keySet());
        Set<String> withRehearsal = new TreeSet<>(told);
        withRehearsal.add("Rehearse");
        assertEquals(withRehearsal, declared(script, "Invoke-Operation"));
        assertEquals(told, declared(script, "Test-Operation"));
    }

    /** The names of the parameters of a function, each of which stands with its type. */
    private static Set<String> declared(String script, String function) {
        int begin = script.indexOf("param(", script.indexOf("function " + function));
        String block =
                script.substring(begin, script.indexOf("\n    ", script.indexOf(")\n", begin)));
        Set<String> names = new TreeSet<>();
        Matcher declared =
                Pattern.compile("\\[(?:string|bool|switch|string\\[\\])\\] \\$([A-Za-z]+)")
                        .matcher(block);
        while (declared.find()) {
            names.add(declared.group(1));
        }
        return names;
    }

    @ParameterizedTest
    @MethodSource("actions")
    void whatAScriptIsToldSaysTheWholeAction(Action action) {
        Order order = orders(estate()).of(action);
        assertEquals(
                action,
                io.understudy.counterpart.StandInActions.action(
                        order.script(),
                        io.understudy.document.Json.mapper().valueToTree(order.parameters())));
        assertTrue(order.command().endsWith(" -Confirm:$false"), order.command());
        assertTrue(order.command().contains("-Cs"), order.command());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rtc'xds",
                "rtc\"xds",
                "$(Stop-Computer)",
                "rtcxds;calc",
                "rtc\nxds",
                "rtc`xds",
                "rtсxds",
                "rtc\u2019xds",
                "-Force",
                "rtc xds",
                "%PATH%",
                "rtc|xds",
                "rtc&xds",
                ""
            })
    void aHostileNameOfTheEstateItselfIsRefusedAndItsFieldNamed(String database) {
        UnfitName refused =
                assertThrows(
                        UnfitName.class, () -> orders(estate(database)).of(switching(database)));
        assertTrue(refused.getMessage().startsWith("databases[1]: "), refused.getMessage());
        assertFalse(database.length() > 1 && refused.getMessage().contains(database));
    }

    private static Action switching(String database) {
        return new Action.SwitchPrincipal(
                new StoreName("be1"),
                new PoolFqdn("pool1.contoso.com"),
                DatabaseType.USER,
                List.of("rtcxds", database),
                sql("sql2"),
                io.understudy.estate.Position.MIRROR,
                false);
    }

    @Test
    void namesThatTheEstateDoesNotHaveAreRefused() {
        PoolFqdn pool = new PoolFqdn("pool1.contoso.com");
        PoolFqdn other = new PoolFqdn("pool9.contoso.com");
        refused("to", new Action.FailOverPool(pool, other, true));
        refused("pool", new Action.SyncBackup(other));
        refused("databases[1]", switching("mgc"));
        refused(
                "servers[0]",
                new Action.StartServices(
                        pool, List.of(new ServerFqdn("fe9.contoso.com")), List.of("MASTER")));
        refused(
                "services[0]",
                new Action.StartServices(
                        pool, List.of(new ServerFqdn("fe1.contoso.com")), List.of("Spooler")));
        refused(
                "backupSql",
                new Action.MoveCentralManagement(pool, pool, sql("sql9"), Optional.empty(), true));
    }

    private static void refused(String field, Action action) {
        UnfitName refused = assertThrows(UnfitName.class, () -> orders(estate()).of(action));
        assertTrue(refused.getMessage().startsWith(field + ": "), refused.getMessage());
    }
}
