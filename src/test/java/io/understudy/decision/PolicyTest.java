package io.understudy.decision;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.understudy.estate.ComponentId;
import io.understudy.testing.Contoso;
import io.understudy.testing.Policies;
import io.understudy.testing.Scene;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What holds where operators say nothing, and what they cannot say. */
class PolicyTest {

    private static Set<Remediation> those(Predicate<Remediation> are) {
        return Stream.of(Remediation.values()).filter(are).collect(Collectors.toSet());
    }

    @Test
    void onlyWhatLosesNothingAndIsDoneByTheStoreAloneStartsByItself() {
        assertEquals(
                EnumSet.of(
                        Remediation.NONE,
                        Remediation.WAIT,
                        Remediation.MIRROR_FAILOVER,
                        Remediation.PRINCIPAL_ALIGNMENT),
                those(r -> Policy.defaultMode(r) == Mode.AUTOMATE));
        assertEquals(Set.of(), those(r -> Policy.defaultMode(r) == Mode.OBSERVE));
    }

    @Test
    void whatGivesDataUpAndWhatGoesBackStartsOnlyByPeople() {
        assertEquals(
                EnumSet.of(
                        Remediation.FORCED_MIRROR_FAILOVER,
                        Remediation.FORCED_AVAILABILITY_GROUP_FAILOVER,
                        Remediation.CHAT_FAILOVER),
                those(Remediation::irreversible));
        assertEquals(
                EnumSet.of(
                        Remediation.MIRROR_FAILBACK,
                        Remediation.POOL_FAILBACK,
                        Remediation.CHAT_FAILBACK),
                those(Remediation::failsBack));
        assertEquals(
                those(r -> r.irreversible() || r.failsBack()), those(Remediation::neverAutomated));
    }

    @Test
    void nobodyActsWhereNothingIsDoneOrAPersonOrTimeDoesIt() {
        assertEquals(
                EnumSet.of(Remediation.NONE, Remediation.WAIT, Remediation.REPAIR),
                those(r -> !r.acts()));
    }

    @Test
    void aLimitIsAtLeastOne() {
        assertEquals(1, new Policy.Limits(1, 1).perSite());
        assertThrows(IllegalArgumentException.class, () -> new Policy.Limits(0, 1));
        assertThrows(IllegalArgumentException.class, () -> new Policy.Limits(1, 0));
    }

    @Test
    void theLongestCoolDownIsTheLongestOfAnyScope() {
        Duration five = Setting.COOL_DOWN.otherwise().orElseThrow();
        assertEquals(five, Policy.DEFAULT.longestCoolDown());
        assertEquals(
                five,
                Policies.with("store:be1", Setting.COOL_DOWN, five.minusMillis(1))
                        .longestCoolDown());
        assertEquals(
                five.plusMillis(1),
                Policies.with("store:be1", Setting.COOL_DOWN, five.plusMillis(1))
                        .longestCoolDown());
        assertEquals(
                five,
                Policies.with("store:be1", Setting.BACK_END_BUDGET, Duration.ofHours(1))
                        .longestCoolDown());
    }

    @Test
    void oneDurationIsSetAndTheOthersStay() {
        Duration other = Duration.ofSeconds(7);
        Policy policy =
                Policy.DEFAULT
                        .with(Setting.COOL_DOWN, other)
                        .with(Setting.BACK_END_BUDGET, other.plusSeconds(1));
        assertEquals(Optional.of(other), policy.setting(Setting.COOL_DOWN, List.of()));
        assertEquals(
                Optional.of(other.plusSeconds(1)),
                policy.setting(Setting.BACK_END_BUDGET, List.of()));
        assertEquals(
                Setting.LOG_BACKUP_AGE.otherwise(),
                policy.setting(Setting.LOG_BACKUP_AGE, List.of()));
    }

    @Test
    void windowsAreExchangedAsAWhole() {
        Window window =
                Policies.window(
                        Window.Kind.FREEZE,
                        Optional.of("site:redmond"),
                        Scene.NOON,
                        Scene.NOON.plusSeconds(1));
        Policy policy = Policy.DEFAULT.withWindows(List.of(window));
        assertEquals(List.of(window), policy.windows());
        assertEquals(Policy.DEFAULT, policy.withWindows(List.of()));
    }

    @Test
    void aTargetBelongsToItsSiteAndToWhatItLivesOn() {
        assertEquals(
                Stream.of("store:be1", "site:redmond", "pool:pool1.contoso.com")
                        .map(ComponentId::parse)
                        .toList(),
                Scopes.of(Contoso.USUAL.estate(), ComponentId.parse("store:be1")));
        assertEquals(
                Stream.of("pool:pool2.contoso.com", "site:dublin", "store:be2")
                        .map(ComponentId::parse)
                        .toList(),
                Scopes.of(Contoso.USUAL.estate(), ComponentId.parse("pool:pool2.contoso.com")));
        assertEquals(
                Stream.of("server:fe11.contoso.com", "site:redmond")
                        .map(ComponentId::parse)
                        .toList(),
                Scopes.of(Contoso.USUAL.estate(), ComponentId.parse("server:fe11.contoso.com")));
    }
}
