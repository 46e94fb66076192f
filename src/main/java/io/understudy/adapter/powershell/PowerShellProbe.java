package io.understudy.adapter.powershell;

import io.understudy.adapter.spi.ManagementServer;
import io.understudy.adapter.spi.Probe;
import io.understudy.adapter.spi.Progress;
import io.understudy.estate.CentralManagement;
import io.understudy.estate.ComponentId;
import io.understudy.estate.ComponentKind;
import io.understudy.estate.Estate;
import io.understudy.estate.ObserverName;
import io.understudy.estate.Pool;
import io.understudy.estate.PoolRole;
import io.understudy.estate.SiteName;
import io.understudy.health.Facts;
import io.understudy.health.Status;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Looks at pools and servers by the read-only cmdlets of the management shell, from the management
 * server of the observer's site.
 *
 * <p>A server is UP when the service that does its role's work runs, DEGRADED when it answers and
 * that does not, DOWN when the management server cannot reach it. A pool is DOWN when no server of
 * it serves and that is known of each. What the shell itself cannot tell is UNKNOWN.
 */
public final class PowerShellProbe implements Probe {

    private final Supplier<Estate> estate;
    private final PowerShellSettings settings;
    private final Sessions sessions;
    private final Function<SiteName, Optional<ManagementServer>> servers;

    /**
     * A probe.
     *
     * @param servers the management server of a site; empty: this machine
     */
    PowerShellProbe(
            Supplier<Estate> estate,
            PowerShellSettings settings,
            Sessions sessions,
            Function<SiteName, Optional<ManagementServer>> servers) {
        this.estate = estate;
        this.settings = settings;
        this.sessions = sessions;
        this.servers = servers;
    }

    @Override
    public boolean sees(ComponentId component) {
        return switch (component.kind()) {
            case POOL, SERVER -> owner(component).isPresent();
            case STORE, SQL, FILE_STORE, SITE, OBSERVER -> false;
        };
    }

    private Optional<Pool> owner(ComponentId component) {
        return component.kind() == ComponentKind.SERVER
                ? estate.get().poolOf(component)
                : estate.get().pools().stream()
                        .filter(pool -> pool.id().equals(component))
                        .findFirst();
    }

    @Override
    public Reading read(ObserverName observer, ComponentId component) {
        Optional<Pool> pool = owner(component);
        if (pool.isEmpty()) {
            return unknown("the estate has no " + component);
        }
        Order look = look(component, pool.get());
        Replies replies = new Replies(Progress.UNHEARD);
        try {
            Optional<ManagementServer> from =
                    estate.get().observer(observer).flatMap(o -> servers.apply(o.site()));
            Transport.Ended ended =
                    sessions.once(
                            from,
                            new Envelope(settings).read(look, settings.checkLimit()),
                            settings.checkLimit(),
                            replies);
            return replies.facts()
                    .map(told -> ShellFacts.reading(told, component, pool.get()))
                    .orElseGet(() -> unknown(why(ended, replies)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return unknown("interrupted");
        }
    }

    private static Order look(ComponentId component, Pool pool) {
        if (component.kind() == ComponentKind.SERVER) {
            return new Order("read-server", Map.of("Server", component.name()), "");
        }
        List<String> names = pool.servers().stream().map(s -> s.fqdn().value()).toList();
        return new Order(
                "read-pool",
                Map.of(
                        "Pool",
                        pool.fqdn().value(),
                        "Role",
                        pool.role().name(),
                        "CentralManagement",
                        pool.centralManagement() != CentralManagement.NONE,
                        "Servers",
                        names,
                        "Service",
                        service(pool.role())),
                "");
    }

    /** The service that does the role's work (domain.md 7.2). */
    static String service(PoolRole role) {
        return switch (role) {
            case FRONT_END, EDGE, DIRECTOR -> "RTCSRV";
            case MEDIATION -> "RTCMEDSRV";
            case PERSISTENT_CHAT -> "RTCCHAT";
        };
    }

    private static String why(Transport.Ended ended, Replies replies) {
        String session =
                switch (ended) {
                    case Transport.Ended.NotStarted not -> not.why();
                    case Transport.Ended.Lost lost -> lost.why();
                    case Transport.Ended.Exited exited ->
                            "PowerShell ended with code " + exited.code() + " " + exited.error();
                };
        return replies.result().map(result -> result.sentence("no facts")).orElse(session);
    }

    private static Reading unknown(String detail) {
        return new Reading(Status.UNKNOWN, new Facts.None(), "the management shell: " + detail);
    }
}
