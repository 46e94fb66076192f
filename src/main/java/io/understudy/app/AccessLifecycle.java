package io.understudy.app;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.MemorySize;
import io.understudy.access.Refusals;
import io.understudy.audit.AuditLog;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.eclipse.microprofile.config.ConfigProvider;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/** Starts what goes on by itself about who is let in, and stops it. */
@Singleton
class AccessLifecycle {

    private final boolean forwarding;
    private final Optional<List<String>> trusted;
    private final Optional<MemorySize> serversLongestBody;
    private final ApiConfiguration api;
    private final Refusals refusals;
    private final LoginConfiguration login;
    private final MonitorConfiguration monitors;
    private final AuditLog audit;
    private final InstantSource clock;
    private @Nullable RefusalRecord record;

    AccessLifecycle(
            @ConfigProperty(
                            name = "quarkus.http.proxy.proxy-address-forwarding",
                            defaultValue = "false")
                    boolean forwarding,
            @ConfigProperty(name = "quarkus.http.proxy.trusted-proxies")
                    Optional<List<String>> trusted,
            @ConfigProperty(name = "quarkus.http.limits.max-body-size")
                    Optional<MemorySize> serversLongestBody,
            ApiConfiguration api,
            Refusals refusals,
            LoginConfiguration login,
            MonitorConfiguration monitors,
            AuditLog audit,
            InstantSource clock) {
        this.forwarding = forwarding;
        this.trusted = trusted;
        this.serversLongestBody = serversLongestBody;
        this.api = api;
        this.refusals = refusals;
        this.login = login;
        this.monitors = monitors;
        this.audit = audit;
        this.clock = clock;
    }

    void start(@Observes StartupEvent event) {
        StartupChecks.checkProxy(forwarding, trusted);
        StartupChecks.checkTrust(
                monitors.named().values().stream().anyMatch(m -> m.certificate().isPresent()),
                StreamSupport.stream(
                                ConfigProvider.getConfig().getPropertyNames().spliterator(), false)
                        .anyMatch(name -> name.startsWith("quarkus.tls.trust-store.")));
        StartupChecks.checkBodies(
                api.maxBodySize().asLongValue(), serversLongestBody.map(MemorySize::asLongValue));
        record = new RefusalRecord(refusals, audit, clock, login.auditInterval());
    }

    void stop(@Observes ShutdownEvent event) {
        if (record != null) {
            record.close();
        }
    }
}
