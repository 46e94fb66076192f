package io.understudy.adapter.simulator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JavaType;
import io.understudy.adapter.simulator.TwinState.ActiveFault;
import io.understudy.adapter.simulator.TwinState.CentralManagementNow;
import io.understudy.adapter.simulator.TwinState.ChatNow;
import io.understudy.adapter.simulator.TwinState.FrontEnd;
import io.understudy.adapter.simulator.TwinState.Lag;
import io.understudy.document.Json;
import io.understudy.estate.PoolFqdn;
import io.understudy.estate.ServerFqdn;
import io.understudy.estate.StoreName;
import io.understudy.runbook.Action.MoveApplication.Application;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * A twin's state in parts that are kept one by one, so that what changes is written, and not an
 * estate of five hundred pools for each step of a run. The effects are no part: they are a log.
 */
public final class TwinParts {

    /**
     * One part.
     *
     * @param key which one of its kind
     * @param body as JSON; empty when it is gone
     */
    public record Part(String kind, String key, Optional<String> body) {}

    /** What there is one of. */
    private record Head(
            Instant at, long faultsInjected, Optional<CentralManagementNow> centralManagement) {}

    /** A map of the state, each entry of which is a part. */
    private record Kind<K, V>(
            String name,
            JavaType value,
            Function<String, K> key,
            Function<TwinState, ? extends Map<K, V>> of,
            BiConsumer<TwinDraft, Map<K, V>> into) {

        private Kind(
                Type value,
                String name,
                Function<String, K> key,
                Function<TwinState, ? extends Map<K, V>> of,
                BiConsumer<TwinDraft, Map<K, V>> into) {
            this(name, Json.mapper().constructType(value), key, of, into);
        }

        private void compare(TwinState before, TwinState after, List<Part> changed) {
            Map<K, V> old = of.apply(before);
            Map<K, V> now = of.apply(after);
            now.forEach((which, value) -> {
                if (!value.equals(old.get(which))) {
                    changed.add(new Part(name, which.toString(), Optional.of(Json.write(value))));
                }
            });
            old.keySet().stream()
                    .filter(which -> !now.containsKey(which))
                    .forEach(which ->
                            changed.add(new Part(name, which.toString(), Optional.empty())));
        }

        private void change(TwinState before, List<Part> parts, TwinDraft draft) {
            Map<K, V> values = new LinkedHashMap<>(of.apply(before));
            for (Part part : parts) {
                K which = key.apply(part.key());
                part.body()
                        .ifPresentOrElse(
                                body -> values.put(which, read(body, value)),
                                () -> values.remove(which));
            }
            into.accept(draft, values);
        }
    }

    private static final String HEAD = "twin";

    private static final List<Kind<?, ?>> KINDS =
            List.of(
                    new Kind<String, ActiveFault>(
                            ActiveFault.class,
                            "fault",
                            UnaryOperator.identity(),
                            TwinState::faults,
                            (draft, all) -> draft.faults = oldestFirst(all)),
                    new Kind<String, MirrorSession>(
                            MirrorSession.class,
                            "session",
                            UnaryOperator.identity(),
                            TwinState::sessions,
                            (draft, all) -> draft.sessions = new TreeMap<>(all)),
                    new Kind<ServerFqdn, FrontEnd>(
                            FrontEnd.class,
                            "frontEnd",
                            ServerFqdn::new,
                            TwinState::frontEnds,
                            (draft, all) -> draft.frontEnds = new TreeMap<>(all)),
                    new Kind<PoolFqdn, PoolNow>(
                            PoolNow.class,
                            "pool",
                            PoolFqdn::new,
                            TwinState::pools,
                            (draft, all) -> draft.pools = new TreeMap<>(all)),
                    new Kind<PoolFqdn, PoolFqdn>(
                            PoolFqdn.class,
                            "nextHop",
                            PoolFqdn::new,
                            TwinState::nextHops,
                            (draft, all) -> draft.nextHops = new TreeMap<>(all)),
                    new Kind<String, Long>(
                            Long.class,
                            "token",
                            UnaryOperator.identity(),
                            TwinState::tokens,
                            (draft, all) -> draft.tokens = all),
                    new Kind<StoreName, Lag>(
                            Lag.class,
                            "lag",
                            StoreName::new,
                            TwinState::lags,
                            (draft, all) -> draft.lags = new TreeMap<>(all)),
                    new Kind<StoreName, Instant>(
                            Instant.class,
                            "forcedService",
                            StoreName::new,
                            TwinState::forcedServices,
                            (draft, all) -> draft.forcedServices = new TreeMap<>(all)),
                    new Kind<StoreName, ShippedLog>(
                            ShippedLog.class,
                            "shipped",
                            StoreName::new,
                            TwinState::shipped,
                            (draft, all) -> draft.shipped = new TreeMap<>(all)),
                    new Kind<PoolFqdn, ChatNow>(
                            ChatNow.class,
                            "chat",
                            PoolFqdn::new,
                            TwinState::chats,
                            (draft, all) -> draft.chats = new TreeMap<>(all)),
                    new Kind<PoolFqdn, Set<Application>>(
                            new TypeReference<Set<Application>>() {}.getType(),
                            "moved",
                            PoolFqdn::new,
                            TwinState::moved,
                            (draft, all) -> draft.moved = new TreeMap<>(all)),
                    new Kind<String, Instant>(
                            Instant.class,
                            "underWay",
                            UnaryOperator.identity(),
                            TwinState::underWay,
                            (draft, all) -> draft.underWay = all));

