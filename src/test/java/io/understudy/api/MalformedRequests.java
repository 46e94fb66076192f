package io.understudy.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.understudy.access.Role;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Requests that nobody should send, made from good ones for every operation of the contract. */
final class MalformedRequests {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MEGABYTE = 1024 * 1024;

    /**
     * A good body for every operation that takes one; importEstate takes XML, of which {@link
     * ImportApiTest} has the malformed.
     */
    private static final Map<String, String> GOOD =
            Map.ofEntries(
                    Map.entry("putEstate", Samples.ESTATE),
                    Map.entry("validateEstate", Samples.ESTATE),
                    Map.entry("importEstate", Samples.ESTATE),
                    Map.entry("putPolicy", Samples.POLICY),
                    Map.entry(
                            "askEffectivePolicy",
                            "{\"policy\": {\"coolDown\": \"PT1H\"}, \"target\": \"site:dublin\","
                                    + " \"at\": \"2026-11-21T10:00:00Z\"}"),
                    Map.entry("addFreeze", Samples.FREEZE),
                    Map.entry("addMaintenance", Samples.MAINTENANCE),
                    Map.entry("putMapping", Samples.MAPPING),
                    Map.entry("putRouting", Samples.ROUTING),
                    Map.entry("postObservations", Samples.OBSERVATIONS),
                    Map.entry("postAlertmanager", Samples.NOTIFICATION),
                    Map.entry("evaluate", Samples.SMALL_EVALUATION),
                    Map.entry("replay", "{\"incident\": \"none\"}"),
                    Map.entry(
                            "openRun",
                            "{\"remediation\": \"MIRROR_FAILOVER\", \"target\": \"store:be1\"}"),
                    Map.entry("cancelRun", "{\"why\": \"no need\"}"),
                    Map.entry("resumeRun", "{\"step\": \"REPEAT\"}"),
                    Map.entry("makeKey", "{\"name\": \"x\", \"roles\": [\"viewer\"]}"),
                    Map.entry("injectFault", "{\"fault\": \"KILL\", \"target\": \"store:be1\"}"));

    /** Values that a parameter of this name must refuse. */
    private static final Map<String, List<String>> BAD_PARAMETERS =
            Map.ofEntries(
                    Map.entry(
                            "limit",
                            List.of("0", "-1", "501", "abc", "1e3", "99999999999999999999")),
                    Map.entry(
                            "cursor",
                            List.of(
                                    "!!!",
                                    "AAAA",
                                    "%F0%9F%92%A9",
                                    "a",
                                    "%ED%A0%80",
                                    "x".repeat(3000))),
                    Map.entry("open", List.of("maybe", "TRUE", "1")),
                    Map.entry("kind", List.of("POOL", "thing")),
                    Map.entry("status", List.of("up", "DEAD")),
                    Map.entry("code", List.of("principal_lost", "X")),
                    Map.entry("remediation", List.of("REBOOT")),
                    Map.entry(
                            "target", List.of("nonsense", "pool:", "sql:host", "store:%00", "%FF")),
                    Map.entry(
                            "at",
                            List.of(
                                    "now",
                                    "2026-11-21",
                                    "2026-02-30T00:00:00Z",
                                    "1969-12-31T23:59:59Z",
                                    "9999-01-01T00:00:00Z")),
                    Map.entry("component", List.of("pool:a..b", "x".repeat(600))),
                    Map.entry("incident", List.of("%20", "y".repeat(101))),
                    Map.entry("from", List.of("-1", "x", "4294967296")),
                    Map.entry("to", List.of("0", "x", "4294967296")),
                    Map.entry("format", List.of("pdf", "MARKDOWN")));

    /** Operations that store nothing of a text and so do not mind what it consists of. */
    private static final java.util.Set<String> TAKES_ANY_TEXT =
            java.util.Set.of("validateEstate", "evaluate", "postAlertmanager");

    private static final List<String> BAD_SEGMENTS =
            List.of(
                    "%00",
                    "a%00b",
                    "%FF",
                    "%C0%AF",
                    "..%2F..%2Fetc",
                    "%20",
                    "%C3%BC",
                    "%F0%9F%92%A9",
                    "x".repeat(300),
                    "a;b=c",
                    "'%20or%201=1--",
                    "%0d%0aX:%20y");

    /**
     * One request.
     *
     * @param what for people: what is wrong with it
     */
    record Malformed(
            String what,
            Contract.Operation operation,
            String path,
            byte[] body,
            Map<String, String> headers) {

        @Override
        public String toString() {
            return operation + ": " + what;
        }
    }

    private final List<Malformed> all = new ArrayList<>();

    static List<Malformed> all() {
        MalformedRequests requests = new MalformedRequests();
        for (Contract.Operation operation : Contract.read().operations()) {
            if (operation.takesBody()) {
                requests.bodies(operation);
                requests.contentTypes(operation);
            }
            requests.parameters(operation);
            requests.segments(operation);
            requests.headers(operation);
        }
        return requests.all;
    }

