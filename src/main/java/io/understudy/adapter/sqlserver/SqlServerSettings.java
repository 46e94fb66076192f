package io.understudy.adapter.sqlserver;

import io.understudy.estate.SqlInstance;
import io.understudy.estate.StoreName;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * What is looked at and acted on, how it is reached, and how long anything may take.
 *
 * @param targets how to reach each instance that is seen
 * @param shipping where log backups lie, by store
 * @param encryption how connections are encrypted; default MANDATORY
 * @param dangerouslyTrustAnyCertificate whether the server's certificate is not checked at all, so
 *     that anybody on the way may read and change everything; default false
 * @param trustStore a PKCS 12 file with the authorities to trust; empty: those of the JDK
 * @param trustStoreCredential where its password is found
 * @param connectLimit until a connection must stand; 1 to 60 whole seconds, default 3 s
 * @param queryLimit until a question must be answered; 1 to 60 whole seconds, default 3 s
 * @param socketGrace how long after a statement's limit the driver may still wait for the server to
 *     own up to the cancellation; then the connection is given up, since a hung server never does;
 *     1 to 60 whole seconds, default 2 s
 * @param settleLimit how long an effect may take to show after its statement has returned; more
 *     than nothing, default 30 s
 * @param settlePause between two looks for it; more than nothing, default 500 ms
 */
public record SqlServerSettings(
        Map<SqlInstance, SqlServerTarget> targets,
        Map<StoreName, Shipping> shipping,
        Encryption encryption,
        boolean dangerouslyTrustAnyCertificate,
        Optional<Path> trustStore,
        Optional<String> trustStoreCredential,
        Duration connectLimit,
        Duration queryLimit,
        Duration socketGrace,
        Duration settleLimit,
        Duration settlePause) {

    private static final Duration LONGEST = Duration.ofSeconds(60);

    /** How a connection is encrypted; never not at all. */
    public enum Encryption {
        /** TDS 7.4: TLS after the first packet, as every supported release has it. */
        MANDATORY,
        /** TDS 8.0: TLS from the first byte on; SQL Server 2022 and later. */
        STRICT
    }

    /**
     * Where a store's log backups lie, as its SQL Servers see it.
     *
     * @param share the share to which the primary backs up
     * @param copied the directory on the secondary to which they are copied
     */
    public record Shipping(String share, Optional<String> copied) {}

    public SqlServerSettings {
        targets = Map.copyOf(targets);
        shipping = Map.copyOf(shipping);
        seconds("connectLimit", connectLimit);
        seconds("queryLimit", queryLimit);
        seconds("socketGrace", socketGrace);
        positive("settleLimit", settleLimit);
        positive("settlePause", settlePause);
    }

    /** These targets, and the defaults. */
    public static SqlServerSettings of(Map<SqlInstance, SqlServerTarget> targets) {
        return new SqlServerSettings(
                targets,
                Map.of(),
                Encryption.MANDATORY,
                false,
                Optional.empty(),
                Optional.empty(),
                Duration.ofSeconds(3),
                Duration.ofSeconds(3),
                Duration.ofSeconds(2),
                Duration.ofSeconds(30),
                Duration.ofMillis(500));
    }

    private static void seconds(String name, Duration value) {
        boolean whole = value.equals(Duration.ofSeconds(value.toSeconds()));
        if (!whole || value.toSeconds() < 1 || value.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(name + " is 1 to 60 whole seconds, not " + value);
        }
    }

    private static void positive(String name, Duration value) {
        if (!value.isPositive()) {
            throw new IllegalArgumentException(name + " is more than nothing, not " + value);
        }
    }
}
