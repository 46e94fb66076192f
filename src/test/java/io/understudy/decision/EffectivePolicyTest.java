package io.understudy.decision;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.understudy.document.DocumentReader;
import io.understudy.document.Format;
import io.understudy.document.PolicyDocument;
import io.understudy.estate.ComponentId;
import io.understudy.testing.Contoso;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What holds for a target, and where it comes from. */
class EffectivePolicyTest {

    private static final ComponentId POOL = ComponentId.parse("pool:pool1.contoso.com");
    private static final ComponentId STORE = ComponentId.parse("store:be1");
    private static final ComponentId SITE = ComponentId.parse("site:redmond");

    @Test
    void whatNobodySaidIsTheDefault() {
        EffectivePolicy effective = new EffectivePolicy(Policy.DEFAULT, List.of(POOL, SITE));
        for (Remediation remediation : Remediation.values()) {
            assertEquals(
                    new Effective<>(Policy.defaultMode(remediation), new Origin.Default()),
                    effective.mode(remediation));
        }
        for (Setting setting : Setting.values()) {
            assertEquals(
                    new Effective<>(setting.otherwise(), new Origin.Default()),
                    effective.setting(setting));
        }
        effective.thresholds().forEach((f, v) -> assertEquals("default", v.origin().text(), f));
        effective.limits().forEach((f, v) -> assertEquals("default", v.origin().text(), f));
        assertEquals("default", effective.primaryStoreVotes().origin().text());
    }

    @Test
    void theFirstRuleThatFitsDecides() {
        Policy policy =
                policy(
                        """
                        modes:
                          - {remediation: POOL_FAILOVER, scope: 'site:dublin', mode: AUTOMATE}
                          - {remediation: POOL_FAILOVER, mode: OBSERVE}
                          - {scope: 'site:redmond', mode: AUTOMATE}
                        """);
        assertMode("OBSERVE /modes/1", policy, Remediation.POOL_FAILOVER, POOL, SITE);
        assertMode("AUTOMATE /modes/2", policy, Remediation.CMS_FAILOVER, POOL, SITE);
        assertMode("ADVISE default", policy, Remediation.CMS_FAILOVER, STORE);
        assertMode("OBSERVE /modes/1", policy, Remediation.POOL_FAILOVER);
        assertMode("ADVISE default", policy, Remediation.CMS_FAILOVER);
    }

    @Test
    void whatIsIrreversibleNeverStartsByItselfWhateverARuleSays() {
        Policy all = policy("modes: [{mode: AUTOMATE}]");
        Policy none = policy("modes: [{mode: OBSERVE}]");
        for (Remediation remediation :
                List.of(
                        Remediation.FORCED_MIRROR_FAILOVER,
                        Remediation.FORCED_AVAILABILITY_GROUP_FAILOVER,
                        Remediation.CHAT_FAILOVER)) {
            assertMode("ADVISE never automated", all, remediation, STORE);
            assertMode("OBSERVE /modes/0", none, remediation, STORE);
        }
        assertMode("ADVISE never automated", all, Remediation.CHAT_FAILBACK, STORE);
    }

    @Test
    void aScopeGoesBeforeEverywhereAndTheFirstScopeThatFitsDecides() {
        Policy policy =
                policy(
                        """
                        coolDown: PT1M
                        scopes:
                          - {scope: 'site:dublin', coolDown: PT2M}
                          - {scope: 'site:redmond', mirrorFailoverGrace: PT3M, coolDown: PT3M}
                          - {scope: 'pool:pool1.contoso.com', coolDown: PT4M, lossAlignment: PT4S, logBackupAge: PT4M}
                        """);
        assertSetting("PT3M /scopes/1/coolDown", policy, Setting.COOL_DOWN, POOL, SITE);
        assertSetting("PT4M /scopes/2/coolDown", policy, Setting.COOL_DOWN, POOL);
        assertSetting("PT4S /scopes/2/lossAlignment", policy, Setting.LOSS_ALIGNMENT, POOL, SITE);
        assertSetting("PT1M /coolDown", policy, Setting.COOL_DOWN, STORE);
        assertSetting("PT1M /coolDown", policy, Setting.COOL_DOWN);
        assertSetting("none default", policy, Setting.FRONT_END_RESTART_BUDGET, POOL);
    }

    @Test
    void thresholdsLimitsAndVotesSayWhereTheyAreWritten() {
        EffectivePolicy effective =
                new EffectivePolicy(
                        policy(
                                "{thresholds: {maxAge: PT5M}, limits: {perSite: 1}, primaryStoreVotes: ALL_POOLS}"),
                        List.of());
        assertEquals("/thresholds/maxAge", effective.thresholds().get("maxAge").origin().text());
        assertEquals("default", effective.thresholds().get("sites").origin().text());
        assertEquals("/limits/perSite", effective.limits().get("perSite").origin().text());
        assertEquals("/primaryStoreVotes", effective.primaryStoreVotes().origin().text());
    }

    /** Every pointer leads to the very value in the document that is shown. */
    @Test
    void anOriginLeadsToItsValueInTheDocument() {
        Policy policy =
                policy(
                        """
                        coolDown: PT1M
                        scopes:
                          - {scope: 'site:redmond', logBackupAge: PT3M}
                          - {scope: 'site:redmond', coolDown: PT4M}
                          - {scope: 'store:be1', mirrorFailoverGrace: PT4M}
                          - {scope: 'store:be1', logRestoreLatency: PT5M}
                        """);
        var document = PolicyDocument.write(policy);
        List<ComponentId> scopes = Scopes.of(Contoso.USUAL.estate(), STORE);
        for (Setting setting : Setting.values()) {
            var effective = new EffectivePolicy(policy, scopes).setting(setting);
            if (!effective.origin().equals(new Origin.Default())) {
                assertEquals(
                        effective.value().orElseThrow().toString(),
                        document.at(effective.origin().text()).asText(),
                        setting.field());
            }
            assertEquals(policy.setting(setting, scopes), effective.value());
        }
    }

    private static void assertMode(
            String expected, Policy policy, Remediation remediation, ComponentId... scopes) {
        Effective<Mode> mode = new EffectivePolicy(policy, List.of(scopes)).mode(remediation);
        assertEquals(expected, mode.value() + " " + mode.origin().text());
        assertEquals(policy.mode(remediation, List.of(scopes)), mode.value());
    }

    private static void assertSetting(
            String expected, Policy policy, Setting setting, ComponentId... scopes) {
        var effective = new EffectivePolicy(policy, List.of(scopes)).setting(setting);
        assertEquals(
                expected,
                effective.value().map(Object::toString).orElse("none")
                        + " "
                        + effective.origin().text());
    }

    private static Policy policy(String yaml) {
        return PolicyDocument.read(
                DocumentReader.read(yaml.getBytes(StandardCharsets.UTF_8), Format.YAML));
    }
}
