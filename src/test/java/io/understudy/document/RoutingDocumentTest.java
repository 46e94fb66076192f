package io.understudy.document;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.understudy.estate.Violation;
import io.understudy.routing.Routing;
import io.understudy.runbook.Operation;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Routings as documents: read, refused with a pointer, warned of. */
class RoutingDocumentTest {

    private static final Set<String> EXECUTORS = Set.of("powershell", "sqlserver");
    private static final String GOOD =
            """
            managementServers:
              - {name: ms-redmond, site: redmond, transport: WINRM, host: MS1.contoso.com, user: 'CONTOSO\\svc', credential: 'vault:secret/understudy/ms1#password'}
              - {name: ms-dublin, site: dublin, transport: SSH, host: '10.2.0.5', port: 2222, user: svc, credential: 'file:ms2.key',
                 hostKeys: ['ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJfkNV4OS33ImTXvorZr72q4v5XhVEQKfvqsxOEJ/XaR']}
              - {name: here, site: dublin, transport: LOCAL}
            routes:
              - {executor: powershell}
              - {operations: [FORCE_SERVICE, FAIL_OVER_GROUP], executor: sqlserver}
              - {store: be1, operations: [SWITCH_PRINCIPAL], executor: powershell, managementServer: ms-dublin, timeLimit: PT10M}
              - {pool: Pool1.contoso.com, executor: powershell}
              - {site: dublin, operations: [FAIL_OVER_POOL], executor: powershell}
            """;

    private static Routing read(String text) {
        return RoutingDocument.read(Samples.yaml(text), EXECUTORS);
    }

    private static List<String> problems(String text) {
        return assertThrows(InvalidDocument.class, () -> read(text), text).problems().stream()
                .map(problem -> problem.pointer() + " " + problem.code())
                .toList();
    }

    private static String servers(String server) {
        return "{managementServers: [" + server + "]}";
    }

    @Test
    void aRoutingIsReadAsItWasWrittenAndKept() {
        Routing routing = read(GOOD);
        assertEquals("ms1.contoso.com", routing.managementServers().getFirst().host());
        assertEquals(Set.of(Operation.SWITCH_PRINCIPAL), routing.routes().get(2).operations());
        assertEquals(
                "pool:pool1.contoso.com", routing.routes().get(3).scope().orElseThrow().toString());
        assertEquals(routing, RoutingDocument.read(RoutingDocument.write(routing), EXECUTORS));
        assertEquals(routing, Json.read(Json.write(routing), Routing.class));
        assertEquals(Routing.NONE, read("{}"));
    }

    @Test
    void whatThereIsNotIsRefusedWithItsPlace() {
        assertEquals(
                List.of("/routes/0/executor UNKNOWN", "/routes/0/managementServer UNKNOWN"),
                problems("{routes: [{executor: bash, managementServer: ms9}]}"));
        assertEquals(
                List.of("/routes/0/site SECOND_SCOPE"),
                problems("{routes: [{executor: powershell, pool: p.contoso.com, site: dublin}]}"));
        assertEquals(
                List.of("/managementServers/1/name DUPLICATE"),
                problems(
                        servers(
                                "{name: a, site: b, transport: LOCAL}, {name: a, site: c, transport: LOCAL}")));
        assertEquals(
                List.of("/managementServers/0/host REQUIRED", "/managementServers/0/user REQUIRED"),
                problems(servers("{name: a, site: b, transport: SSH}")));
        assertEquals(
                List.of("/routes/0/timeLimit TOO_SHORT"),
                problems("{routes: [{executor: powershell, timeLimit: PT0S}]}"));
    }

    @Test
    void twoRoutesThatSayAsMuchOfTheSameActionAreRefusedNamingBoth() {
        String tie =
                """
                routes:
                  - {executor: powershell}
                  - {site: dublin, operations: [FAIL_OVER_POOL, SYNC_BACKUP], executor: powershell}
                  - {site: dublin, operations: [SYNC_BACKUP], executor: sqlserver}
                  - {operations: [], executor: sqlserver}
                """;
        InvalidDocument refusal = assertThrows(InvalidDocument.class, () -> read(tie));
        assertEquals(
                List.of("/routes/2 TIE", "/routes/3 TIE"),
                refusal.problems().stream().map(p -> p.pointer() + " " + p.code()).toList());
        assertTrue(refusal.problems().getFirst().message().contains("/routes/1"));
        assertTrue(refusal.problems().getLast().message().contains("/routes/0"));
    }

