package io.understudy.app;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.OffsetDateTime;
import javax.sql.DataSource;

/** Reads the time of PostgreSQL; what is measured is the round trip, not the wait for the pool. */
record ClockReading(DataSource source) implements DatabaseClock.Source {

    @Override
    public DatabaseClock.Reading read() throws SQLException {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            long asked = System.nanoTime();
            try (ResultSet row = statement.executeQuery("select clock_timestamp()")) {
                long answered = System.nanoTime();
                row.next();
                return new DatabaseClock.Reading(
                        row.getObject(1, OffsetDateTime.class).toInstant(), asked, answered);
            }
        }
    }
}
