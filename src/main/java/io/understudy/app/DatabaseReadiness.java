package io.understudy.app;

import io.agroal.api.AgroalDataSource;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;
import org.jspecify.annotations.Nullable;

/**
 * Whether the database can be read and written now. Anybody may ask, so it is asked at most once a
 * second, and by one thread at a time.
 */
@Readiness
@Singleton
class DatabaseReadiness implements HealthCheck {

    private static final String NAME = "database";
    private static final Duration GOOD_FOR = Duration.ofSeconds(1);
    private static final String WRITABLE = "show transaction_read_only";

    private final AgroalDataSource source;
    private final InstantSource clock;
    private final Duration limit;

    private @Nullable Verdict last;

    DatabaseReadiness(
            AgroalDataSource source, InstantSource clock, DatabaseConfiguration configured) {
        this.source = source;
        this.clock = clock;
        this.limit = configured.readinessLimit();
    }

    /** What was found, when, and since when the same is. */
    private record Verdict(Optional<String> trouble, Instant at, Instant since) {}

    @Override
    public HealthCheckResponse call() {
        Verdict verdict = verdict();
        HealthCheckResponseBuilder answer =
                HealthCheckResponse.named(NAME).status(verdict.trouble().isEmpty());
        verdict.trouble()
                .ifPresent(trouble ->
                        answer.withData("trouble", trouble)
                                .withData("since", verdict.since().toString()));
        return answer.build();
    }

    private synchronized Verdict verdict() {
        Verdict before = last;
        Instant now = clock.instant();
        // however the clock is set: what is dated ahead is no longer good either
        if (before != null && Duration.between(before.at(), now).abs().compareTo(GOOD_FOR) < 0) {
            return before;
        }
        Optional<String> trouble = trouble();
        Instant since =
                before != null && before.trouble().isPresent() == trouble.isPresent()
                        ? before.since()
                        : clock.instant();
        Verdict found = new Verdict(trouble, clock.instant(), since);
        last = found;
        return found;
    }

    /** Why it cannot be used; without what only the log should tell. */
    private Optional<String> trouble() {
        int millis = Math.toIntExact(limit.toMillis());
        try (Connection connection = source.getConnection()) {
            int before = connection.getNetworkTimeout();
            connection.setNetworkTimeout(Runnable::run, millis);
            try (Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery(WRITABLE)) {
                boolean writable = row.next() && row.getString(1).equals("off");
                connection.setNetworkTimeout(Runnable::run, before);
                return writable
                        ? Optional.empty()
                        : Optional.of("the server is read-only: a standby that is not promoted");
            }
        } catch (SQLException e) {
            source.flush(AgroalDataSource.FlushMode.IDLE);
            return Optional.of("no answer from PostgreSQL, SQLState " + e.getSQLState());
        }
    }
}
