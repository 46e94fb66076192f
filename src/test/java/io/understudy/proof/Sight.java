package io.understudy.proof;

import io.understudy.decision.Policy;
import io.understudy.decision.Snapshot;
import io.understudy.estate.ComponentId;
import io.understudy.estate.Pool;
import io.understudy.estate.Position;
import io.understudy.estate.Store;
import io.understudy.estate.StoreName;
import io.understudy.health.ComponentFacts;
import io.understudy.health.Condition;
import io.understudy.health.Conditions;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A world as the decider is shown it. */
final class Sight {

    static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    /** Takes what is seen of one component. */
    interface Visitor {
        void sees(ComponentId component, int site, Seen seen);
    }

    private Sight() {}

    static Snapshot of(World world) {
        return of(world, Policy.DEFAULT);
    }

    static Snapshot of(World world, Policy policy) {
        Map<ComponentId, Condition> conditions = new HashMap<>();
        visit(
                world,
                (component, site, seen) -> {
                    if (seen != Seen.SILENT) {
                        conditions.put(component, Vantage.condition(world, site, seen, component));
                    }
                });
        return new Snapshot(
                world.shape().estate(),
                Conditions.of(world.shape().estate(), conditions, facts(world), NOW),
                List.of(),
                policy,
                NOW);
    }

    static Map<ComponentId, ComponentFacts> facts(World world) {
        Map<ComponentId, ComponentFacts> facts = new HashMap<>();
        FactsTold.forEach(world, (component, told) -> facts.put(component, told.facts()));
        return facts;
    }

    /** Every component that is watched; sites are counted redmond 0, dublin 1, lisbon 2. */
    static void visit(World world, Visitor visitor) {
        for (int pool = 1; pool <= 2; pool++) {
            visit(world, pool, visitor);
        }
        visitor.sees(store(world, 1).id(), 0, world.around().store1());
        var estate = world.shape().estate();
        visitor.sees(ComponentId.of(estate.sites().get(0).name()), 0, world.around().site1());
        visitor.sees(ComponentId.of(estate.sites().get(1).name()), 1, world.around().site2());
        if (world.shape().edgeHop() != 0) {
            Pool edge = estate.pools().get(2);
            visitor.sees(edge.id(), 0, world.around().edge());
            visitor.sees(
                    ComponentId.of(edge.servers().getFirst().fqdn()), 0, world.around().edge());
        }
    }

    private static void visit(World world, int pool, Visitor visitor) {
        Side side = world.side(pool);
        Pool of = pool(world, pool);
        int site = pool - 1;
        for (int i = 0; i < side.frontEnds().size(); i++) {
            ComponentId server = ComponentId.of(of.servers().get(i).fqdn());
            visitor.sees(server, site, side.frontEnds().get(i));
        }
        visitor.sees(of.id(), site, side.pool());
        Store store = store(world, pool);
        for (Position position : Position.values()) {
            visitor.sees(
                    ComponentId.of(store.at(position).orElseThrow()), site, side.sql(position));
        }
        store.witness().ifPresent(sql -> visitor.sees(ComponentId.of(sql), site, side.witness()));
    }

    static Pool pool(World world, int pool) {
        return world.shape().estate().pools().get(pool - 1);
    }

    static Store store(World world, int pool) {
        return world.shape().estate().store(new StoreName("be" + pool)).orElseThrow();
    }
}
