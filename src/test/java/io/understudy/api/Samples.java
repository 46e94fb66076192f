package io.understudy.api;

import io.understudy.decision.DataLoss;
import io.understudy.decision.Decision;
import io.understudy.decision.Interruption;
import io.understudy.decision.Mode;
import io.understudy.decision.Remedy;
import io.understudy.document.DocumentReader;
import io.understudy.document.EstateDocument;
import io.understudy.document.Format;
import io.understudy.estate.Estate;
import io.understudy.estate.Position;
import io.understudy.estate.Store;
import io.understudy.run.Run;
import io.understudy.run.RunStore;
import io.understudy.runbook.Runbooks;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Good documents of tests. */
final class Samples {

    static final String ESTATE =
            """
            {"name": "contoso",
             "sites": [{"name": "redmond"}, {"name": "dublin"}, {"name": "lisbon"}],
             "pools": [
               {"fqdn": "pool1.contoso.com", "role": "FRONT_END", "edition": "ENTERPRISE", "release": "SFB_2015", "site": "redmond",
                "servers": [{"fqdn": "fe1.contoso.com"}, {"fqdn": "fe2.contoso.com"}, {"fqdn": "fe3.contoso.com"}],
                "store": "be1", "backupPool": "pool2.contoso.com", "centralManagement": "ACTIVE", "users": 20000, "capacity": 40000},
               {"fqdn": "pool2.contoso.com", "role": "FRONT_END", "edition": "ENTERPRISE", "release": "SFB_2015", "site": "dublin",
                "servers": [{"fqdn": "fe4.contoso.com"}, {"fqdn": "fe5.contoso.com"}, {"fqdn": "fe6.contoso.com"}],
                "store": "be2", "backupPool": "pool1.contoso.com", "centralManagement": "STANDBY", "users": 20000, "capacity": 40000}],
             "stores": [
               {"name": "be1", "site": "redmond", "technology": "MIRRORING",
                "primary": {"fqdn": "sql1.contoso.com", "instance": "rtc"}, "mirror": {"fqdn": "sql2.contoso.com", "instance": "rtc"},
                "databases": [{"name": "rtcxds", "type": "USER"}, {"name": "rtcab", "type": "USER"}, {"name": "rgsconfig", "type": "APPLICATION"}, {"name": "xds", "type": "CENTRAL_MGMT"}]},
               {"name": "be2", "site": "dublin", "technology": "MIRRORING",
                "primary": {"fqdn": "sql3.contoso.com", "instance": "rtc"}, "mirror": {"fqdn": "sql4.contoso.com", "instance": "rtc"},
                "databases": [{"name": "rtcxds", "type": "USER"}, {"name": "rtcab", "type": "USER"}, {"name": "rgsconfig", "type": "APPLICATION"}, {"name": "xds", "type": "CENTRAL_MGMT"}]}],
             "observers": [{"name": "o-redmond", "site": "redmond"}, {"name": "o-dublin", "site": "dublin"}, {"name": "o-lisbon", "site": "lisbon"}]}
            """;

    static final String POLICY =
            """
            {"thresholds": {"consecutive": 2, "maxAge": "PT2M"},
             "modes": [{"remediation": "MIRROR_FAILOVER", "scope": "store:be1", "mode": "ADVISE"}],
             "backEndBudget": "PT30M", "primaryStoreVotes": "ALL_POOLS"}
            """;

    static final String FREEZE =
            """
            {"name": "switch", "reason": "core switch", "scope": "site:dublin",
             "from": "2026-01-01T00:00:00Z", "until": "2999-01-01T00:00:00Z"}
            """;

    static final String MAINTENANCE =
            """
            {"name": "patching", "reason": "patches", "scope": "site:dublin", "start": "2026-12-06T22:00:00",
             "timeZone": "Europe/Dublin", "duration": "PT4H", "recurrence": "FREQ=MONTHLY;BYDAY=1SU"}
            """;

    static final String MAPPING =
            """
            {"rules": [{"name": "store", "labels": {"job": "sql"}, "component": "store:{store}", "status": "DOWN", "samples": 2}],
             "observers": [{"label": "observer", "names": "OBSERVER"}]}
            """;

    static final String ROUTING =
            """
            {"managementServers": [
               {"name": "ms-dublin", "site": "dublin", "transport": "SSH", "host": "ms2.contoso.com", "port": 22,
                "user": "svc-understudy", "credential": "env:UNDERSTUDY_SECRET_DUBLIN"}],
             "routes": [
               {"operations": ["FAIL_OVER_POOL"], "site": "dublin", "executor": "simulator",
                "managementServer": "ms-dublin", "timeLimit": "PT30M"}]}
            """;