    static String good(Contract.Operation operation) {
        String id = id(operation);
        String body = GOOD.get(id);
        if (body == null) {
            throw new IllegalStateException("no good body is known for " + id);
        }
        return body;
    }

    private void bodies(Contract.Operation operation) {
        body(operation, "nothing", "");
        body(operation, "blank", "   \n");
        body(operation, "cut off", good(operation).substring(0, good(operation).length() / 2));
        body(operation, "two documents", good(operation) + good(operation));
        body(operation, "text", "\"hello\"");
        body(operation, "a number", "42");
        body(operation, "null", "null");
        body(operation, "NaN", "NaN");
        body(operation, "an endless number", "9".repeat(10_000));
        body(operation, "deep arrays", "[".repeat(100_000));
        body(operation, "deep objects", "{\"a\":".repeat(50_000) + "1" + "}".repeat(50_000));
        body(operation, "a key twice", "{\"name\": 1, \"name\": 2}");
        body(operation, "a comment", "/* hello */ " + good(operation));
        bytes(
                operation,
                "bad UTF-8",
                new byte[] {'{', '"', (byte) 0xC3, (byte) 0x28, '"', ':', '1', '}'});
        bytes(operation, "UTF-16", good(operation).getBytes(StandardCharsets.UTF_16));
        bytes(operation, "zeros", new byte[1000]);
        JsonNode tree = tree(good(operation));
        mutate(operation, tree, tree, "");
    }

    private void mutate(
            Contract.Operation operation, JsonNode root, JsonNode node, String pointer) {
        if (node instanceof ObjectNode object
                && !pointer.endsWith("/facts")
                && !pointer.endsWith("abels")) {
            for (Map.Entry<String, JsonNode> field : List.copyOf(object.properties())) {
                JsonNode before = field.getValue();
                for (JsonNode wrong : wrong(before)) {
                    if (isText(wrong) && TAKES_ANY_TEXT.contains(id(operation))) {
                        continue;
                    }
                    object.set(field.getKey(), wrong);
                    String shown = wrong.toString();
                    body(
                            operation,
                            pointer
                                    + "/"
                                    + field.getKey()
                                    + " is "
                                    + shown.substring(0, Math.min(20, shown.length())),
                            root.toString());
                }
                object.set(field.getKey(), before);
                mutate(operation, root, before, pointer + "/" + field.getKey());
            }
        } else if (node instanceof ArrayNode array && !array.isEmpty()) {
            JsonNode before = array.get(0);
            array.set(0, JsonNodeFactory.instance.numberNode(7));
            body(operation, pointer + "/0 is 7", root.toString());
            array.set(0, before);
            mutate(operation, root, before, pointer + "/0");
        }
    }

    private static List<JsonNode> wrong(JsonNode value) {
        JsonNodeFactory make = JsonNodeFactory.instance;
        return switch (value.getNodeType()) {
            case STRING ->
                    List.of(
                            make.nullNode(),
                            make.numberNode(1e300),
                            make.arrayNode(),
                            make.textNode("\u0000"),
                            make.textNode("x".repeat(30_000)));
            case NUMBER ->
                    List.of(
                            make.textNode("1"),
                            make.numberNode(-1e300),
                            make.numberNode(1.5),
                            make.booleanNode(true));
            case BOOLEAN -> List.of(make.textNode("true"), make.numberNode(1));
            case OBJECT, ARRAY, BINARY, MISSING, NULL, POJO ->
                    List.of(make.textNode("x"), make.booleanNode(false));
        };
    }

    private static boolean isText(JsonNode value) {
        return value.isTextual() && value.asText().equals("\u0000");
    }

    private static String id(Contract.Operation operation) {
        return operation.node().path("operationId").asText();
    }

    private void contentTypes(Contract.Operation operation) {
        for (String type :
                List.of(
                        "text/plain",
                        "application/xml",
                        "multipart/form-data",
                        "application/x-www-form-urlencoded",
                        "application/json; charset=utf-16",
                        "application/json; charset=nonsense",
                        "nonsense",
                        "")) {
            add(
                    operation,
                    "Content-Type " + type,
                    path(operation),
                    good(operation).getBytes(StandardCharsets.UTF_8),
                    Map.of("Content-Type", type));
        }
        add(
                operation,
                "gzip",
                path(operation),
                new byte[] {31, (byte) 139, 8, 0},
                Map.of("Content-Type", "application/json", "Content-Encoding", "gzip"));
    }

