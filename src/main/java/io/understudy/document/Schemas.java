package io.understudy.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.PathType;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/**
 * Checks documents by the schemas of the contract, so that what the contract says and what the
 * service takes cannot differ. Each is compiled once.
 */
public final class Schemas {

    private static final String CONTRACT = "/META-INF/openapi.yaml";
    private static final String ID = "https://understudy.invalid/contract";
    private static final int LONGEST_MESSAGE = 400;

    /**
     * The values of the largest document whose mistakes are all looked for; of a larger one the
     * first is told.
     */
    private static final int MOST_LISTED_OF = 200_000;

    private static final SchemaValidatorsConfig CONFIG =
            SchemaValidatorsConfig.builder()
                    .pathType(PathType.JSON_POINTER)
                    .locale(Locale.ENGLISH)
                    .formatAssertionsEnabled(true)
                    .cacheRefs(true)
                    .build();

    private static final Map<String, JsonSchema> COMPILED = new ConcurrentHashMap<>();

    private Schemas() {}

    /**
     * Does nothing when the document has the shape of {@code components.schemas.<name>}.
     *
     * @throws InvalidDocument naming everything that is wrong, as far as it is listed
     * @throws IllegalArgumentException when the contract has no such schema
     */
    public static void check(String name, JsonNode document) {
        JsonSchema schema = schema(name);
        endless(document)
                .ifPresent(pointer -> {
                    throw new InvalidDocument(
                            List.of(new DocumentProblem(pointer, "is too large", "TYPE")));
                });
        Set<ValidationMessage> first = validated(schema, document, true);
        if (!first.isEmpty()) {
            Set<ValidationMessage> all =
                    isLarge(document) ? first : validated(schema, document, false);
            throw new InvalidDocument(all.stream().map(Schemas::problem).toList());
        }
    }

    /** Where a number is too large for any type, such as 1e999: an enum's check fails over it. */
    private static Optional<String> endless(JsonNode node) {
        if (node.isFloatingPointNumber()) {
            return Double.isFinite(node.doubleValue()) ? Optional.empty() : Optional.of("");
        }
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            Optional<String> below = endless(field.getValue());
            if (below.isPresent()) {
                return below.map(pointer -> "/" + escaped(field.getKey()) + pointer);
            }
        }
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            Optional<String> below = endless(node.get(i));
            if (below.isPresent()) {
                return Optional.of("/" + i + below.get());
            }
        }
        return Optional.empty();
    }

    private static Set<ValidationMessage> validated(
            JsonSchema schema, JsonNode document, boolean stopsAtFirst) {
        return schema.validate(
                document, context -> context.getExecutionConfig().setFailFast(stopsAtFirst));
    }

    /**
     * Whether a document could have more mistakes than there is room to list them before the cut.
     */
    private static boolean isLarge(JsonNode document) {
        Deque<JsonNode> open = new ArrayDeque<>(List.of(document));
        int values = 0;
        while (!open.isEmpty() && values <= MOST_LISTED_OF) {
            JsonNode next = open.pop();
            values += 1 + next.size();
            next.forEach(value -> {
                if (value.isContainerNode()) {
                    open.push(value);
                }
            });
        }
        return values > MOST_LISTED_OF;
    }

    /**
     * {@code components.schemas.<name>} as JSON Schema that is complete in itself; empty when the
     * contract has none of that name.
     */
    public static Optional<String> bundle(String name) {
        return Contract.SCHEMAS.has(name)
                ? Optional.of(Contract.bundled(root -> root.put("$ref", "#/$defs/" + name)))
                : Optional.empty();
    }

    /** A field's name as a part of a JSON pointer. */
    static String escaped(String field) {
        return field.replace("~", "~0").replace("/", "~1");
    }

    private static DocumentProblem problem(ValidationMessage message) {
        String place = message.getInstanceLocation().toString();
        String property = message.getProperty();
        String pointer = property == null ? place : place + "/" + escaped(property);
        return new DocumentProblem(pointer, shortened(text(message)), code(message.getType()));
    }

    private static String text(ValidationMessage message) {
        return switch (message.getType()) {
            case "required" -> "is required and missing";
            case "additionalProperties" -> "is no field of this document";
            case "enum" -> "is not one of " + message.getSchemaNode();
            default -> message.getError();
        };
    }

    private static String code(String keyword) {
        return switch (keyword) {
            case "additionalProperties" -> "UNKNOWN_FIELD";
            default -> keyword.replaceAll("([A-Z])", "_$1").toUpperCase(Locale.ROOT);
        };
    }

    private static String shortened(String message) {
        return message.length() <= LONGEST_MESSAGE
                ? message
                : message.substring(0, LONGEST_MESSAGE) + "…";
    }

    private static JsonSchema schema(String name) {
        return COMPILED.computeIfAbsent(name, Schemas::compiled);
    }

    private static JsonSchema compiled(String name) {
        if (!Contract.SCHEMAS.has(name)) {
            throw new IllegalArgumentException("the contract has no schema " + name);
        }
        return Contract.FACTORY.getSchema(SchemaLocation.of(ID + "#/$defs/" + name), CONFIG);
    }

    /**
     * The contract's schemas as one JSON Schema document; read when the first document is checked.
     */
    private static final class Contract {

        private static final JsonNode SCHEMAS = schemas();
        private static final JsonSchemaFactory FACTORY =
                JsonSchemaFactory.getInstance(
                        SpecVersion.VersionFlag.V202012,
                        builder ->
                                builder.schemaLoaders(loaders ->
                                        loaders.schemas(Map.of(ID, bundled(root -> root)))));

        private Contract() {}

        private static JsonNode schemas() {
            try (InputStream contract = Schemas.class.getResourceAsStream(CONTRACT)) {
                if (contract == null) {
                    throw new IllegalStateException(
                            CONTRACT + " is not on the class path: build the project with its pom");
                }
                return new YAMLMapper().readTree(contract).at("/components/schemas");
            } catch (IOException e) {
                throw new UncheckedIOException(CONTRACT + " cannot be read", e);
            }
        }

        private static String bundled(UnaryOperator<ObjectNode> more) {
            ObjectNode root =
                    new ObjectMapper()
                            .createObjectNode()
                            .put("$schema", "https://json-schema.org/draft/2020-12/schema")
                            .put("$id", ID);
            return more.apply(root)
                    .<ObjectNode>set("$defs", SCHEMAS)
                    .toString()
                    .replace("#/components/schemas/", "#/$defs/");
        }
    }
}
