package io.understudy.intake;

import io.understudy.estate.ComponentId;
import io.understudy.estate.ComponentKind;
import io.understudy.estate.Estate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * An estate's components, found by name or by host; made once for all alerts of a notification.
 * Which component is meant does not depend on who may speak of it: else an alert of something that
 * is hidden from its sender would be taken for one of its neighbour.
 */
final class Hosts {

    private final Estate estate;
    private final Predicate<ComponentId> within;
    private final Map<String, ComponentId> servers = new HashMap<>();
    private final Map<String, List<ComponentId>> instances = new HashMap<>();

    /**
     * @param within of which components may be spoken
     */
    Hosts(Estate estate, Predicate<ComponentId> within) {
        this.estate = estate;
        this.within = within;
        for (ComponentId id : estate.components()) {
            if (id.kind() == ComponentKind.SERVER) {
                servers.put(id.name(), id);
            } else if (id.kind() == ComponentKind.SQL) {
                String host = id.name().substring(0, id.name().indexOf('/'));
                instances.computeIfAbsent(host, _ -> new ArrayList<>()).add(id);
            }
        }
    }

    /** Whether the estate has it, and it may be spoken of. */
    boolean has(ComponentId component) {
        return estate.components().contains(component) && within.test(component);
    }

    /** The server of that name, whether it may be spoken of or not. */
    Optional<ComponentId> server(String host) {
        return Optional.ofNullable(servers.get(host));
    }

    /**
     * The SQL instances on a host, whether they may be spoken of or not, in the order of the
     * document.
     */
    List<ComponentId> instances(String host) {
        return instances.getOrDefault(host, List.of());
    }
}
