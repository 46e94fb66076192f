package io.understudy.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** What the contract says of the paths that requests name. */
public final class ContractPaths {

    private static final String CONTRACT = "/META-INF/openapi.yaml";

    private record Route(String template, Pattern path, Set<String> methods) {}

    private ContractPaths() {}

    /** The path of the contract that a request's is one of, as {@code /api/v1/stores/{name}}. */
    public static Optional<String> template(String path) {
        return Contract.ROUTES.stream()
                .filter(route -> route.path().matcher(path).matches())
                .map(Route::template)
                .findFirst();
    }

    /**
     * Which methods a path has, as the header Allow has it: what a 405 must say (RFC 9110, 15.5.6),
     * and the REST layer does not. Empty for a path that the contract does not have.
     */
    static String methods(String path) {
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
                                    new Route(
                                            path.getKey(),
                                            pattern(path.getKey()),
                                            methods(path.getValue()))));
            return routes;
        }

        private static JsonNode paths() {
            try (InputStream contract = ContractPaths.class.getResourceAsStream(CONTRACT)) {
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
