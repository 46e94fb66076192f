package io.understudy.app;

import io.understudy.control.Replica;
import io.understudy.control.Replicas;
import io.understudy.control.Slice;
import io.understudy.estate.ObserverName;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Says that this replica is there, and knows who else is. */
final class Presence {

    private final Replicas replicas;
    private final Replica self;
    private final Settings.Replica settings;
    private volatile List<Replica> alive;

    Presence(Replicas replicas, Replica self, Settings.Replica settings) {
        this.replicas = replicas;
        this.self = self;
        this.settings = settings;
        this.alive = List.of(self);
    }

    void beat() {
        replicas.beat(self);
        alive = replicas.all(settings.patience()).stream().filter(Replica::alive).toList();
    }

    void leave() {
        replicas.leave(self.name());
    }

    int alive() {
        return alive.size();
    }

    /**
     * How many of these slices this replica should hold, so that all who may look as their
     * observers hold as many: at least one.
     */
    int fairShare(List<Slice> ours) {
        Map<ObserverName, Long> slices =
                ours.stream()
                        .collect(Collectors.groupingBy(Slice::observer, Collectors.counting()));
        double share =
                slices.entrySet().stream()
                        .mapToDouble(e -> (double) e.getValue() / players(e.getKey()))
                        .sum();
        return Math.max(1, (int) Math.ceil(share));
    }

    private long players(ObserverName observer) {
        return Math.max(1, alive.stream().filter(replica -> replica.plays(observer)).count());
    }
}
