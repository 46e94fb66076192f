package io.understudy.decision.rules;

import static io.understudy.decision.Remediation.CHAT_FAILOVER;
import static io.understudy.decision.Remediation.POOL_FAILOVER;
import static io.understudy.decision.Remediation.REPAIR;
import static io.understudy.decision.rules.Row.Basis.GUIDANCE;

import io.understudy.decision.Finding;
import io.understudy.decision.FindingCode;
import io.understudy.decision.Remedy;
import io.understudy.decision.Setting;
import io.understudy.decision.Severity;
import io.understudy.estate.LogShipping;
import io.understudy.estate.Server;
import io.understudy.health.Facts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Rows O8, O10 and O11: Persistent Chat (domain.md 6, 8.7). */
final class ChatRules {

    private static final Row O8 =
            new Row(
                    "O8",
                    GUIDANCE,
                    "Persistent Chat servers down",
                    "Users rejoin on the active servers that are left, within minutes.",
                    "a short rejoin",
                    "no failover of the store for the servers alone",
                    REPAIR);
    private static final Row O11 =
            new Row(
                    "O11",
                    GUIDANCE,
                    "log shipping behind (errors 14420, 14421)",
                    "The copy in the other datacenter falls behind: what a failover of Persistent Chat would lose grows.",
                    "the recovery point grows",
                    "no failover",
                    REPAIR);

    static final List<Rule<ChatCase>> SERVICE =
            List.of(
                    new Rule<>(ChatStoreRules.O9, _ -> Optional.empty()),
                    new Rule<>(ChatStoreRules.O10, ChatRules::storeLost),
                    new Rule<>(ChatStoreRules.O10, ChatRules::failBack));
    static final List<Rule<ChatCase>> SERVERS = List.of(new Rule<>(O8, ChatRules::serversLost));
    static final List<Rule<ChatCase>> SHIPPING = List.of(new Rule<>(O11, ChatRules::behind));

    private ChatRules() {}

    private static Optional<Proposal> storeLost(ChatCase c) {
        Optional<LogShipping> shipping = c.store().flatMap(s -> s.store().logShipping());
        boolean lost =
                c.store().filter(s -> s.unavailable() && !s.mirrorAlive()).isPresent()
                        && !c.failedOver();
        return lost ? shipping.map(to -> ChatFailover.propose(c, to)) : Optional.empty();
    }

    private static Optional<Proposal> failBack(ChatCase c) {
        boolean possible =
                c.failedOver()
                        && c.store().filter(s -> StoreSituation.alive(s.principal())).isPresent();
        return possible ? Optional.of(ChatFailover.back(c)) : Optional.empty();
    }

    private static Optional<Proposal> serversLost(ChatCase c) {
        if (c.role().lost().isEmpty() && !c.role().down()) {
            return Optional.empty();
        }
        List<Server> active = c.activeAlive();
        List<Server> idle = new ArrayList<>(c.role().alive());
        idle.removeAll(active);
        Finding finding =
                c.role()
                        .finding(
                                FindingCode.CHAT_SERVERS_LOST,
                                O8,
                                active.isEmpty() ? Severity.CRITICAL : Severity.WARNING);
        return Optional.of(
                Proposal.of(O8, finding, new Remedy.Repair(first(active, idle), Optional.empty()))
                        .saying(active.size() + " active servers are left.")
                        .rejecting(CHAT_FAILOVER, "the store is not what is lost")
                        .rejecting(POOL_FAILOVER, "the Front End pools serve"));
    }

    private static String first(List<Server> active, List<Server> idle) {
        if (idle.isEmpty()) {
            return "repair the servers";
        }
        String add = idle.stream().map(s -> s.fqdn().value()).reduce((a, b) -> a + ", " + b).get();
        return (active.isEmpty()
                        ? "make idle servers active now"
                        : "if too few are left, make idle servers active")
                + " (Set-CsPersistentChatActiveServer): "
                + add
                + "; then repair the others";
    }

    private static Optional<Proposal> behind(ChatCase c) {
        if (c.store().isEmpty() || c.store().get().store().logShipping().isEmpty()) {
            return Optional.empty();
        }
        StoreSituation store = c.store().get();
        Duration backup = c.sight().setting(Setting.LOG_BACKUP_AGE, store.store().id());
        Duration restore = c.sight().setting(Setting.LOG_RESTORE_LATENCY, store.store().id());
        Optional<Facts.ShippedLog> shipped = store.told().flatMap(Facts.OfStore::logShipping);
        boolean late =
                shipped.flatMap(Facts.ShippedLog::lastBackupAge)
                                .filter(age -> age.compareTo(backup) > 0)
                                .isPresent()
                        || shipped.flatMap(Facts.ShippedLog::lastRestoredLatency)
                                .filter(latency -> latency.compareTo(restore) > 0)
                                .isPresent();
        return late && !store.unavailable() ? Optional.of(behind(c, store)) : Optional.empty();
    }

    private static Proposal behind(ChatCase c, StoreSituation store) {
        Finding finding =
                c.sight()
                        .finding(
                                FindingCode.LOG_SHIPPING_BEHIND,
                                store.store().id(),
                                O11.id(),
                                Severity.WARNING,
                                c.sight().facts(store.store().id()).since());
        return Proposal.of(
                        O11,
                        finding,
                        new Remedy.Repair(
                                "repair the backup, copy and restore jobs and their shares",
                                Optional.empty()))
                .rejecting(CHAT_FAILOVER, "the store serves");
    }
}