    private TwinParts() {}

    /** The parts in which one state differs from another; none when it only differs in its time. */
    public static List<Part> difference(TwinState before, TwinState after) {
        List<Part> changed = new ArrayList<>();
        TwinState old = packed(before);
        TwinState now = packed(after);
        KINDS.forEach(kind -> kind.compare(old, now, changed));
        boolean headChanged =
                before.faultsInjected() != after.faultsInjected()
                        || !before.centralManagement().equals(after.centralManagement());
        if (headChanged || !changed.isEmpty()) {
            Head head = new Head(after.at(), after.faultsInjected(), after.centralManagement());
            changed.add(new Part(HEAD, "", Optional.of(Json.write(head))));
        }
        return changed;
    }

    /**
     * A state with some parts changed.
     *
     * @throws IllegalStateException when a part is not what this release writes
     */
    public static TwinState changed(TwinState before, List<Part> parts) {
        TwinState old = packed(before);
        Map<String, List<Part>> byKind = parts.stream().collect(Collectors.groupingBy(Part::kind));
        TwinDraft draft = new TwinDraft(old);
        for (Kind<?, ?> kind : KINDS) {
            kind.change(old, byKind.getOrDefault(kind.name(), List.of()), draft);
        }
        byKind.getOrDefault(HEAD, List.of()).stream()
                .flatMap(part -> part.body().stream())
                .map(body -> TwinParts.<Head>read(body, Json.mapper().constructType(Head.class)))
                .forEach(head -> {
                    draft.at = head.at();
                    draft.faultsInjected = head.faultsInjected();
                    draft.centralManagement = head.centralManagement();
                });
        return unpacked(draft.state());
    }

    /** What is steady is so up to now: said so, it does not change with every moment. */
    private static TwinState packed(TwinState state) {
        return steadyAt(state, state.at(), Instant.EPOCH);
    }

    private static TwinState unpacked(TwinState state) {
        return steadyAt(state, Instant.EPOCH, state.at());
    }

    private static TwinState steadyAt(TwinState state, Instant from, Instant to) {
        Map<PoolFqdn, PoolNow> pools = new TreeMap<>(state.pools());
        pools.replaceAll((_, pool) ->
                pool.lastSteadyAt().equals(from)
                        ? pool.withCopy(pool.exportStatus(), to, pool.steadyAt())
                        : pool);
        return state.changed(draft -> draft.pools = new TreeMap<>(pools));
    }

    private static <V> V read(String body, JavaType type) {
        try {
            return Json.mapper().readValue(body, type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(
                    "a part of the twin is no "
                            + type.getRawClass().getSimpleName()
                            + "; was it written by a newer release?",
                    e);
        }
    }

    private static Map<String, ActiveFault> oldestFirst(Map<String, ActiveFault> faults) {
        Map<String, ActiveFault> sorted = new LinkedHashMap<>();
        faults.entrySet().stream()
                .sorted(
                        Comparator.comparingLong(
                                fault -> Long.parseLong(fault.getKey().replace(Twin.FAULT, ""))))
                .forEach(fault -> sorted.put(fault.getKey(), fault.getValue()));
        return sorted;
    }
}
