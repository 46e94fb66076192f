package io.understudy.document;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.Optional;

/** Small steps of writing a tree. */
final class Tree {

    private Tree() {}

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    /** Puts what a value prints as; nothing where there is none. */
    static void text(ObjectNode to, String field, Optional<?> value) {
        value.ifPresent(v -> to.put(field, v.toString()));
    }

    /** Puts an array of what the values print as. */
    static void texts(ObjectNode to, String field, Collection<?> values) {
        ArrayNode array = to.putArray(field);
        values.forEach(value -> array.add(value.toString()));
    }

    /** Puts a flag; nothing where it is not known. */
    static void flag(ObjectNode to, String field, Optional<Boolean> value) {
        value.ifPresent(v -> to.put(field, v.booleanValue()));
    }
}
