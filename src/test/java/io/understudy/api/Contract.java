package io.understudy.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** The contract, openapi.yaml, as tests read it. */
public final class Contract {

    private static final Contract ONLY = new Contract();

    private final JsonNode document;
    private final List<Operation> operations = new ArrayList<>();

    /** One operation. */
    public record Operation(String method, String path, JsonNode node) {

        String id() {
            return node.path("operationId").asText();
        }

        public String role() {
            return node.path("x-role").asText();
        }

        /** How the scope of its caller is kept: see {@link Scoped.Way}. */
        String scope() {
            return node.path("x-scope").asText();
        }

        public boolean takesBody() {
            return node.has("requestBody");
        }

        public Set<String> consumes() {
            return names(node.path("requestBody").path("content"));
        }

        public boolean fits(String requestMethod, String requestPath) {
            String method = requestMethod.equals("HEAD") ? "GET" : requestMethod;
            String regex =
                    path.replace("{id}", path.startsWith("/api/v1/components") ? ".+" : "[^/]+")
                            .replaceAll("\\{[a-z]+}", "[^/]+");
            return this.method.equals(method) && Pattern.matches(regex, requestPath);
        }

        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    private Contract() {
        try {
            document = new YAMLMapper().readTree(Path.of("openapi.yaml").toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        document.path("paths")
                .properties()
                .forEach(path ->
                        path.getValue()
                                .properties()
                                .forEach(operation ->
                                        operations.add(
                                                new Operation(
                                                        operation.getKey().toUpperCase(Locale.ROOT),
                                                        path.getKey(),
                                                        operation.getValue()))));
    }

    public static Contract read() {
        return ONLY;
    }

    public List<Operation> operations() {
        return operations;
    }

    /** The operation that a request is about; the most literal path wins. */
    public Optional<Operation> of(String method, String path) {
        return operations.stream()
                .filter(operation -> operation.fits(method, path))
                .min(
                        java.util.Comparator.comparingLong(operation ->
                                operation.path().chars().filter(c -> c == '{').count()));
    }

    public JsonNode resolved(JsonNode node) {
        return node.has("$ref") ? document.at(node.get("$ref").asText().substring(1)) : node;
    }

    static Set<String> names(JsonNode object) {
        Set<String> names = new TreeSet<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
