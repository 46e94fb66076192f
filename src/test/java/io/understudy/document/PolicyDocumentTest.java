package io.understudy.document;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.understudy.decision.Policy;
import io.understudy.decision.Setting;
import io.understudy.estate.ComponentId;
import io.understudy.estate.Violation;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyDocumentTest {

    @Test
    void whatIsAbsentHasItsDefault() {
        assertEquals(Policy.DEFAULT, PolicyDocument.read(Samples.json("{}")));
        assertEquals(
                Policy.DEFAULT.thresholds().maxAge(),
                PolicyDocument.read(Samples.json("{\"thresholds\": {\"consecutive\": 3}}"))
                        .thresholds()
                        .maxAge());
    }

    @Test
    void aPolicyIsReadAsItWasWritten() {
        String text =
                """
                thresholds: {consecutive: 3, required: 4, ofLast: 6, maxAge: PT5M, sites: 3}
                modes:
                  - {remediation: POOL_FAILOVER, scope: 'site:dublin', mode: OBSERVE}
                  - {mode: ADVISE}
                mirrorFailoverGrace: PT1M30S
                backEndBudget: PT20M
                frontEndRestartBudget: PT10M
                lossAlignment: PT10S
                coolDown: PT1H
                scopes:
                  - {scope: 'pool:pool1.contoso.com', mirrorFailoverGrace: PT2M, coolDown: PT0S}
                  - {scope: 'site:dublin', logBackupAge: PT2H}
                  - {scope: 'site:dublin', coolDown: PT3H}
                primaryStoreVotes: ALL_POOLS
                limits: {perSite: 3, estateWide: 4}
                freezes:
                  - {name: now, scope: 'store:be1', reason: nobody knows}
                  - {name: year-end, from: '2026-12-28T00:00:00Z', until: '2027-01-04T06:00:00Z', reason: books, by: ann}
                maintenance:
                  - {name: move, scope: 'site:dublin', start: '2026-12-06T22:00:00', timeZone: Europe/Dublin, duration: PT4H}
                  - {name: patching, start: '2026-12-06T22:00:30', timeZone: Europe/Dublin, duration: PT4H, recurrence: FREQ=MONTHLY;BYDAY=1SU, reason: patches}
                quietHours:
                  - {name: nights, start: '2026-01-01T22:00:00', timeZone: America/New_York, duration: PT7H, recurrence: FREQ=DAILY}
                """;
        assertEquals(
                Samples.yaml(text), PolicyDocument.write(PolicyDocument.read(Samples.yaml(text))));
        assertEquals(Policy.DEFAULT, PolicyDocument.read(PolicyDocument.write(Policy.DEFAULT)));
        assertEquals(
                PolicyDocument.read(Samples.yaml(text)), PolicyDocument.read(Samples.yaml(text)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{thresholds: {required: 6, ofLast: 5}}                                    | /thresholds",
                "{thresholds: {maxAge: PT0S}}                                              | /thresholds",
                "{thresholds: {sites: 1}}                                                  | /thresholds/sites",
                "{modes: [{mode: ADVISE}, {scope: 'server:fe1', mode: ADVISE}]}            | /modes/1/scope",
                "{modes: [{remediation: FORCED_MIRROR_FAILOVER, mode: AUTOMATE}]}          | /modes/0/mode",
                "{modes: [{remediation: POOL_FAILOVER}]}                                   | /modes/0/mode",
                "{coolDown: 5}                                                             | /coolDown",
                "{coolDown: P1Y}                                                           | /coolDown",
                "{mode: []}                                                                | /mode",
                "{coolDown: -PT5M}                                                         | /coolDown",
                "{coolDown: P41666DT16H}                                                   | /coolDown",
                "{backEndBudget: PT0S}                                                     | /backEndBudget",
                "{mirrorFailoverGrace: PT59S}                                              | /mirrorFailoverGrace",
                "{limits: {perSite: 0}}                                                    | /limits/perSite",
                "{scopes: [{scope: 'observer:o-dublin', coolDown: PT1M}]}                  | /scopes/0/scope",
                "{scopes: [{scope: 'site:dublin'}]}                                        | /scopes/0",
                "{scopes: [{scope: 'site:dublin', mode: ADVISE}]}                          | /scopes/0/mode",
                "{scopes: [{scope: 'site:dublin', mirrorFailoverGrace: PT1S}]}             | /scopes/0/mirrorFailoverGrace",
                "{scopes: [{scope: 'site:a', coolDown: PT1M}, {scope: 'site:b', coolDown: PT1M}, {scope: 'site:a', coolDown: PT2M}]} | /scopes/2/coolDown",
                "{freezes: [{name: a}]}                                                    | /freezes/0/reason",
                "{freezes: [{name: a b, reason: x}]}                                       | /freezes/0/name",
                "{freezes: [{name: a, reason: x}, {name: a, reason: y}]}                   | /freezes/1/name",
                "{freezes: [{name: a, reason: x, scope: 'sql:s/i'}]}                       | /freezes/0/scope",
                "{freezes: [{name: a, reason: x, from: '2026-01-02T00:00:00Z', until: '2026-01-02T00:00:00Z'}]} | /freezes/0/until"
            })
    void aPolicyThatCannotHoldIsRefusedWhereItIsWrong(String text, String pointer) {
        assertEquals(pointer, refused(text).pointer());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "timeZone | Europe/Dubln                        | Europe/Dubln' is no time zone",
                "timeZone | '+01:00'                            | is no time zone",
                "start    | '2026-02-30T22:00:00'               | Invalid date 'FEBRUARY 30'",
                "start    | '2026-12-06T22:00:00Z'              | ",
                "duration | PT0S                                | more than nothing",
                "duration | P367D                               | at most P366D",
                "duration | PT25H                               | is longer than the PT24H after which it recurs",
                "duration | PT24H                               | leaves no gap",
                "recurrence | FREQ=FORTNIGHTLY                  | Unknown FREQ value FORTNIGHTLY",
                "recurrence | INTERVAL=2                        | FREQ part is missing",
                "recurrence | FREQ=DAILY;                       | is none of",
                "recurrence | FREQ=DAILY;BYEASTER=1             | BYEASTER=1' is none of",
                "recurrence | RRULE:FREQ=DAILY                  | RRULE:FREQ=DAILY' is none of",
                "recurrence | FREQ=DAILY;FREQ=DAILY             | duplicate part FREQ",
                "recurrence | FREQ=DAILY;COUNT=2;UNTIL=20270101 | UNTIL and COUNT must not occur",
                "recurrence | FREQ=DAILY;UNTIL=tomorrow         | Invalid UNTIL date",
                "recurrence | FREQ=DAILY;UNTIL=20260101         | it never occurs",
                "recurrence | FREQ=DAILY;INTERVAL=0             | out of range",
                "recurrence | FREQ=DAILY;INTERVAL=1001          | INTERVAL is at most 1000",
                "recurrence | FREQ=DAILY;COUNT=1001             | COUNT is at most 1000",
                "recurrence | FREQ=HOURLY                       | FREQ is DAILY, WEEKLY, MONTHLY or YEARLY",
                "recurrence | FREQ=SECONDLY                     | FREQ is DAILY, WEEKLY, MONTHLY or YEARLY",
                "recurrence | FREQ=DAILY;BYSECOND=1,2           | BYSECOND=1,2' is none of",
                "recurrence | FREQ=DAILY;BYMINUTE=1,2           | BYMINUTE has one value at most",
                "recurrence | FREQ=DAILY;BYHOUR=25              | out of range",
                "recurrence | FREQ=DAILY;BYHOUR=1,2,3,4,5,6,7  | BYHOUR has at most 6 values",
                "recurrence | FREQ=DAILY;BYDAY=1SU              | BYDAY rule part must not be specified with a numeric value",
                "recurrence | FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30 | it never occurs"
            })
    void aWindowThatMakesNoSenseIsRefusedAndSaysWhy(String field, String value, String why) {
        ObjectNode window =
                (ObjectNode)
                        Samples.yaml(
                                "{name: n, start: '2026-12-06T22:00:00', timeZone: Europe/Dublin, duration: PT4H, recurrence: FREQ=DAILY}");
        window.put(field, value);
        for (String kind : new String[] {"maintenance", "quietHours"}) {
            ObjectNode policy = (ObjectNode) Samples.yaml("{}");
            policy.putArray(kind).add(window);
            DocumentProblem problem = refused(policy.toString());
            assertEquals("/" + kind + "/0/" + field, problem.pointer());
            assertTrue(problem.message().contains(why == null ? "" : why), problem.message());
        }
    }

    @Test
    void allThatIsRefusedIsNamedAtOnce() {
        InvalidDocument refused =
                assertThrows(
                        InvalidDocument.class,
                        () ->
                                PolicyDocument.read(
                                        Samples.yaml(
                                                "{backEndBudget: PT0S, modes: [{remediation: CHAT_FAILOVER, mode: AUTOMATE}]}")));
        assertEquals(
                List.of("/modes/0/mode", "/backEndBudget"),
                refused.problems().stream().map(DocumentProblem::pointer).toList());
    }

    @Test
    void aScopeThatTheEstateLacksIsAdviceOnly() {
        JsonNode document =
                Samples.yaml(
                        """
                        modes: [{scope: 'site:dublin', mode: ADVISE}, {scope: 'pool:pool99.contoso.com', mode: ADVISE}]
                        scopes: [{scope: 'store:nowhere', coolDown: PT1M}]
                        freezes: [{name: a, reason: x, scope: 'site:atlantis'}]
                        """);
        PolicyDocument.read(document);
        assertEquals(
                List.of("/modes/1/scope", "/scopes/0/scope", "/freezes/0/scope"),
                PolicyDocument.advice(document, Samples.estate()).stream()
                        .map(Violation::pointer)
                        .toList());
    }

    @Test
    void everySettingIsAFieldOfThePolicyAndOfAScope() {
        ObjectNode policy = Samples.yaml("{}").deepCopy();
        ObjectNode entry = policy.putArray("scopes").addObject().put("scope", "site:dublin");
        for (Setting setting : Setting.values()) {
            policy.put(setting.field(), "PT61S");
            entry.put(setting.field(), "PT62S");
        }
        Policy read = PolicyDocument.read(policy);
        for (Setting setting : Setting.values()) {
            assertEquals(Optional.of(Duration.ofSeconds(61)), read.setting(setting, List.of()));
            assertEquals(
                    Optional.of(Duration.ofSeconds(62)),
                    read.setting(setting, List.of(ComponentId.parse("site:dublin"))));
        }
    }

    private static DocumentProblem refused(String text) {
        return assertThrows(InvalidDocument.class, () -> PolicyDocument.read(Samples.yaml(text)))
                .problems()
                .getFirst();
    }
}
