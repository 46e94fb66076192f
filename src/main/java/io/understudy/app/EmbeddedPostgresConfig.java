package io.understudy.app;

import io.smallrye.config.ConfigSourceContext;
import io.smallrye.config.ConfigSourceFactory;
import io.smallrye.config.PropertiesConfigSource;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.jspecify.annotations.Nullable;

/**
 * Starts the embedded PostgreSQL when no {@code quarkus.datasource.jdbc.url} is set, and tells the
 * datasource where it is. Sets {@code understudy.embedded} to {@code true} or {@code false}
 * accordingly.
 *
 * <p>Configuration is read before anything connects, so the pool, the migrations and the health
 * checks need to know nothing of this. It is read several times in one process, and by new class
 * loaders after a live reload: the URL of the server that runs is kept in a system property, where
 * each finds it.
 */
public final class EmbeddedPostgresConfig implements ConfigSourceFactory {

    private static final String DATASOURCE = "quarkus.datasource.";
    private static final String FLYWAY = "quarkus.flyway.";
    private static final String RUNNING = "understudy.embedded-postgres.running";

    /**
     * Above the environment: a user name or password set for another database is not the embedded
     * one's.
     */
    private static final int ORDINAL = 500;

    @Override
    public Iterable<ConfigSource> getConfigSources(ConfigSourceContext config) {
        if (!applicationStarts(config)) {
            return List.of();
        }
        String url = value(config, DATASOURCE + "jdbc.url");
        return List.of(
                url == null ? embedded(config) : source(Map.of("understudy.embedded", "false")));
    }

    private static ConfigSource embedded(ConfigSourceContext config) {
        String dataDir = value(config, "understudy.data-dir");
        Path home = Path.of(dataDir == null ? "data" : dataDir, "postgres");
        String url = System.getProperty(RUNNING);
        if (url == null) {
            url = EmbeddedPostgres.start(home).jdbcUrl();
            EmbeddedRoles.ensure(url, home);
            System.setProperty(RUNNING, url);
        }
        return source(
                Map.of(
                        "understudy.embedded",
                        "true",
                        DATASOURCE + "jdbc.url",
                        url,
                        DATASOURCE + "username",
                        PostgresCluster.SERVICE,
                        DATASOURCE + "password",
                        EmbeddedRoles.servicePassword(home),
                        FLYWAY + "username",
                        PostgresCluster.USER,
                        FLYWAY + "password",
                        EmbeddedRoles.ownerPassword(home)));
    }

    private static ConfigSource source(Map<String, String> values) {
        return new PropertiesConfigSource(values, "embedded PostgreSQL", ORDINAL);
    }

    private static @Nullable String value(ConfigSourceContext config, String key) {
        String value = config.getValue(key).getValue();
        return value == null || value.isBlank() ? null : value.strip();
    }

    @Override
    public OptionalInt getPriority() {
        return OptionalInt.empty();
    }

    /**
     * Quarkus reads configuration while it builds, too; only a starting application has what the
     * build has fixed.
     */
    private static boolean applicationStarts(ConfigSourceContext config) {
        return "BuildTime RunTime Fixed"
                .equals(config.getValue(DATASOURCE + "db-kind").getConfigSourceName());
    }
}
