package io.understudy.adapter.simulator;

import io.understudy.adapter.simulator.Twin.Verdict;
import io.understudy.adapter.simulator.TwinState.ChatNow;
import io.understudy.estate.Pool;
import io.understudy.estate.Server;
import io.understudy.estate.ServerFqdn;
import io.understudy.runbook.Action;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Set-CsPersistentChatActiveServer: a change of configuration (domain.md 6.7 step 7). */
record ActiveChatServers(Action.SetActiveChatServers action) implements Change {

    @Override
    public Optional<Verdict> senseless(TwinView view) {
        Optional<Pool> pool = Chats.pool(view, action.pool());
        if (pool.isEmpty()) {
            return Order.never(view, action.pool() + " is no Persistent Chat pool");
        }
        List<ServerFqdn> servers = pool.get().servers().stream().map(Server::fqdn).toList();
        return servers.containsAll(action.servers())
                ? Optional.empty()
                : Order.never(view, action.pool() + " does not have all these servers");
    }

    @Override
    public boolean there(TwinView view) {
        return Set.copyOf(Chats.of(view, pool(view)).active()).equals(Set.copyOf(action.servers()));
    }

    @Override
    public Optional<Verdict> refusal(TwinView view) {
        if (Set.copyOf(action.servers()).size() > Chats.MOST_ACTIVE) {
            return Order.no(
                    view,
                    "at most " + Chats.MOST_ACTIVE + " servers of a pool may be active",
                    "name fewer servers");
        }
        return view.configurable()
                ? Optional.empty()
                : Order.no(
                        view,
                        "the Central Management store does not answer: nothing can be configured",
                        "fail the Central Management store over first");
    }

    @Override
    public Duration lasts(TwinSettings settings) {
        return settings.setChat();
    }

    @Override
    public TwinState changed(TwinView view) {
        List<ServerFqdn> active =
                pool(view).servers().stream()
                        .map(Server::fqdn)
                        .filter(action.servers()::contains)
                        .toList();
        return view.state()
                .withChat(action.pool(), new ChatNow(Chats.of(view, pool(view)).state(), active));
    }

    @Override
    public String done() {
        return action.servers().size() + " servers of " + action.pool() + " are active";
    }

    private Pool pool(TwinView view) {
        return Chats.pool(view, action.pool()).orElseThrow();
    }
}
