package io.understudy.app;

import io.quarkus.vertx.http.HttpServerOptionsCustomizer;
import io.understudy.access.SeenSignatures;
import io.understudy.api.MonitorSettings;
import io.understudy.estate.ObserverName;
import io.understudy.store.Database;
import io.understudy.store.PgSeenSignatures;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpServerOptions;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What it takes to know a monitoring system. */
@Singleton
class MonitorWiring implements HttpServerOptionsCustomizer {

    private final MonitorConfiguration monitors;

    MonitorWiring(MonitorConfiguration monitors) {
        this.monitors = monitors;
    }

    /**
     * Where somebody has to show a certificate, everybody is asked for one, and nobody else needs
     * it.
     */
    @Override
    public void customizeHttpsServer(HttpServerOptions options) {
        boolean asked =
                monitors.named().values().stream()
                        .anyMatch(monitor -> monitor.certificate().isPresent());
        if (asked) {
            options.setClientAuth(ClientAuth.REQUEST);
        }
    }

    @Produces
    @Singleton
    MonitorSettings settings(SignatureConfiguration signature) {
        Map<String, MonitorSettings.Monitor> named = new HashMap<>();
        monitors.named()
                .forEach((name, monitor) ->
                        named.put(
                                name,
                                new MonitorSettings.Monitor(
                                        monitor.secrets().orElse(List.of()),
                                        monitor.certificate(),
                                        monitor.observer().map(ObserverName::new))));
        return new MonitorSettings(
                signature.timestampHeader(),
                signature.signatureHeader(),
                signature.tolerance(),
                named);
    }

    @Produces
    @Singleton
    SeenSignatures seen(Database database) {
        return new PgSeenSignatures(database);
    }
}
