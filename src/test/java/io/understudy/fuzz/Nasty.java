package io.understudy.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/** What programs that read JSON, keep it in PostgreSQL or compute with times have fallen over. */
final class Nasty {

    private static final JsonNodeFactory MAKE = JsonNodeFactory.instance;

    /** Texts of a document; escaped by whoever writes them down. */
    private static final List<String> TEXTS =
            List.of(
                    "",
                    " ",
                    "\u0000",
                    "a\u0000b",
                    "\u0007\u001b[31m",
                    "\u007f\u0085\u2028\ufeff",
                    "\u202eoneway",
                    "\ud83d\udca9\ud83d\udca9",
                    "e\u0301\u0301\u0301",
                    "../../etc/passwd",
                    "'; drop table run; --",
                    "%s%n%d{}${jndi:ldap://127.0.0.1/x}",
                    "<script>alert(1)</script>",
                    "store:",
                    "store:be1/../be2",
                    "sql:sql1.contoso.com/rtc/x",
                    "pool:" + "x.".repeat(200),
                    "x".repeat(100_001),
                    "P106751991167300DT24H",
                    "PT9223372036854775807S",
                    "PT999999H9999999M999999999.999999999S",
                    "-PT1S",
                    "P1Y",
                    "10000-01-01T00:00:00Z",
                    "-9999-01-01T00:00:00Z",
                    "+1000000000-12-31T23:59:59.999999999Z",
                    "0000-00-00T00:00:00Z",
                    "1970-01-01T00:00:00Z",
                    "2999-12-31T23:59:60Z",
                    "2026-03-29T02:30:00",
                    "2999-12-31T23:59:59.999999999+18:00",
                    "2024-02-29T00:00:00-18:00",
                    "FREQ=SECONDLY",
                    "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
                    "FREQ=MONTHLY;BYSETPOS=999999;BYDAY=MO",
                    "FREQ=DAILY;INTERVAL=2147483647;COUNT=2147483647",
                    "Etc/Nowhere",
                    "SystemV/AST4",
                    "file:/etc/passwd",
                    "http://169.254.169.254/latest",
                    "NaN",
                    "null",
                    "true",
                    "1e400");

    /** Values as they stand in the text of a document, some of which are no JSON. */
    private static final List<String> RAW =
            List.of(
                    "\"\\ud800\"",
                    "\"\\udfff\\ud800x\"",
                    "\"\\u0000\"",
                    "\"\\x\"",
                    "1e999999999",
                    "-1e999999999",
                    "1E-999999999",
                    "-0",
                    "-0.0",
                    "0.1e1",
                    "1.0",
                    "9223372036854775807",
                    "9223372036854775808",
                    "-9223372036854775809",
                    "2147483648",
                    "-2147483649",
                    "99999999999999999999999999999999999999999999999999",
                    "1.7976931348623159e308",
                    "0123",
                    "+1",
                    "NaN",
                    "Infinity",
                    "tru",
                    "null",
                    "[]",
                    "{}",
                    "[[[[[[[[[[]]]]]]]]]]",
                    "{\"a\":1,\"a\":2}",
                    "{\"\":{\"\":{}}}",
                    "{\"\\u0000\":1}",
                    "{\"__proto__\":{}}",
                    "[null]",
                    "[null,null]",
                    "[1,\"1\",true,{}]",
                    "[" + "0,".repeat(5_000) + "0]",
                    "[".repeat(70) + "]".repeat(70));

    private final RandomGenerator random;

    Nasty(RandomGenerator random) {
        this.random = random;
    }

    String text() {
        return TEXTS.get(random.nextInt(TEXTS.size()));
    }

    private JsonNode value() {
        return random.nextInt(5) < 2
                ? MAKE.textNode(text())
                : MAKE.rawValueNode(new RawValue(RAW.get(random.nextInt(RAW.size()))));
    }

    /** Changes some places of a document. */
    JsonNode bent(JsonNode document) {
        JsonNode bent = document;
        for (int i = random.nextInt(1, 4); i > 0; i--) {
            List<JsonNode> places = new ArrayList<>();
            collect(bent, places);
            if (places.isEmpty() || random.nextInt(30) == 0) {
                return value();
            }
            bend(places.get(random.nextInt(places.size())));
        }
        return bent;
    }

    private static void collect(JsonNode node, List<JsonNode> places) {
        if (!node.isEmpty()) {
            places.add(node);
        }
        node.forEach(child -> collect(child, places));
    }

    private void bend(JsonNode place) {
        if (place instanceof ObjectNode object) {
            List<Map.Entry<String, JsonNode>> fields = List.copyOf(object.properties());
            String name = fields.get(random.nextInt(fields.size())).getKey();
            switch (random.nextInt(8)) {
                case 0 -> object.remove(name);
                case 1 -> object.set(text(), value());
                case 2 -> object.set("unknown", value());
                case 3 -> object.set(name, MAKE.arrayNode().add(object.get(name)));
                default -> object.set(name, value());
            }
        } else if (place instanceof ArrayNode array) {
            int index = random.nextInt(array.size());
            switch (random.nextInt(6)) {
                case 0 -> array.remove(index);
                case 1 -> array.add(array.get(index).deepCopy());
                case 2 -> array.insert(index, value());
                default -> array.set(index, value());
            }
        }
    }

    /** Changes some bytes. */
    byte[] torn(byte[] bytes) {
        if (bytes.length == 0) {
            return bytes;
        }
        byte[] torn = bytes.clone();
        int at = random.nextInt(torn.length);
        return switch (random.nextInt(4)) {
            case 0 -> java.util.Arrays.copyOf(torn, at);
            case 1 -> {
                torn[at] = (byte) random.nextInt();
                yield torn;
            }
            case 2 -> {
                byte[] noise = new byte[random.nextInt(1, 64)];
                random.nextBytes(noise);
                System.arraycopy(noise, 0, torn, at, Math.min(noise.length, torn.length - at));
                yield torn;
            }
            default -> {
                byte[] twice = java.util.Arrays.copyOf(torn, torn.length + at);
                System.arraycopy(torn, 0, twice, torn.length, at);
                yield twice;
            }
        };
    }
}
