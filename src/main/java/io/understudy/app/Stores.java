package io.understudy.app;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.understudy.access.KeyStore;
import io.understudy.audit.AuditChain;
import io.understudy.audit.AuditLog;
import io.understudy.control.AnnouncedRuns;
import io.understudy.control.EvaluationLog;
import io.understudy.control.IdempotencyStore;
import io.understudy.control.LiveDocument;
import io.understudy.control.ObservationLog;
import io.understudy.decision.Policy;
import io.understudy.document.DocumentReader;
import io.understudy.document.EstateDocument;
import io.understudy.document.Format;
import io.understudy.estate.Estate;
import io.understudy.intake.Mapping;
import io.understudy.routing.Routing;
import io.understudy.run.Run;
import io.understudy.run.RunStore;
import io.understudy.store.Database;
import io.understudy.store.ObservationCare;
import io.understudy.store.PgAuditChain;
import io.understudy.store.PgAuditLog;
import io.understudy.store.PgDocumentStore;
import io.understudy.store.PgEvaluationLog;
import io.understudy.store.PgIdempotencyStore;
import io.understudy.store.PgKeyStore;
import io.understudy.store.PgNews;
import io.understudy.store.PgObservationLog;
import io.understudy.store.PgRunStore;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Optional;

/** What is kept in PostgreSQL, and the documents in force. */
@Singleton
class Stores {

    private static final String SAMPLE = "estates/sample.yaml";

    @Produces
    @Singleton
    Database database(AgroalDataSource source, DatabaseConfiguration configured) {
        return new Database(
                source,
                new Database.Settings(
                        configured.statementLimit(),
                        configured.lockLimit(),
                        configured.silenceLimit(),
                        configured.attempts(),
                        configured.retryAfter()),
                () -> source.flush(AgroalDataSource.FlushMode.IDLE));
    }

    /**
     * What replicas tell each other, on a connection of its own: made like those of the pool, kept
     * as long as it lives, and never used for anything else.
     */
    @Produces
    @Singleton
    PgNews news(AgroalDataSource source, Settings settings) {
        var connections =
                source.getConfiguration()
                        .connectionPoolConfiguration()
                        .connectionFactoryConfiguration();
        try {
            return new PgNews(
                    AgroalDataSource.from(
                            new AgroalDataSourceConfigurationSupplier()
                                    .connectionPoolConfiguration(pool ->
                                            pool.maxSize(1)
                                                    .flushOnClose(true)
                                                    .connectionFactoryConfiguration(
                                                            () -> connections))),
                    settings.news().silence(),
                    settings.news().firstBackOff());
        } catch (SQLException e) {
            throw new IllegalStateException("the connection for news cannot be set up", e);
        }
    }

    @Produces
    @Singleton
    AuditLog audit(Database database) {
        return new PgAuditLog(database);
    }

    @Produces
    @Singleton
    AuditChain auditChain(Database database) {
        return new PgAuditChain(database);
    }

    @Produces
    @Singleton
    RunStore runs(Database database, Listeners listeners) {
        return new AnnouncedRuns(new PgRunStore(database), listeners);
    }

    @Produces
    @Singleton
    EvaluationLog evaluations(Database database) {
        return new PgEvaluationLog(database);
    }

    @Produces
    @Singleton
    ObservationLog observations(Database database, LoadConfiguration load) {
        return new PgObservationLog(
                database,
                new PgObservationLog.Settings(
                        load.waitingObservations(), load.observationsAtOnce()));
    }

    @Produces
    @Singleton
    ObservationCare care(Database database, Settings settings) {
        Settings.Retention retention = settings.retention();
        return new ObservationCare(
                database,
                new ObservationCare.Settings(
                        retention.thinnedAfter(),
                        retention.thinnedTo(),
                        retention.kept(),
                        settings.replay().margin(),
                        retention.incidentSpan(),
                        retention.interval(),
                        retention.mostAtOnce()));
    }

    @Produces
    @Singleton
    KeyStore keys(Database database) {
        return new PgKeyStore(database);
    }

    @Produces
    @Singleton
    IdempotencyStore idempotency(Database database) {
        return new PgIdempotencyStore(database, PgIdempotencyStore.Settings.DEFAULT);
    }

    /** The estate; at the first start on the embedded database it is the sample. */
    @Produces
    @Singleton
    LiveDocument<Estate> estate(
            Database database, InstantSource clock, Wakeup wakeup, Settings settings) {
        LiveDocument<Estate> estate =
                document("estate", Estate.class, Optional.empty(), database, clock, wakeup);
        if (settings.embedded() && estate.current().isEmpty()) {
            estate.save(sample(), Optional.of(0), Run.UNDERSTUDY);
        }
        return estate;
    }

    @Produces
    @Singleton
    LiveDocument<Policy> policy(Database database, InstantSource clock, Wakeup wakeup) {
        return document(
                "policy", Policy.class, Optional.of(Policy.DEFAULT), database, clock, wakeup);
    }

    @Produces
    @Singleton
    LiveDocument<Mapping> mapping(Database database, InstantSource clock, Wakeup wakeup) {
        return document(
                "mapping", Mapping.class, Optional.of(Mapping.DEFAULT), database, clock, wakeup);
    }

    @Produces
    @Singleton
    LiveDocument<Routing> routing(Database database, InstantSource clock, Wakeup wakeup) {
        return document(
                "routing", Routing.class, Optional.of(Routing.NONE), database, clock, wakeup);
    }

    private static <T> LiveDocument<T> document(
            String kind,
            Class<T> type,
            Optional<T> fallback,
            Database database,
            InstantSource clock,
            Wakeup wakeup) {
        LiveDocument<T> document =
                new LiveDocument<>(
                        kind,
                        new PgDocumentStore<>(database, kind, type),
                        fallback,
                        clock,
                        wakeup::ring);
        document.refresh();
        return document;
    }

    private static Estate sample() {
        try (InputStream file = Stores.class.getClassLoader().getResourceAsStream(SAMPLE)) {
            if (file == null) {
                throw new IllegalStateException(
                        SAMPLE + " is missing from the application: build it again");
            }
            return EstateDocument.read(DocumentReader.read(file.readAllBytes(), Format.YAML));
        } catch (IOException e) {
            throw new UncheckedIOException(SAMPLE + " cannot be read", e);
        }
    }
}
