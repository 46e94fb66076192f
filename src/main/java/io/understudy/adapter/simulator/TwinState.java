package io.understudy.adapter.simulator;

import io.understudy.estate.PoolFqdn;
import io.understudy.estate.ServerFqdn;
import io.understudy.health.ExportStatus;
import io.understudy.health.PoolState;
import io.understudy.health.ServiceState;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * All that the twin is, as a value that can be saved and brought back. What time alone changes is
 * not missing from a saved state: it follows from the state and the time.
 *
 * @param at up to when it has been evolved
 * @param faultsInjected how many faults there ever were; the next one's id counts on from it
 * @param faults those in force by id, oldest first
 * @param sessions mirroring sessions by {@code store/database}
 * @param frontEnds RTCSRV of every Front End Server
 * @param pools what changes of Front End pools
 * @param nextHops where each Edge pool sends sign-ins to
 * @param tokens the newest fencing token seen, by run, oldest run first
 * @param effects what orders have changed, oldest first
 */
public record TwinState(
        Instant at,
        long faultsInjected,
        Map<String, ActiveFault> faults,
        SortedMap<String, MirrorSession> sessions,
        SortedMap<ServerFqdn, FrontEnd> frontEnds,
        SortedMap<PoolFqdn, PoolNow> pools,
        Optional<CentralManagementNow> centralManagement,
        SortedMap<PoolFqdn, PoolFqdn> nextHops,
        Map<String, Long> tokens,
        List<Effect> effects) {

    /** A fault and since when it is in force. */
    public record ActiveFault(Fault fault, Instant since) {}

    /**
     * RTCSRV of one Front End Server.
     *
     * @param away whether its machine is off, or somebody has stopped the service: it must start
     *     anew
     * @param runningAt when it will run, while it starts and has what it needs
     */
    public record FrontEnd(ServiceState service, boolean away, Optional<Instant> runningAt) {}

    /**
     * What changes of a Front End pool.
     *
     * @param failedOverAt when FAILING_OVER becomes FAILED_OVER
     * @param functional whether it has quorum
     * @param backEndLostSince since when its Back End does not serve it
     * @param exportStatus how far its Backup Service has sent, as last known to its partner
     * @param lastSteadyAt when that was last steady or final
     * @param steadyAt when it will be steady again
     */
    public record PoolNow(
            PoolState state,
            Optional<Instant> failedOverAt,
            boolean functional,
            Optional<Instant> backEndLostSince,
            ExportStatus exportStatus,
            Instant lastSteadyAt,
            Optional<Instant> steadyAt) {

        PoolNow withState(PoolState next, Optional<Instant> until, ExportStatus export) {
            return new PoolNow(
                    next, until, functional, backEndLostSince, export, lastSteadyAt, steadyAt);
        }
    }

    /** The pool that is active master and file transfer agent, and when it last became so. */
    public record CentralManagementNow(PoolFqdn activeMaster, Optional<Instant> movedAt) {}

    public TwinState {
        faults = Collections.unmodifiableMap(new LinkedHashMap<>(faults));
        sessions = Collections.unmodifiableSortedMap(new TreeMap<>(sessions));
        frontEnds = Collections.unmodifiableSortedMap(new TreeMap<>(frontEnds));
        pools = Collections.unmodifiableSortedMap(new TreeMap<>(pools));
        nextHops = Collections.unmodifiableSortedMap(new TreeMap<>(nextHops));
        tokens = Collections.unmodifiableMap(new LinkedHashMap<>(tokens));
        effects = List.copyOf(effects);
    }

    TwinState withFaults(long injected, Map<String, ActiveFault> next) {
        return new TwinState(
                at,
                injected,
                next,
                sessions,
                frontEnds,
                pools,
                centralManagement,
                nextHops,
                tokens,
                effects);
    }

    TwinState withSessions(SortedMap<String, MirrorSession> next) {
        return new TwinState(
                at,
                faultsInjected,
                faults,
                next,
                frontEnds,
                pools,
                centralManagement,
                nextHops,
                tokens,
                effects);
    }

    TwinState withPool(PoolFqdn fqdn, PoolNow pool) {
        SortedMap<PoolFqdn, PoolNow> next = new TreeMap<>(pools);
        next.put(fqdn, pool);
        return withFrontEnds(at, frontEnds, next);
    }

    TwinState withFrontEnds(
            Instant now,
            SortedMap<ServerFqdn, FrontEnd> nextServers,
            SortedMap<PoolFqdn, PoolNow> nextPools) {
        return new TwinState(
                now,
                faultsInjected,
                faults,
                sessions,
                nextServers,
                nextPools,
                centralManagement,
                nextHops,
                tokens,
                effects);
    }

    TwinState withCentralManagement(CentralManagementNow next) {
        return new TwinState(
                at,
                faultsInjected,
                faults,
                sessions,
                frontEnds,
                pools,
                Optional.of(next),
                nextHops,
                tokens,
                effects);
    }

    TwinState withNextHop(PoolFqdn edge, PoolFqdn to) {
        SortedMap<PoolFqdn, PoolFqdn> next = new TreeMap<>(nextHops);
        next.put(edge, to);
        return new TwinState(
                at,
                faultsInjected,
                faults,
                sessions,
                frontEnds,
                pools,
                centralManagement,
                next,
                tokens,
                effects);
    }

    TwinState withLog(Map<String, Long> nextTokens, List<Effect> nextEffects) {
        return new TwinState(
                at,
                faultsInjected,
                faults,
                sessions,
                frontEnds,
                pools,
                centralManagement,
                nextHops,
                nextTokens,
                nextEffects);
    }
}
