package io.understudy.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Which methods a path has, by the contract: what a 405 must say (RFC 9110, 15.5.6), and the REST
 * layer does not.
 */
final class AllowedMethods {

    private static final String CONTRACT = "/META-INF/openapi.yaml";

    private record Route(Pattern path, Set<String> methods) {}

    private AllowedMethods() {}

    /** As the header Allow has it; empty for a path that the contract does not have. */
    static String of(String path) {
        Set<String> methods = new TreeSet<>();
        for (Route route : Contract.ROUTES) {
            if (route.path().matcher(path).matches()) {
                methods.addAll(route.methods());
            }
        }
        return String.join(", ", methods);
    }

    /** Read when it is first needed. */
    private static final class Contract {

        private static final List<Route> ROUTES = routes();

        private static List<Route> routes() {
            List<Route> routes = new ArrayList<>();
            paths().properties()
                    .forEach(path ->
                            routes.add(
                                    new Route(pattern(path.getKey()), methods(path.getValue()))));
            return routes;
        }

        private static JsonNode paths() {
            try (InputStream contract = AllowedMethods.class.getResourceAsStream(CONTRACT)) {
                return new YAMLMapper().readTree(contract).path("paths");
            } catch (IOException e) {
                throw new UncheckedIOException(CONTRACT + " cannot be read", e);
            }
        }

        private static Pattern pattern(String template) {
            return Pattern.compile(template.replaceAll("\\{[a-z]+}", "[^/]+"));
        }

        private static Set<String> methods(JsonNode operations) {
            Set<String> methods = new TreeSet<>(Set.of("OPTIONS"));
            operations
                    .fieldNames()
                    .forEachRemaining(name -> methods.add(name.toUpperCase(Locale.ROOT)));
            if (methods.contains("GET")) {
                methods.add("HEAD");
            }
            return methods;
        }
    }
}
