package io.understudy.decision.rules;

import io.understudy.decision.Clause;
import io.understudy.decision.ClauseResult;
import io.understudy.decision.DataLoss;
import io.understudy.decision.Finding;
import io.understudy.decision.FindingCode;
import io.understudy.decision.GateClause;
import io.understudy.decision.Interruption;
import io.understudy.decision.Rejected;
import io.understudy.decision.Remediation;
import io.understudy.decision.Remedy;
import io.understudy.decision.Severity;
import io.understudy.estate.ComponentId;
import io.understudy.estate.LogShipping;
import io.understudy.health.ComponentFacts;
import io.understudy.health.Condition;
import io.understudy.health.Facts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Row O10: Persistent Chat moves to its log shipping secondary, and back (domain.md 6.7, 6.8). */
final class ChatFailover {

    /** Manual steps, of which restoring the logs takes longest; nobody publishes a target. */
    private static final Duration USUAL = Duration.ofMinutes(60);

    private ChatFailover() {}

    static Proposal propose(ChatCase c, LogShipping shipping) {
        StoreSituation store = c.store().orElseThrow();
        Condition secondary = c.sight().condition(ComponentId.of(shipping.secondary()));
        List<GateClause> gate = new ArrayList<>();
        gate.add(
                Sight.clause(
                        Clause.CHAT_STORE_SEEN_DOWN,
                        store.unavailable() && !store.mirrorAlive(),
                        Sight.words(ComponentId.of(store.principalAt()), store.principal())));
        gate.add(mirrorDown(store));
        gate.add(
                Sight.clause(
                        Clause.LOG_SHIPPING_SECONDARY_REACHABLE,
                        StoreSituation.alive(secondary),
                        Sight.words(ComponentId.of(shipping.secondary()), secondary)));
        List<Proposal> before = new ArrayList<>();
        gate.add(nextHop(c, before));
        gate.addAll(
                new StartGate(c.sight()).clauses(Remediation.CHAT_FAILOVER, c.role().pool().id()));
        return Proposal.of(
                        ChatStoreRules.O10,
                        finding(c, store),
                        new Remedy.ChatFailover(
                                c.role().pool().fqdn(), store.store().name(), shipping.secondary()))
                .with(c.role().pool().id())
                .acting(gate, loss(store), interruption())
                .rejecting(
                        new Rejected(
                                Remediation.REPAIR,
                                "better while a copy in the first datacenter can be back soon: recovering the secondary cannot be taken back",
                                "O10",
                                Optional.of(new DataLoss.None()),
                                Optional.empty()))
                .rejecting(Remediation.MIRROR_FAILOVER, "both copies are down")
                .after(before);
    }

    private static Finding finding(ChatCase c, StoreSituation store) {
        return c.sight()
                .finding(
                        FindingCode.CHAT_STORE_LOST,
                        store.store().id(),
                        "O10",
                        Severity.CRITICAL,
                        store.unavailableSince().orElseThrow(),
                        store.principal());
    }

    /** A mirror that is only silent may live. */
    private static GateClause mirrorDown(StoreSituation store) {
        boolean down = store.mirror().map(StoreSituation::lost).orElse(true);
        return new GateClause(
                Clause.MIRROR_SEEN_DOWN,
                down ? ClauseResult.PASSED : ClauseResult.UNKNOWN,
                true,
                store.mirror()
                        .map(m -> Sight.words(ComponentId.of(store.mirrorAt()), m))
                        .orElse("it has no mirror"));
    }

    /** Chat is reached through a Front End pool: that serves, or is failed over first. */
    private static GateClause nextHop(ChatCase c, List<Proposal> before) {
        if (c.nextHop().isEmpty()) {
            return new GateClause(
                    Clause.NEXT_HOP_SERVING,
                    ClauseResult.UNKNOWN,
                    false,
                    "the estate names no next hop of the chat pool: see that users reach it");
        }
        ChatCase.NextHop hop = c.nextHop().get();
        boolean serves = hop.pool().home().functional() || hop.pool().failedOver();
        Optional<Proposal> failover =
                hop.proposal().filter(p -> p.remedy() instanceof Remedy.PoolFailover);
        if (!serves && failover.filter(p -> !p.blocked()).isPresent()) {
            before.addAll(failover.get().before());
            before.add(failover.get());
        }
        boolean first = !before.isEmpty();
        return Sight.clause(
                Clause.NEXT_HOP_SERVING,
                serves || first,
                hop.pool().fqdn()
                        + (hop.pool().failedOver()
                                ? " is failed over to its pair"
                                : first
                                        ? " is failed over first"
                                        : ": " + hop.pool().home().footing()));
    }

    /**
     * Backup, copy and restore lag, where they are told, and what was written from then until the
     * loss (domain.md 6.6).
     */
    private static DataLoss loss(StoreSituation store) {
        ComponentFacts facts = store.sight().facts(store.store().id());
        Optional<Facts.ShippedLog> shipped =
                facts.facts() instanceof Facts.OfStore told ? told.logShipping() : Optional.empty();
        Duration since = Duration.between(facts.at(), store.unavailableSince().orElseThrow());
        return shipped.flatMap(Facts.ShippedLog::lastBackupAge)
                .<DataLoss>map(age ->
                        new DataLoss.Bounded(
                                age.plus(shipped.get().lastRestoredLatency().orElse(Duration.ZERO))
                                        .plus(since.isNegative() ? Duration.ZERO : since)))
                .orElseGet(DataLoss.Unknown::new);
    }

    private static Interruption interruption() {
        return new Interruption("everybody who chats, until it is recovered", USUAL, USUAL);
    }

    static Proposal back(ChatCase c) {
        StoreSituation store = c.store().orElseThrow();
        List<GateClause> gate = new ArrayList<>();
        gate.add(
                Sight.clause(
                        Clause.STORE_SERVING,
                        StoreSituation.alive(store.principal()),
                        Sight.words(ComponentId.of(store.principalAt()), store.principal())));
        new StartGate(c.sight()).quietHours(c.role().pool().id()).ifPresent(gate::add);
        gate.addAll(
                new StartGate(c.sight()).clauses(Remediation.CHAT_FAILBACK, c.role().pool().id()));
        return Proposal.of(
                        ChatStoreRules.O10,
                        c.role().pool().id(),
                        new Remedy.ChatFailback(
                                c.role().pool().fqdn(),
                                store.store().name(),
                                store.store().primary()))
                .saying("The primary store is back, and chat can return to it in a quiet hour.")
                .acting(gate, new DataLoss.None(), interruption());
    }
}
