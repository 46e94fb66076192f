package io.understudy.adapter.simulator;

import io.understudy.adapter.simulator.Twin.Verdict;
import io.understudy.adapter.simulator.TwinState.ChatNow;
import io.understudy.estate.Pool;
import io.understudy.health.ChatState;
import io.understudy.runbook.Action;
import java.time.Duration;
import java.util.Optional;

/**
 * Set-CsPersistentChatState (domain.md 6.7 step 5, 6.8 step 7). Once it is NORMAL again the twin's
 * administrator has set log shipping up anew.
 */
record ChatStateSetting(Action.SetChatState action) implements Change {

    @Override
    public Optional<Verdict> senseless(TwinView view) {
        return Chats.pool(view, action.pool()).isPresent()
                ? Optional.empty()
                : Order.never(view, action.pool() + " is no Persistent Chat pool");
    }

    @Override
    public boolean there(TwinView view) {
        return Chats.of(view, pool(view)).state() == action.state();
    }

    @Override
    public Optional<Verdict> refusal(TwinView view) {
        Optional<ShippedLog> log = Chats.shipped(view, pool(view));
        return switch (action.state()) {
            case FAILED_OVER ->
                    log.filter(ShippedLog::recovered).isPresent()
                            ? Optional.empty()
                            : Order.no(
                                    view,
                                    "the secondary database of "
                                            + action.pool()
                                            + " is not recovered",
                                    "restore its logs and recover it first");
            case NORMAL ->
                    log.filter(ShippedLog::returned).isPresent()
                            ? Optional.empty()
                            : Order.no(
                                    view,
                                    "the primary database of "
                                            + action.pool()
                                            + " does not have what was written at the secondary",
                                    "restore the secondary's full backup on the primary first");
        };
    }

    @Override
    public Duration lasts(TwinSettings settings) {
        return settings.setChat();
    }

    @Override
    public TwinState changed(TwinView view) {
        Pool pool = pool(view);
        TwinState set =
                view.state()
                        .withChat(
                                pool.fqdn(),
                                new ChatNow(action.state(), Chats.of(view, pool).active()));
        return action.state() == ChatState.NORMAL && pool.store().isPresent()
                ? set.withShipped(pool.store().get(), ShippedLog.fresh(view.at()))
                : set;
    }

    @Override
    public String done() {
        return "PoolState of " + action.pool() + " is " + action.state();
    }

    private Pool pool(TwinView view) {
        return Chats.pool(view, action.pool()).orElseThrow();
    }
}
