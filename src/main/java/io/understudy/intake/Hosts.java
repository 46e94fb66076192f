package io.understudy.intake;

import io.understudy.estate.ComponentId;
import io.understudy.estate.ComponentKind;
import io.understudy.estate.Estate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An estate's components, found by name or by host; made once for all alerts of a notification. */
final class Hosts {

    private final Estate estate;
    private final Map<String, ComponentId> servers = new HashMap<>();
    private final Map<String, List<ComponentId>> instances = new HashMap<>();

    Hosts(Estate estate) {
        this.estate = estate;
        for (ComponentId id : estate.components()) {
            if (id.kind() == ComponentKind.SERVER) {
                servers.put(id.name(), id);
            } else if (id.kind() == ComponentKind.SQL) {
                String host = id.name().substring(0, id.name().indexOf('/'));
                instances.computeIfAbsent(host, _ -> new ArrayList<>()).add(id);
            }
        }
    }

    boolean has(ComponentId component) {
        return estate.components().contains(component);
    }

    Optional<ComponentId> server(String host) {
        return Optional.ofNullable(servers.get(host));
    }

    /** The SQL instances on a host, in the order of the document. */
    List<ComponentId> instances(String host) {
        return instances.getOrDefault(host, List.of());
    }
}
