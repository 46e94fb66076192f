package io.understudy.app;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** How the audit is witnessed outside of the database. */
@ConfigMapping(prefix = "understudy.audit")
interface AuditConfiguration {

    Anchor anchor();

    /** Where the chain's head is kept, and how often. */
    interface Anchor {
        /**
         * How long after an anchor the next follows, if anything was audited since; default 1 h.
         */
        @WithDefault("PT1H")
        Duration interval();

        /** After how many audited events an anchor follows at the latest; default 1,000. */
        @WithDefault("1000")
        long entries();

        /**
         * How often it is looked whether an anchor is due, and one that failed is tried again;
         * default 10 s.
         */
        @WithDefault("PT10S")
        Duration check();

        /** The file to which anchors are added; none by default. */
        Optional<Path> file();

        /** The https URL to which anchors are posted; none by default. */
        Optional<URI> url();

        /** A reference to the secret value of the header Authorization; none by default. */
        Optional<String> authorization();

        /** How long a POST may take; default 10 s. */
        @WithDefault("PT10S")
        Duration timeLimit();
    }
}
