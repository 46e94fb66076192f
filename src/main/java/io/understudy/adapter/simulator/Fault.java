package io.understudy.adapter.simulator;

import io.understudy.estate.ComponentId;
import io.understudy.estate.ObserverName;
import io.understudy.estate.PoolFqdn;
import io.understudy.estate.ServerFqdn;
import io.understudy.estate.StoreName;

/** Something wrong with the twin, in force from its injection until it is cleared. */
public sealed interface Fault {

    /**
     * Switched off: a server, a SQL instance, a file share, an observer; a pool with all its
     * servers; a store with both its partners; a site with everything and everybody there.
     */
    record Kill(ComponentId target) implements Fault {}

    /** One Windows service of a server is stopped; RTCSRV has to start again when it is cleared. */
    record ServiceStopped(ServerFqdn server, String service) implements Fault {}

    /** No packet passes between two sites, or two single machines, in either direction. */
    record Partition(ComponentId one, ComponentId other) implements Fault {}

    /** The observer is cut off: it sees everything but itself as down. */
    record ObserverIsolated(ObserverName observer) implements Fault {}

    /** Nobody can tell anything of the component, whatever its state. */
    record Blind(ComponentId component) implements Fault {}

    /** It answers, but slowly: overload, which is not death. */
    record Slow(ComponentId component) implements Fault {}

    /** The mirroring sessions of a store are SUSPENDED while its partners see each other. */
    record MirroringSuspended(StoreName store) implements Fault {}

    /** The mirror, or the secondary replica, does not keep up: SYNCHRONIZING while it lasts. */
    record SynchronizationLost(StoreName store) implements Fault {}

    /** The pool's Backup Service can neither export nor import. */
    record BackupServiceError(PoolFqdn pool) implements Fault {}

    /**
     * An Availability Group's cluster has lost quorum: both replicas are RESOLVING, nothing is
     * served.
     */
    record ClusterQuorumLost(StoreName store) implements Fault {}

    /** Routing groups of a pool have no primary, until quorum is recovered. */
    record RoutingGroupsLost(PoolFqdn pool) implements Fault {}

    /**
     * While the pool's Central Management store is active it names no active master, until it is
     * restored.
     */
    record CentralManagementStuck(PoolFqdn pool) implements Fault {}

    /**
     * The executor misbehaves.
     *
     * @param times for how many calls more, at least 1
     */
    record ExecutorFault(Misbehaviour mode, int times) implements Fault {}

    /** How an executor misbehaves. */
    enum Misbehaviour {
        /** Nothing happens and nothing is heard until the time limit. */
        HANG,
        /** It happens, but the answer is lost. */
        LOST_ANSWER,
        /** Nothing happens, and the answer says so. */
        TRANSIENT
    }
}
