package io.understudy.adapter.simulator;

import io.understudy.runbook.Action;

/** From an action to the cmdlet that carries it out. */
final class Orders {

    private Orders() {}

    static Order of(Action action) {
        return switch (action) {
            case Action.SwitchPrincipal a -> new DatabaseFailOver(a);
            case Action.MoveCentralManagement a -> new ManagementServerFailOver(a);
            case Action.ChangeNextHop a -> new EdgeServerSetting(a);
            case Action.FailOverPool a -> new PoolFailOver(a);
            default -> throw new IllegalArgumentException("not yet on the twin: " + action);
        };
    }
}