    private void parameters(Contract.Operation operation) {
        for (JsonNode each : operation.node().path("parameters")) {
            JsonNode parameter = Contract.read().resolved(each);
            String name = parameter.path("name").asText();
            if (parameter.path("in").asText().equals("query")) {
                for (String value : BAD_PARAMETERS.get(name)) {
                    add(
                            operation,
                            name + "=" + value,
                            path(operation) + "?" + name + "=" + value,
                            null,
                            Map.of());
                }
            }
        }
        add(operation, "a query of no text", path(operation) + "?limit=%FF", null, Map.of());
    }

    private void segments(Contract.Operation operation) {
        if (operation.path().contains("{")) {
            for (String segment : BAD_SEGMENTS) {
                byte[] body =
                        operation.takesBody()
                                ? good(operation).getBytes(StandardCharsets.UTF_8)
                                : null;
                add(
                        operation,
                        "path " + segment,
                        operation
                                .path()
                                .replaceAll(
                                        "\\{[a-z]+}",
                                        java.util.regex.Matcher.quoteReplacement(segment)),
                        body,
                        body == null ? Map.of() : Map.of("Content-Type", "application/json"));
            }
        }
    }

    private void headers(Contract.Operation operation) {
        byte[] body =
                operation.takesBody() ? good(operation).getBytes(StandardCharsets.UTF_8) : null;
        Map<String, String> type =
                body == null ? Map.of() : Map.of("Content-Type", "application/json");
        if (!operation.method().equals("DELETE") && !operation.path().contains("/simulator/")) {
            add(
                    operation,
                    "Accept image/png",
                    path(operation),
                    body,
                    with(type, "Accept", "image/png"));
        }
        if (operation.node().at("/responses/200/content").size() > 1) {
            add(operation, "Accept ;;;", path(operation), body, with(type, "Accept", ";;;"));
        }
        add(
                operation,
                "a key that is none",
                path(operation),
                body,
                with(type, "Authorization", "Bearer nobody"));
        if (operation.method().equals("PUT")) {
            for (String tag :
                    List.of(
                            "1",
                            "\"x\"",
                            "W/\"1\"",
                            "\"1\", \"2\"",
                            "\"-1\"",
                            "\"99999999999\"",
                            "\"",
                            "\"77777\"")) {
                add(
                        operation,
                        "If-Match " + tag,
                        path(operation),
                        body,
                        with(type, "If-Match", tag));
            }
            add(operation, "no precondition", path(operation), body, type);
            add(
                    operation,
                    "If-None-Match \"1\"",
                    path(operation),
                    body,
                    with(type, "If-None-Match", "\"1\""));
        }
        if (operation.path().endsWith("/events") && operation.path().contains("{")) {
            add(operation, "Last-Event-ID x", path(operation), null, Map.of("Last-Event-ID", "x"));
        }
    }

    private void body(Contract.Operation operation, String what, String body) {
        bytes(operation, what, body.getBytes(StandardCharsets.UTF_8));
    }

    private void bytes(Contract.Operation operation, String what, byte[] body) {
        if (body.length == 0
                && operation.node().path("requestBody").path("required").asText().equals("false")) {
            return;
        }
        Map<String, String> headers =
                operation.method().equals("PUT")
                        ? Map.of("Content-Type", "application/json", "If-Match", "*")
                        : Map.of("Content-Type", "application/json");
        add(operation, what, path(operation), body, headers);
    }

    private void add(
            Contract.Operation operation,
            String what,
            String path,
            byte[] body,
            Map<String, String> headers) {
        all.add(new Malformed(what, operation, path, body, headers));
    }

    /** Bodies of this many megabytes, one for each operation that takes one. */
    static List<Malformed> large(int megabytes) {
        byte[] spaces = new byte[megabytes * MEGABYTE];
        java.util.Arrays.fill(spaces, (byte) ' ');
        byte[] text = spaces.clone();
        java.util.Arrays.fill(text, (byte) 'x');
        text[0] = '"';
        text[text.length - 1] = '"';
        List<Malformed> large = new ArrayList<>();
        for (Contract.Operation operation : Contract.read().operations()) {
            if (operation.takesBody()) {
                Map<String, String> headers =
                        Map.of("Content-Type", "application/json", "If-Match", "*");
                large.add(
                        new Malformed(
                                megabytes + " MB of spaces",
                                operation,
                                path(operation),
                                spaces,
                                headers));
                large.add(
                        new Malformed(
                                megabytes + " MB of text",
                                operation,
                                path(operation),
                                text,
                                headers));
            }
        }
        return large;
    }

    private static Map<String, String> with(Map<String, String> some, String name, String value) {
        Map<String, String> more = new java.util.TreeMap<>(some);
        more.put(name, value);
        return more;
    }

    static Role role() {
        return Role.ADMIN;
    }

    private static String path(Contract.Operation operation) {
        return operation.path().replace("{version}", "1").replaceAll("\\{[a-z]+}", "none");
    }

    private static JsonNode tree(String json) {
        try {
            return JSON.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
