package io.understudy.app;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithParentName;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What monitoring systems have to show besides their key; nothing by default. */
@ConfigMapping(prefix = "understudy.monitors")
interface MonitorConfiguration {

    /** By the name of their key. */
    @WithParentName
    Map<String, Monitor> named();

    /** One of them. */
    interface Monitor {
        /**
         * Where the secrets are found that it may sign with, {@code file:NAME} and so on; more than
         * one while they change.
         */
        Optional<List<String>> secrets();

        /**
         * Whom its client certificate is for: {@code subject:CN=…}, {@code dns:…}, {@code uri:…} or
         * {@code email:…}.
         */
        Optional<String> certificate();

        /** The observer that everything which it sends is told by. */
        Optional<String> observer();
    }
}
