package io.understudy.e2e;

import io.understudy.document.DocumentReader;
import io.understudy.document.Format;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** The sample estate and its simulated twin, on a database that the service has not brought. */
final class SampleTwin {

    private static final Path ESTATE = Path.of("src/main/resources/estates/sample.yaml");

    private SampleTwin() {}

    /** The environment of a service that plays a twin on a database. */
    static Map<String, String> on(String url, String user) {
        return Map.of(
                "QUARKUS_DATASOURCE_JDBC_URL",
                url,
                "QUARKUS_DATASOURCE_USERNAME",
                user,
                "UNDERSTUDY_SIMULATOR_ENABLED",
                "true",
                "UNDERSTUDY_SIMULATOR_BESIDE_EXTERNAL_DATABASE",
                "true");
    }

    /** The same with more of it. */
    static Map<String, String> on(String url, String user, Map<String, String> more) {
        Map<String, String> all = new HashMap<>(on(url, user));
        all.putAll(more);
        return all;
    }

    /** The sample estate as JSON. */
    static String estate() throws IOException {
        return DocumentReader.read(Files.readAllBytes(ESTATE), Format.YAML).toString();
    }
}