    static final String OBSERVATIONS =
            """
            [{"id": "malformed-1", "component": "site:lisbon", "status": "UP", "observer": "o-dublin",
              "observedAt": "2026-01-01T00:00:00Z", "samples": 1}]
            """;

    static final String NOTIFICATION =
            """
            {"version": "4", "status": "firing", "receiver": "understudy",
             "alerts": [{"status": "firing", "labels": {"alertname": "PrincipalDown", "store": "be1"},
               "startsAt": "2026-01-01T00:00:00Z", "endsAt": "0001-01-01T00:00:00Z", "fingerprint": "61a95a5ffe2d315f"}]}
            """;

    /** One look at one component. */
    static final String SMALL_EVALUATION =
            "{\"at\": \"2026-01-01T00:00:01Z\", \"estate\": "
                    + ESTATE
                    + ", \"observations\": "
                    + OBSERVATIONS
                    + "}";

    /** Principal lost without witness, its mirror SYNCHRONIZED before, seen from three sites. */
    static final String EVALUATION = evaluation();

    private static String evaluation() {
        StringBuilder seen = new StringBuilder();
        for (String observer : List.of("o-redmond", "o-dublin", "o-lisbon")) {
            for (int second = 0; second < 100; second += 10) {
                boolean lost = second >= 20;
                String at = Instant.parse("2026-01-01T00:01:10Z").plusSeconds(second).toString();
                seen.append(
                        observed(
                                observer,
                                second,
                                at,
                                "sql:sql1.contoso.com/rtc",
                                lost ? "DOWN" : "UP",
                                "{}"));
                seen.append(observed(observer, second, at, "sql:sql2.contoso.com/rtc", "UP", "{}"));
                seen.append(
                        observed(
                                observer,
                                second,
                                at,
                                "store:be1",
                                lost ? "DOWN" : "UP",
                                mirroring(lost)));
                for (String server : List.of("fe1", "fe2", "fe3")) {
                    seen.append(
                            observed(
                                    observer,
                                    second,
                                    at,
                                    "server:" + server + ".contoso.com",
                                    "UP",
                                    "{\"services\": {\"RTCSRV\": \"RUNNING\"}}"));
                }
            }
        }
        return "{\"at\": \"2026-01-01T00:02:41Z\", \"estate\": "
                + ESTATE
                + ", \"observations\": ["
                + seen.substring(0, seen.length() - 1)
                + "]}";
    }

    private static String mirroring(boolean lost) {
        String state =
                lost
                        ? "\"principalOn\": \"PRIMARY\", \"state\": \"DISCONNECTED\""
                        : "\"principalOn\": \"PRIMARY\", \"state\": \"SYNCHRONIZED\"";
        StringBuilder rows = new StringBuilder();
        for (String database : List.of("rtcxds", "rtcab", "rgsconfig", "xds")) {
            rows.append(",{\"database\": \"")
                    .append(database)
                    .append("\", ")
                    .append(state)
                    .append(", \"safety\": \"FULL\", \"witness\": \"UNKNOWN\"}");
        }
        return "{\"mirroring\": [" + rows.substring(1) + "]}";
    }

    private static String observed(
            String observer, int n, String at, String component, String status, String facts) {
        return ("{\"id\": \"%s-%s-%d\", \"component\": \"%s\", \"status\": \"%s\", \"observer\":"
                        + " \"%s\", \"observedAt\": \"%s\", \"facts\": %s},")
                .formatted(observer, component, n, component, status, observer, at, facts);
    }

    /** A mirror failover that waits for approval, of a store that no test looks at. */
    static RunStore.Change run(String id, int approvals, String actor, Instant at) {
        return run(id, 0, approvals, actor, at);
    }

    /** The same of the store of an index, and of the pool on it. */
    static RunStore.Change run(String id, int index, int approvals, String actor, Instant at) {
        Estate estate =
                EstateDocument.read(
                        DocumentReader.read(ESTATE.getBytes(StandardCharsets.UTF_8), Format.JSON));
        Store store = estate.stores().get(index);
        Remedy remedy =
                new Remedy.MirrorFailover(
                        store.name(),
                        estate.pools().get(index).fqdn(),
                        store.mirror().orElseThrow(),
                        Position.MIRROR,
                        List.copyOf(store.databaseTypes()),
                        true);
        Decision decision =
                new Decision(
                        1,
                        List.of(),
                        remedy,
                        store.id(),
                        "B3",
                        Mode.ADVISE,
                        approvals,
                        new DataLoss.None(),
                        new Interruption("nobody", Duration.ofSeconds(20), Duration.ofMinutes(5)),
                        "a test",
                        List.of(),
                        List.of());
        return Run.open(id, decision, Runbooks.of(decision, estate), actor, at, Optional.empty());
    }

    private Samples() {}
}