    @Test
    void hostileNamesHostsAccountsAndReferencesAreRefused() {
        Stream.of(
                        "a b",
                        "a'b",
                        "a\\\"b",
                        "$(id)",
                        "a;b",
                        "a\\nb",
                        "..",
                        "-oProxyCommand=x",
                        "ｍs1",
                        "ms1\u212A",
                        "")
                .forEach(text -> {
                    assertFalse(
                            problems(
                                            server(
                                                    text,
                                                    "ms1.contoso.com",
                                                    "svc",
                                                    "env:UNDERSTUDY_SECRET_A"))
                                    .isEmpty());
                    assertFalse(
                            problems(server("ms1", text, "svc", "env:UNDERSTUDY_SECRET_A"))
                                    .isEmpty());
                    assertFalse(
                            problems(
                                            server(
                                                    "ms1",
                                                    "ms1.contoso.com",
                                                    text,
                                                    "env:UNDERSTUDY_SECRET_A"))
                                    .isEmpty());
                    assertFalse(problems(server("ms1", "ms1.contoso.com", "svc", text)).isEmpty());
                });
        Stream.of(
                        "env:PATH",
                        "env:QUARKUS_DATASOURCE_PASSWORD",
                        "env:UNDERSTUDY_SECRET_a",
                        "file:../x",
                        "file:/etc/shadow",
                        "file:a/b",
                        "file:.x",
                        "vault:secret",
                        "vault:secret/a/../b#c",
                        "vault:secret/a",
                        "secret")
                .forEach(reference ->
                        assertEquals(
                                List.of("/managementServers/0/credential PATTERN"),
                                problems(server("ms1", "ms1.contoso.com", "svc", reference)),
                                reference));
    }

    private static String server(String name, String host, String user, String credential) {
        return servers(
                "{name: \"%s\", site: a, transport: SSH, host: \"%s\", user: \"%s\", credential: \"%s\"}"
                        .formatted(name, host, user, credential));
    }

    @ParameterizedTest
    @CsvSource({
        "ms1.contoso.com, true",
        "MS-1.Contoso.Com, true",
        "10.0.0.1, true",
        "255.255.255.255, true",
        "2001:db8::1, true",
        "::1, true",
        "fe80::, true",
        "2001:db8:0:0:0:0:0:1, true",
        "ms1, false",
        "localhost, false",
        "10.0.0.256, false",
        "10.0.0, false",
        "10.0.0.1.5, false",
        "1.2, false",
        "0x7f.1, false",
        "a..b.com, false",
        "-a.com, false",
        "a-.com, false",
        "a.com., false",
        "a_b.contoso.com, false",
        ":1, false",
        "1:, false",
        "1::2::3, false",
        "1:2:3, false",
        "1:2:3:4:5:6:7:8:9, false",
        "12345::, false",
        ":::, false"
    })
    void aHostIsAFullyQualifiedNameOrAnAddress(String host, boolean is) {
        assertEquals(is, RoutingRules.isHost(host));
    }

    @Test
    void whatTheEstateDoesNotHaveAndASiteThatWouldHaveToFailItselfOverAreWarnedOf() {
        assertEquals(List.of(), advice(GOOD.replace("Pool1.contoso.com", "pool1.contoso.com")));
        assertEquals(
                List.of(
                        "/managementServers/0/site UNKNOWN_SCOPE",
                        "/routes/0/store UNKNOWN_SCOPE",
                        "/routes/1/site UNKNOWN_SCOPE"),
                advice(
                        """
                        managementServers: [{name: a, site: paris, transport: LOCAL}]
                        routes: [{store: nothing, executor: powershell}, {site: rome, executor: sqlserver}]
                        """));
        assertEquals(
                List.of("/managementServers NO_MANAGEMENT_SERVER_ELSEWHERE"),
                advice(servers("{name: a, site: redmond, transport: LOCAL}")));
        assertEquals(List.of(), advice(servers("{name: a, site: lisbon, transport: LOCAL}")));
    }

    private static List<String> advice(String text) {
        JsonNode document = Samples.yaml(text);
        Routing routing = RoutingDocument.read(document, EXECUTORS);
        List<Violation> advice = RoutingDocument.advice(document, routing, Samples.estate());
        return advice.stream().map(v -> v.pointer() + " " + v.code()).toList();
    }
}
