package io.understudy.adapter.simulator;

import io.understudy.adapter.spi.FaultInjection;
import io.understudy.estate.ComponentId;
import io.understudy.estate.ComponentKind;
import io.understudy.estate.Pool;
import io.understudy.estate.PoolFqdn;
import io.understudy.estate.Server;
import io.understudy.estate.Store;
import io.understudy.estate.StoreName;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** The twin's faults as the API sees them. */
public final class SimulatorControl implements FaultInjection {

    private final Twin twin;

    public SimulatorControl(Twin twin) {
        this.twin = twin;
    }

    @Override
    public Request check(Request request) {
        Fault fault = FaultDocument.read(request);
        checked(fault);
        return FaultDocument.write(fault);
    }

    @Override
    public Injected inject(Request request) {
        Fault fault = FaultDocument.read(request);
        checked(fault);
        String id = twin.inject(fault);
        return injected(id, fault, since(id));
    }

    @Override
    public boolean clear(String id) {
        return twin.clear(id);
    }

    @Override
    public List<Injected> list() {
        return twin.faults().entrySet().stream()
                .map(e -> injected(e.getKey(), e.getValue().fault(), e.getValue().since()))
                .toList();
    }

    private Instant since(String id) {
        return Optional.ofNullable(twin.faults().get(id))
                .map(TwinState.ActiveFault::since)
                .orElseGet(() -> twin.state().at());
    }

    private static Injected injected(String id, Fault fault, Instant since) {
        Request written = FaultDocument.write(fault);
        return new Injected(id, written.fault(), written.target(), written.options(), since);
    }

    /** What the fault speaks of must be in the estate, else it would silently do nothing. */
    private void checked(Fault fault) {
        Request written = FaultDocument.write(fault);
        if (!written.target().isEmpty()) {
            exists("target", written.target());
        }
        Map<String, String> options = written.options();
        if (options.containsKey("from")) {
            exists("options.from", options.getOrDefault("from", ""));
        }
        if (fault instanceof Fault.ServiceStopped stopped) {
            service(stopped);
        }
        suited(fault, written.target());
    }

    /** The target must be of the kind that can break so, else it would silently do nothing. */
    private void suited(Fault fault, String target) {
        switch (fault) {
            case Fault.MirroringSuspended f ->
                    store(f.store(), Sessions::mirrored, target + " is not mirrored");
            case Fault.SynchronizationLost f ->
                    store(f.store(), Sessions::paired, target + " is not mirrored");
            case Fault.ClusterQuorumLost f ->
                    store(f.store(), Sessions::grouped, target + " is no Availability Group");
            case Fault.RoutingGroupsLost f ->
                    pool(f.pool(), Pool::isFrontEnd, target + " is no Front End pool");
            case Fault.CentralManagementStuck f ->
                    pool(
                            f.pool(),
                            TwinView::keepsCentralManagement,
                            target + " keeps no Central Management store");
            case Fault.Kill _,
                    Fault.ServiceStopped _,
                    Fault.Partition _,
                    Fault.ObserverIsolated _,
                    Fault.Blind _,
                    Fault.Slow _,
                    Fault.BackupServiceError _,
                    Fault.ExecutorFault _ -> {}
        }
    }

    private void store(StoreName name, Predicate<Store> suited, String why) {
        if (twin.view().estate().store(name).filter(suited).isEmpty()) {
            throw new IllegalArgumentException("target: " + why);
        }
    }

    private void pool(PoolFqdn name, Predicate<Pool> suited, String why) {
        if (twin.view().estate().pool(name).filter(suited).isEmpty()) {
            throw new IllegalArgumentException("target: " + why);
        }
    }

    private void exists(String field, String component) {
        ComponentId id = ComponentId.parse(component);
        if (!twin.has(id)) {
            throw new IllegalArgumentException(
                    field + ": the estate has no " + component + "; see /api/v1/components");
        }
    }

    private void service(Fault.ServiceStopped stopped) {
        for (Pool pool : twin.view().estate().pools()) {
            for (Server server : pool.servers()) {
                if (server.fqdn().equals(stopped.server())
                        && !Services.of(pool).contains(stopped.service())) {
                    throw new IllegalArgumentException(
                            "options.service: "
                                    + ComponentKind.SERVER.label()
                                    + ":"
                                    + server.fqdn()
                                    + " has "
                                    + String.join(", ", Services.of(pool)));
                }
            }
        }
    }
}
