package io.understudy.app;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.understudy.adapter.sqlserver.SqlServerSettings;
import io.understudy.adapter.sqlserver.SqlServerTarget;
import io.understudy.estate.ComponentId;
import io.understudy.estate.ComponentKind;
import io.understudy.estate.ServerFqdn;
import io.understudy.estate.SqlInstance;
import io.understudy.estate.StoreName;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** SQL Server instances that this process looks at and acts on; none by default. */
@ConfigMapping(prefix = "understudy.sqlserver")
interface SqlServerConfiguration {

    List<Instance> instances();

    /** SQL login of every instance that names none; empty: Kerberos. */
    Optional<String> user();

    /** Where its password is found, {@code env:NAME} for instance. */
    Optional<String> credential();

    /** mandatory (TDS 7.4) or strict (TDS 8.0); default mandatory. */
    @WithDefault("mandatory")
    SqlServerSettings.Encryption encryption();

    /** Whether no certificate is checked, so that anybody on the way may act; default false. */
    @WithDefault("false")
    boolean dangerouslyTrustAnyCertificate();

    /** PKCS 12 file of the authorities to trust; default: those of the JDK. */
    Optional<Path> trustStore();

    /** Where its password is found. */
    Optional<String> trustStoreCredential();

    /** Until when a connection must stand, 1 to 60 whole seconds; default 3 s. */
    @WithDefault("PT3S")
    Duration connectLimit();

    /** Until when a question must be answered, 1 to 60 whole seconds; default 3 s. */
    @WithDefault("PT3S")
    Duration queryLimit();

    /** How long a hung server may take to own up to a cancellation; default 2 s. */
    @WithDefault("PT2S")
    Duration socketGrace();

    /** How long an effect may take to show after its statement has returned; default 30 s. */
    @WithDefault("PT30S")
    Duration settleLimit();

    /** Between two looks for it; default 500 ms. */
    @WithDefault("PT0.5S")
    Duration settlePause();

    /** Where log backups lie, by the name of the store. */
    Map<String, Shipping> logShipping();

    /** One SQL instance. */
    interface Instance {
        /** Its component id: {@code sql:sql1.contoso.com/rtc}. */
        String component();

        /** Its host name or address; default: the host of the component. */
        Optional<String> address();

        /** Default 1433 for the instance mssqlserver, else SQL Browser is asked. */
        Optional<Integer> port();

        /** The name that its certificate must bear; default: the host of the component. */
        Optional<String> certificateHost();

        /** Its own SQL login. */
        Optional<String> user();

        Optional<String> credential();
    }

    /** Where a store's log backups lie, as its SQL Servers see it. */
    interface Shipping {
        /** The share to which the primary backs up: {@code \\fs1\mgc}. */
        String share();

        /** The directory on the secondary to which they are copied. */
        Optional<String> copied();
    }

    /** The same in the words of the adapter. */
    default SqlServerSettings settings() {
        Map<SqlInstance, SqlServerTarget> targets = new HashMap<>();
        instances().forEach(i -> targets.put(sql(i.component()), target(i)));
        Map<StoreName, SqlServerSettings.Shipping> shipping = new HashMap<>();
        logShipping()
                .forEach((store, s) ->
                        shipping.put(
                                new StoreName(store),
                                new SqlServerSettings.Shipping(s.share(), s.copied())));
        return new SqlServerSettings(
                targets,
                shipping,
                encryption(),
                dangerouslyTrustAnyCertificate(),
                trustStore(),
                trustStoreCredential(),
                connectLimit(),
                queryLimit(),
                socketGrace(),
                settleLimit(),
                settlePause());
    }

    private SqlServerTarget target(Instance instance) {
        Optional<String> user = instance.user().or(this::user);
        Optional<String> credential = instance.credential().or(this::credential);
        if (user.isPresent() && credential.isEmpty()) {
            throw new IllegalArgumentException(
                    "understudy.sqlserver.credential is needed for " + instance.component());
        }
        SqlServerTarget.Login login =
                user.isPresent()
                        ? new SqlServerTarget.SqlLogin(user.get(), credential.orElseThrow())
                        : new SqlServerTarget.Kerberos();
        return new SqlServerTarget(
                instance.address(), instance.port(), instance.certificateHost(), login);
    }

    private static SqlInstance sql(String component) {
        ComponentId id = ComponentId.parse(component);
        if (id.kind() != ComponentKind.SQL) {
            throw new IllegalArgumentException(
                    "understudy.sqlserver.instances: " + component + " is not a sql: component");
        }
        int slash = id.name().indexOf('/');
        return new SqlInstance(
                new ServerFqdn(id.name().substring(0, slash)), id.name().substring(slash + 1));
    }
}
