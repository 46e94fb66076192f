package io.understudy.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.understudy.api.Contract;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/**
 * Values that fit a schema of the contract, most of the time with words that occur in an estate.
 */
final class SchemaValues {

    private static final JsonNodeFactory MAKE = JsonNodeFactory.instance;
    private static final int DEEPEST = 9;
    private static final int MOST_ITEMS = 3;

    private final RandomGenerator random;
    private final List<String> words;

    /**
     * @param words what texts are made of where a schema allows it
     */
    SchemaValues(RandomGenerator random, List<String> words) {
        this.random = random;
        this.words = words;
    }

    JsonNode of(JsonNode schema) {
        return of(schema, 0);
    }

    private JsonNode of(JsonNode reference, int depth) {
        JsonNode schema = Contract.read().resolved(reference);
        for (String choice : List.of("oneOf", "anyOf", "enum")) {
            if (schema.has(choice)) {
                JsonNode chosen = any(schema.get(choice));
                return choice.equals("enum") ? chosen : of(chosen, depth);
            }
        }
        if (schema.has("const")) {
            return schema.get("const");
        }
        if (schema.has("default") && random.nextInt(4) == 0) {
            return schema.get("default");
        }
        JsonNode type = schema.path("type");
        return switch (type.isArray() ? any(type).asText() : type.asText()) {
            case "object" -> object(schema, depth);
            case "array" -> array(schema, depth);
            case "integer", "number" -> number(schema);
            case "boolean" -> MAKE.booleanNode(random.nextBoolean());
            case "null" -> MAKE.nullNode();
            case "string" -> MAKE.textNode(text(schema));
            default -> schema.has("properties") ? object(schema, depth) : MAKE.textNode("x");
        };
    }

    private JsonNode any(JsonNode list) {
        return list.get(random.nextInt(list.size()));
    }

    private ObjectNode object(JsonNode schema, int depth) {
        ObjectNode object = MAKE.objectNode();
        List<String> required =
                StreamSupport.stream(schema.path("required").spliterator(), false)
                        .map(JsonNode::asText)
                        .toList();
        for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
            boolean wanted = depth < DEEPEST && random.nextInt(depth + 2) == 0;
            if (wanted || required.contains(property.getKey())) {
                object.set(property.getKey(), of(property.getValue(), depth + 1));
            }
        }
        if (schema.path("additionalProperties").isObject() && depth < DEEPEST) {
            for (int i = random.nextInt(MOST_ITEMS); i > 0; i--) {
                object.set(
                        text(schema.path("propertyNames")),
                        of(schema.get("additionalProperties"), depth + 1));
            }
        }
        return object;
    }

    private ArrayNode array(JsonNode schema, int depth) {
        ArrayNode array = MAKE.arrayNode();
        int least = schema.path("minItems").asInt(0);
        int most = Math.min(schema.path("maxItems").asInt(MOST_ITEMS), least + MOST_ITEMS);
        int items = depth < DEEPEST ? random.nextInt(least, most + 1) : least;
        for (int i = 0; i < items; i++) {
            array.add(of(schema.path("items"), depth + 1));
        }
        return array;
    }

    private JsonNode number(JsonNode schema) {
        long least = schema.path("minimum").asLong(0);
        long most = schema.path("maximum").asLong(1_000_000);
        return MAKE.numberNode(
                switch (random.nextInt(4)) {
                    case 0 -> least;
                    case 1 -> most;
                    case 2 -> Math.min(most, least + 1);
                    default -> random.nextLong(least, Math.max(most, least + 1));
                });
    }

    String text(JsonNode reference) {
        JsonNode schema = Contract.read().resolved(reference);
        if (schema.has("enum")) {
            return any(schema.get("enum")).asText();
        }
        Pattern pattern = Pattern.compile(schema.path("pattern").asText(""));
        int least = schema.path("minLength").asInt(0);
        int most = schema.path("maxLength").asInt(1_000);
        List<String> fitting = new ArrayList<>();
        for (String word : words) {
            if (word.length() >= least && word.length() <= most && pattern.matcher(word).find()) {
                fitting.add(word);
            }
        }
        if (fitting.isEmpty() || random.nextInt(8) == 0) {
            return letters(least, Math.min(most, least + 20));
        }
        return fitting.get(random.nextInt(fitting.size()));
    }

    private String letters(int least, int most) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(least, most + 1); i > 0; i--) {
            text.append((char) random.nextInt('a', 'z' + 1));
        }
        return text.toString();
    }
}
