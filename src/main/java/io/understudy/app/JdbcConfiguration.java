package io.understudy.app;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.understudy.adapter.jdbc.JdbcProbeSettings;
import io.understudy.adapter.jdbc.JdbcTarget;
import io.understudy.estate.ComponentId;
import io.understudy.estate.ComponentKind;
import io.understudy.estate.ServerFqdn;
import io.understudy.estate.SqlInstance;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** SQL instances that this process looks at through JDBC; none by default. */
@ConfigMapping(prefix = "understudy.jdbc")
interface JdbcConfiguration {

    List<Instance> instances();

    /** Until when a connection must stand, 1 to 60 whole seconds; default 3 s. */
    @WithDefault("PT3S")
    Duration connectLimit();

    /** Until when a statement must be answered, 1 to 60 whole seconds; default 3 s. */
    @WithDefault("PT3S")
    Duration queryLimit();

    /** One SQL instance. */
    interface Instance {
        /** Its component id: {@code sql:sql1.contoso.com/rtc}. */
        String component();

        /** A JDBC URL of PostgreSQL's driver. */
        String url();

        String user();

        Optional<String> password();

        /** The name under which it streams from its partner when it is standby. */
        Optional<String> standbyName();
    }

    /** The same in the words of the probe. */
    default JdbcProbeSettings settings() {
        Map<SqlInstance, JdbcTarget> targets = new HashMap<>();
        for (Instance instance : instances()) {
            targets.put(
                    sql(instance.component()),
                    new JdbcTarget(
                            instance.url(),
                            instance.user(),
                            instance.password().orElse(""),
                            instance.standbyName().orElse("")));
        }
        return new JdbcProbeSettings(targets, connectLimit(), queryLimit());
    }

    private static SqlInstance sql(String component) {
        ComponentId id = ComponentId.parse(component);
        if (id.kind() != ComponentKind.SQL) {
            throw new IllegalArgumentException(
                    "understudy.jdbc.instances: " + component + " is not a sql: component");
        }
        int slash = id.name().indexOf('/');
        return new SqlInstance(
                new ServerFqdn(id.name().substring(0, slash)), id.name().substring(slash + 1));
    }
}
