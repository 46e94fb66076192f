package io.understudy.document;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.understudy.decision.Policy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyDocumentTest {

    @Test
    void whatIsAbsentHasItsDefault() {
        assertEquals(Policy.DEFAULT, PolicyDocument.read(Samples.json("{}")));
        assertEquals(
                Policy.DEFAULT.thresholds().maxAge(),
                PolicyDocument.read(Samples.json("{\"thresholds\": {\"consecutive\": 3}}")).thresholds().maxAge());
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
                primaryStoreVotes: ALL_POOLS
                """;
        assertEquals(Samples.yaml(text), PolicyDocument.write(PolicyDocument.read(Samples.yaml(text))));
        assertEquals(Policy.DEFAULT, PolicyDocument.read(PolicyDocument.write(Policy.DEFAULT)));
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
                "{mode: []}                                                                | /mode"
            })
    void aPolicyThatCannotHoldIsRefusedWhereItIsWrong(String text, String pointer) {
        InvalidDocument refused =
                assertThrows(InvalidDocument.class, () -> PolicyDocument.read(Samples.yaml(text)));
        assertEquals(pointer, refused.problems().getFirst().pointer());
    }
}
