package io.understudy.adapter.simulator;

import io.understudy.adapter.spi.FaultInjection.Request;
import io.understudy.estate.ComponentId;
import io.understudy.estate.ComponentKind;
import io.understudy.estate.ObserverName;
import io.understudy.estate.PoolFqdn;
import io.understudy.estate.ServerFqdn;
import io.understudy.estate.StoreName;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;

/**
 * Faults as the API writes them: {@code fault}, {@code target} and {@code options}.
 *
 * <p>SERVICE_STOPPED takes the option {@code service}, PARTITION the option {@code from} (the other
 * site or machine), EXECUTOR_FAULT no target but {@code mode} (HANG, LOST_ANSWER, TRANSIENT) and
 * {@code times} (1 to 1000, 1 if not given). The others take no option.
 */
final class FaultDocument {

    private static final String KINDS =
            "KILL, SERVICE_STOPPED, PARTITION, OBSERVER_ISOLATED, BLIND, SLOW,"
                    + " MIRRORING_SUSPENDED, SYNCHRONIZATION_LOST, CLUSTER_QUORUM_LOST,"
                    + " BACKUP_SERVICE_ERROR, ROUTING_GROUPS_LOST, CENTRAL_MANAGEMENT_STUCK or"
                    + " EXECUTOR_FAULT";
    private static final int MOST_TIMES = 1000;

    private FaultDocument() {}

    /**
     * Reads a fault.
     *
     * @throws IllegalArgumentException naming the field that is wrong and what it may be
     */
    static Fault read(Request request) {
        return switch (request.fault()) {
            case "KILL" -> new Fault.Kill(target(plain(request)));
            case "SERVICE_STOPPED" ->
                    new Fault.ServiceStopped(
                            new ServerFqdn(
                                    target(
                                            options(request, Set.of("service")),
                                            ComponentKind.SERVER)),
                            option(request, "service"));
            case "PARTITION" -> partition(options(request, Set.of("from")));
            case "OBSERVER_ISOLATED" ->
                    new Fault.ObserverIsolated(
                            new ObserverName(target(plain(request), ComponentKind.OBSERVER)));
            case "BLIND" -> new Fault.Blind(target(plain(request)));
            case "SLOW" -> new Fault.Slow(target(plain(request)));
            case "MIRRORING_SUSPENDED" -> new Fault.MirroringSuspended(store(request));
            case "SYNCHRONIZATION_LOST" -> new Fault.SynchronizationLost(store(request));
            case "CLUSTER_QUORUM_LOST" -> new Fault.ClusterQuorumLost(store(request));
            case "BACKUP_SERVICE_ERROR" -> new Fault.BackupServiceError(pool(request));
            case "ROUTING_GROUPS_LOST" -> new Fault.RoutingGroupsLost(pool(request));
            case "CENTRAL_MANAGEMENT_STUCK" -> new Fault.CentralManagementStuck(pool(request));
            case "EXECUTOR_FAULT" -> executor(options(request, Set.of("mode", "times")));
            default -> throw new IllegalArgumentException("fault: is one of " + KINDS);
        };
    }

    /** Writes a fault as it would be read. */
    static Request write(Fault fault) {
        return switch (fault) {
            case Fault.Kill f -> request("KILL", f.target().toString());
            case Fault.ServiceStopped f ->
                    new Request(
                            "SERVICE_STOPPED",
                            ComponentId.of(f.server()).toString(),
                            Map.of("service", f.service()));
            case Fault.Partition f ->
                    new Request(
                            "PARTITION", f.one().toString(), Map.of("from", f.other().toString()));
            case Fault.ObserverIsolated f ->
                    request("OBSERVER_ISOLATED", ComponentId.of(f.observer()).toString());
            case Fault.Blind f -> request("BLIND", f.component().toString());
            case Fault.Slow f -> request("SLOW", f.component().toString());
            case Fault.MirroringSuspended f ->
                    request("MIRRORING_SUSPENDED", ComponentId.of(f.store()).toString());
            case Fault.SynchronizationLost f ->
                    request("SYNCHRONIZATION_LOST", ComponentId.of(f.store()).toString());
            case Fault.ClusterQuorumLost f ->
                    request("CLUSTER_QUORUM_LOST", ComponentId.of(f.store()).toString());
            case Fault.RoutingGroupsLost f ->
                    request("ROUTING_GROUPS_LOST", ComponentId.of(f.pool()).toString());
            case Fault.CentralManagementStuck f ->
                    request("CENTRAL_MANAGEMENT_STUCK", ComponentId.of(f.pool()).toString());
            case Fault.BackupServiceError f ->
                    request("BACKUP_SERVICE_ERROR", ComponentId.of(f.pool()).toString());
            case Fault.ExecutorFault f ->
                    new Request(
                            "EXECUTOR_FAULT",
                            "",
                            Map.of("mode", f.mode().name(), "times", String.valueOf(f.times())));
        };
    }

    private static Request request(String fault, String target) {
        return new Request(fault, target, Map.of());
    }

    private static Fault partition(Request request) {
        ComponentId one = target(request);
        ComponentId other = id("options.from", option(request, "from"));
        if (one.equals(other)) {
            throw new IllegalArgumentException("options.from: is another place than target");
        }
        return new Fault.Partition(one, other);
    }

    private static Fault executor(Request request) {
        if (!request.target().isEmpty()) {
            throw new IllegalArgumentException("target: EXECUTOR_FAULT has none");
        }
        String mode = option(request, "mode");
        Fault.Misbehaviour misbehaviour =
                Arrays.stream(Fault.Misbehaviour.values())
                        .filter(m -> m.name().equals(mode))
                        .findFirst()
                        .orElseThrow(() ->
                                new IllegalArgumentException(
                                        "options.mode: is HANG, LOST_ANSWER or TRANSIENT"));
        return new Fault.ExecutorFault(
                misbehaviour, times(request.options().getOrDefault("times", "1")));
    }

    private static int times(String text) {
        if (!text.matches("[0-9]{1,4}")) {
            throw new IllegalArgumentException("options.times: is 1 to " + MOST_TIMES);
        }
        int times = Integer.parseInt(text);
        if (times < 1 || times > MOST_TIMES) {
            throw new IllegalArgumentException("options.times: is 1 to " + MOST_TIMES);
        }
        return times;
    }

    private static StoreName store(Request request) {
        return new StoreName(target(plain(request), ComponentKind.STORE));
    }

    private static PoolFqdn pool(Request request) {
        return new PoolFqdn(target(plain(request), ComponentKind.POOL));
    }

    private static ComponentId target(Request request) {
        return id("target", request.target());
    }

    private static String target(Request request, ComponentKind kind) {
        ComponentId target = target(request);
        if (target.kind() != kind) {
            throw new IllegalArgumentException(
                    "target: " + request.fault() + " takes a component " + kind.label() + ":…");
        }
        return target.name();
    }

    private static ComponentId id(String field, String text) {
        try {
            return ComponentId.parse(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(field + ": " + e.getMessage(), e);
        }
    }

    private static Request plain(Request request) {
        return options(request, Set.of());
    }

    private static Request options(Request request, Set<String> known) {
        for (String name : request.options().keySet()) {
            if (!known.contains(name)) {
                throw new IllegalArgumentException(
                        "options." + name + ": " + request.fault() + " has no such option");
            }
        }
        return request;
    }

    private static String option(Request request, String name) {
        String value = request.options().get(name);
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException(
                    "options." + name + ": " + request.fault() + " needs it");
        }
        return value;
    }
}
