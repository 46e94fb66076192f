package io.understudy.app;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.understudy.adapter.spi.Secrets;
import io.understudy.anchor.AnchorFile;
import io.understudy.anchor.AnchorPlace;
import io.understudy.anchor.AnchorWebhook;
import io.understudy.anchor.Anchoring;
import io.understudy.audit.Anchors;
import io.understudy.audit.AuditChain;
import io.understudy.metrics.AnchorMeters;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.net.http.HttpClient;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Anchors the audit from the start to the end, where a setting says where to. */
@Singleton
class AuditWiring {

    private final AuditConfiguration.Anchor settings;
    private final Anchoring anchoring;
    private final boolean wanted;
    private @Nullable RepeatedTask task;

    AuditWiring(
            AuditConfiguration audit,
            AuditChain chain,
            Secrets secrets,
            MeterRegistry registry,
            InstantSource clock) {
        this.settings = audit.anchor();
        List<AnchorPlace> places = new ArrayList<>();
        settings.file().map(AnchorFile::new).ifPresent(places::add);
        settings.url()
                .map(url ->
                        new AnchorWebhook(
                                url,
                                HttpClient.newBuilder()
                                        .connectTimeout(settings.timeLimit())
                                        .followRedirects(HttpClient.Redirect.NEVER)
                                        .build(),
                                () -> settings.authorization().map(secrets::read),
                                settings.timeLimit()))
                .ifPresent(places::add);
        this.wanted = !places.isEmpty();
        this.anchoring =
                new Anchoring(
                        chain,
                        places,
                        new Anchoring.Due(settings.interval(), settings.entries()),
                        new AnchorMeters(registry),
                        clock);
    }

    /** What the verification compares. */
    @Produces
    @Singleton
    static Anchors anchors(AuditConfiguration audit) {
        Optional<Anchors> file = audit.anchor().file().map(AnchorFile::new);
        return file.orElse(Anchors.NONE);
    }

    void start(@Observes StartupEvent event) {
        if (wanted) {
            task = new RepeatedTask("anchoring", settings.check(), () -> {}, anchoring::tick);
        }
    }

    void stop(@Observes ShutdownEvent event) {
        if (task != null) {
            task.close();
        }
    }
}
