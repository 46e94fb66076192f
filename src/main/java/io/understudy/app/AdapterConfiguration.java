package io.understudy.app;

import io.smallrye.config.ConfigMapping;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Executors that come in archives of their own; none by default. */
@ConfigMapping(prefix = "understudy.adapters")
interface AdapterConfiguration {

    /**
     * Where their archives lie, each with all that it needs besides the SPI. Nobody but the owner
     * may be able to write there: what lies there is run.
     */
    Optional<Path> directory();

    /** What each is told, by its name and the setting's. */
    Map<String, Map<String, String>> settings();
}
