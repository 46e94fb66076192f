package io.understudy.adapter.sqlserver;

import com.microsoft.sqlserver.jdbc.SQLServerDriver;
import io.understudy.adapter.spi.Secrets;
import io.understudy.adapter.spi.Secrets.SecretUnavailable;
import io.understudy.adapter.sqlserver.SqlServerSettings.Encryption;
import io.understudy.adapter.sqlserver.SqlTrouble.Kind;
import io.understudy.estate.SqlInstance;
import java.net.InetAddress;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Opens connections to instances, each by its own name: no failover partner is ever followed. */
final class Connections {

    private static final String DEFAULT_INSTANCE = "mssqlserver";
    private static final int DEFAULT_PORT = 1433;

    private final SqlServerSettings settings;
    private final Secrets secrets;

    Connections(SqlServerSettings settings, Secrets secrets) {
        this.settings = settings;
        this.secrets = secrets;
    }

    SqlServerSettings settings() {
        return settings;
    }

    boolean knows(SqlInstance instance) {
        return settings.targets().containsKey(instance);
    }

    /**
     * A connection in the context of master.
     *
     * @param left what the caller can wait; a server that is given less than the settings have is
     *     not taken for one that cannot be reached, since that may have its database forced away
     */
    Statements open(SqlInstance instance, Duration left) throws SqlTrouble {
        SqlServerTarget target = settings.targets().get(instance);
        if (target == null) {
            throw new SqlTrouble(Kind.OUR_OWN, 0, "no target is configured for sql:" + instance);
        }
        Properties properties = properties(instance, target);
        FutureTask<Connection> task =
                new FutureTask<>(() -> {
                    // the driver makes no difference between a name that nobody knows and a
                    // server that is down
                    InetAddress.getByName(properties.getProperty("serverName"));
                    return new SQLServerDriver().connect("jdbc:sqlserver://", properties);
                });
        Thread.ofVirtual().name("sqlserver-connect").start(task);
        Duration usual = settings.connectLimit().plus(settings.socketGrace());
        boolean hurried = left.compareTo(usual) < 0;
        Duration limit = hurried ? left : usual;
        try {
            return new Statements(task.get(limit.toMillis(), TimeUnit.MILLISECONDS));
        } catch (ExecutionException e) {
            throw e.getCause() instanceof SQLException sql
                    ? DriverErrors.connecting(sql)
                    : new SqlTrouble(Kind.OUR_OWN, 0, String.valueOf(e.getCause()));
        } catch (TimeoutException e) {
            abandon(task);
            throw new SqlTrouble(
                    hurried ? Kind.TIMED_OUT : Kind.UNREACHABLE,
                    0,
                    "no connection within " + limit);
        } catch (InterruptedException e) {
            abandon(task);
            Thread.currentThread().interrupt();
            throw new SqlTrouble(Kind.INTERRUPTED, 0, "not connected: the service stops");
        }
    }

    /** Closes what comes after nobody waits for it any more. */
    private static void abandon(FutureTask<Connection> task) {
        Thread.ofVirtual()
                .name("sqlserver-abandoned")
                .start(() -> {
                    try {
                        task.get().close();
                    } catch (ExecutionException | InterruptedException | SQLException e) {
                        // it never came
                    }
                });
    }

    private Properties properties(SqlInstance instance, SqlServerTarget target) throws SqlTrouble {
        Properties to = new Properties();
        to.setProperty("serverName", target.address().orElse(instance.fqdn().value()));
        if (target.port().isPresent()) {
            to.setProperty("portNumber", String.valueOf(target.port().get()));
        } else if (instance.instance().equals(DEFAULT_INSTANCE)) {
            to.setProperty("portNumber", String.valueOf(DEFAULT_PORT));
        } else {
            to.setProperty("instanceName", instance.instance());
        }
        // of a mirrored database the server would tell its partner, and the driver follow it
        to.setProperty("databaseName", "master");
        to.setProperty("applicationName", "understudy");
        limits(to);
        encryption(to, instance, target);
        login(to, target);
        return to;
    }

    private void limits(Properties to) {
        to.setProperty("loginTimeout", String.valueOf(settings.connectLimit().toSeconds()));
        // a hung server answers no cancellation: only this ends the wait
        to.setProperty(
                "socketTimeout",
                String.valueOf(settings.queryLimit().plus(settings.socketGrace()).toMillis()));
        // a statement must not be sent again over a connection that the driver has mended
        to.setProperty("connectRetryCount", "0");
        to.setProperty("connectRetryInterval", "1");
    }

    private void encryption(Properties to, SqlInstance instance, SqlServerTarget target)
            throws SqlTrouble {
        boolean strict = settings.encryption() == Encryption.STRICT;
        to.setProperty("encrypt", strict ? "strict" : "true");
        to.setProperty(
                "hostNameInCertificate", target.certificateHost().orElse(instance.fqdn().value()));
        to.setProperty(
                "trustServerCertificate",
                String.valueOf(settings.dangerouslyTrustAnyCertificate()));
        if (settings.trustStore().isPresent()) {
            to.setProperty("trustStore", settings.trustStore().get().toString());
            to.setProperty("trustStoreType", "PKCS12");
        }
        if (settings.trustStoreCredential().isPresent()) {
            to.setProperty("trustStorePassword", secret(settings.trustStoreCredential().get()));
        }
    }

    private void login(Properties to, SqlServerTarget target) throws SqlTrouble {
        switch (target.login()) {
            case SqlServerTarget.SqlLogin login -> {
                to.setProperty("user", login.user());
                to.setProperty("password", secret(login.credential()));
            }
            case SqlServerTarget.Kerberos _ -> {
                to.setProperty("integratedSecurity", "true");
                to.setProperty("authenticationScheme", "JavaKerberos");
            }
        }
    }

    private String secret(String reference) throws SqlTrouble {
        try {
            return secrets.read(reference);
        } catch (SecretUnavailable e) {
            throw new SqlTrouble(Kind.OUR_OWN, 0, String.valueOf(e.getMessage()));
        }
    }
}
