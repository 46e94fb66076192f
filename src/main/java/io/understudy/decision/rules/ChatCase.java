package io.understudy.decision.rules;

import io.understudy.estate.Server;
import io.understudy.health.ChatState;
import io.understudy.health.Facts;
import java.util.List;
import java.util.Optional;

/**
 * A Persistent Chat pool with all that its rows look at.
 *
 * @param store its store
 * @param nextHop the Front End pool through which it is reached, and what is proposed for that
 */
record ChatCase(RoleCase role, Optional<StoreSituation> store, Optional<NextHop> nextHop) {

    /** The Front End pool through which chat is reached. */
    record NextHop(HomeCase pool, Optional<Proposal> proposal) {}

    Sight sight() {
        return role.sight();
    }

    /** Whether it lives on its log shipping secondary. */
    boolean failedOver() {
        return sight().lastFactsOfPool(role.pool().id())
                .flatMap(Facts.OfPool::chatState)
                .filter(ChatState.FAILED_OVER::equals)
                .isPresent();
    }

    /** The active servers that are seen alive: by the list told last, else by the estate. */
    List<Server> activeAlive() {
        Optional<List<String>> told =
                sight().lastFactsOfPool(role.pool().id()).flatMap(Facts.OfPool::activeServers);
        return role.alive().stream()
                .filter(server ->
                        told.map(list -> list.contains(server.fqdn().value()))
                                .orElse(server.active()))
                .toList();
    }
}
