package io.understudy.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.understudy.api.Contract;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * A request made of one seed: of an operation of the contract, with what fits it in some places and
 * what does not in others.
 *
 * @param plain whether path and method are those of the operation, so that its answer must be one
 *     that the contract knows
 */
record FuzzedRequest(
        String method, String target, boolean plain, List<String> headers, byte[] body) {

    private static final List<String> METHODS =
            List.of(
                    "HEAD", "OPTIONS", "TRACE", "PATCH", "DELETE", "PUT", "POST", "GET", "get",
                    "X-");
    private static final List<String> TYPES =
            List.of(
                    "text/plain",
                    "application/xml",
                    "multipart/form-data; boundary=x",
                    "application/x-www-form-urlencoded",
                    "application/json; charset=utf-16",
                    "application/json; charset=\"",
                    "application/problem+json",
                    "application/yaml",
                    "*/*",
                    "/",
                    "json");
    private static final List<String> ODD_HEADERS =
            List.of(
                    "Range: bytes=0-1,5-,-9999999999999",
                    "Range: x",
                    "If-Match: \"1\", W/\"2\", *",
                    "If-Match: \"99999999999999999999\"",
                    "If-None-Match: \u00ff",
                    "If-Modified-Since: yesterday",
                    "Expect: 100-continue",
                    "Accept: image/png;q=0.0001, */*;q=0",
                    "Accept: text/event-stream",
                    "Accept: application/yaml",
                    "Accept: ;;;",
                    "Accept-Language: ************",
                    "Accept-Encoding: gzip;q=9, \u00e9",
                    "Content-Encoding: gzip",
                    "X-HTTP-Method-Override: DELETE",
                    "X-Forwarded-For: 256.0.0.1, ::::",
                    "Forwarded: for=\"[\"",
                    "Host: \u00fc:99999",
                    "Origin: null",
                    "Cookie: =; a=b; $Version=9",
                    "Last-Event-ID: 99999999999999999999",
                    "Last-Event-ID: -1",
                    "Idempotency-Key: " + "k".repeat(300),
                    "Authorization: Bearer",
                    "Authorization: Basic \u00ff",
                    "Upgrade: websocket");

    /** The request of this seed. */
    static FuzzedRequest of(long seed, List<String> words) {
        return new Maker(new SplittableRandom(seed), words).request();
    }

    byte[] bytes(String key) {
        StringBuilder head = new StringBuilder(method + " " + target + " HTTP/1.1\r\n");
        if (headers.stream().noneMatch(h -> h.startsWith("Host"))) {
            head.append("Host: x\r\n");
        }
        if (headers.stream().noneMatch(h -> h.startsWith("Authorization"))) {
            head.append("Authorization: Bearer ").append(key).append("\r\n");
        }
        headers.forEach(header -> head.append(header).append("\r\n"));
        head.append("Connection: close\r\nContent-Length: ").append(body.length).append("\r\n\r\n");
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(head.toString().getBytes(StandardCharsets.ISO_8859_1));
        all.writeBytes(body);
        return all.toByteArray();
    }

    @Override
    public String toString() {
        String shown = new String(body, StandardCharsets.UTF_8);
        return method
                + " "
                + shortened(target)
                + " "
                + headers.stream().map(FuzzedRequest::shortened).toList()
                + " "
                + shortened(shown);
    }

    private static String shortened(String text) {
        return text.length() <= 1_000 ? text : text.substring(0, 1_000) + "…";
    }

    /** Makes one. */
    private static final class Maker {

        private final RandomGenerator random;
        private final SchemaValues values;
        private final Nasty nasty;
        private final List<String> headers = new ArrayList<>();

        Maker(RandomGenerator random, List<String> words) {
            this.random = random;
            this.values = new SchemaValues(random, words);
            this.nasty = new Nasty(random);
        }

        FuzzedRequest request() {
            List<Contract.Operation> all = Contract.read().operations();
            Contract.Operation operation = all.get(random.nextInt(all.size()));
            boolean otherMethod = oneOf(12);
            boolean otherPath = oneOf(12);
            String path = path(operation);
            if (otherPath) {
                path = mangled(path);
            }
            path += query(operation);
            byte[] body = body(operation);
            oddHeaders();
            return new FuzzedRequest(
                    otherMethod ? pick(METHODS) : operation.method(),
                    path,
                    !otherMethod && !otherPath,
                    headers,
                    body);
        }

        private boolean oneOf(int many) {
            return random.nextInt(many) == 0;
        }

        private <T> T pick(List<T> list) {
            return list.get(random.nextInt(list.size()));
        }

        private String path(Contract.Operation operation) {
            String path = operation.path();
            for (JsonNode parameter : parameters(operation, "path")) {
                String text = oneOf(4) ? nasty.text() : value(parameter);
                String name = "{" + parameter.path("name").asText() + "}";
                path = path.replace(name, text.isEmpty() ? "-" : encoded(text));
            }
            return path;
        }

        private String mangled(String path) {
            return switch (random.nextInt(8)) {
                case 0 -> path + "/";
                case 1 -> "/" + path;
                case 2 -> path + ";a=b";
                case 3 -> path.replaceFirst("/v1/", "/v1/../v1/");
                case 4 -> path.replaceFirst("/v1/", "/v1%2F");
                case 5 -> path + "/%2e%2e/" + encoded(nasty.text());
                case 6 -> path.toUpperCase(java.util.Locale.ROOT);
                default ->
                        path + pick(List.of("%", "%zz", "%00", "%ff", "\\", "\"", "|", "#x", "*"));
            };
        }

        private String query(Contract.Operation operation) {
            List<String> parts = new ArrayList<>();
            for (JsonNode parameter : parameters(operation, "query")) {
                if (random.nextBoolean()) {
                    String text = oneOf(3) ? nasty.text() : value(parameter);
                    parts.add(parameter.path("name").asText() + "=" + encoded(text));
                }
            }
            if (oneOf(20)) {
                parts.add(
                        pick(
                                List.of(
                                        "x=y",
                                        "limit=1&limit=2",
                                        "&&==",
                                        "cursor=%00",
                                        "at=%C0%80",
                                        "+")));
            }
            return parts.isEmpty() ? "" : "?" + String.join("&", parts);
        }

        private List<JsonNode> parameters(Contract.Operation operation, String in) {
            List<JsonNode> parameters = new ArrayList<>();
            for (JsonNode each : operation.node().path("parameters")) {
                JsonNode parameter = Contract.read().resolved(each);
                if (parameter.path("in").asText().equals(in)) {
                    parameters.add(parameter);
                }
            }
            return parameters;
        }

        private String value(JsonNode parameter) {
            return values.of(parameter.path("schema")).asText();
        }

        private byte[] body(Contract.Operation operation) {
            for (JsonNode header : parameters(operation, "header")) {
                if (operation.method().equals("PUT")
                        ? header.path("name").asText().equals("If-Match")
                        : oneOf(3)) {
                    String text = oneOf(2) ? "*" : value(header);
                    headers.add(
                            header.path("name").asText()
                                    + ": "
                                    + text.replaceAll("\\p{Cntrl}", " "));
                }
            }
            if (!operation.takesBody()) {
                return oneOf(10)
                        ? typed("application/json", "{}".getBytes(StandardCharsets.UTF_8))
                        : new byte[0];
            }
            String type = pick(List.copyOf(operation.consumes()));
            JsonNode document =
                    values.of(
                            operation.node().at("/requestBody/content").path(type).path("schema"));
            byte[] body = written(oneOf(3) ? document : nasty.bent(document), type);
            return typed(type, oneOf(10) ? nasty.torn(body) : body);
        }

        private byte[] typed(String type, byte[] body) {
            headers.add("Content-Type: " + (oneOf(15) ? pick(TYPES) : type));
            return body;
        }

        private byte[] written(JsonNode document, String type) {
            String json = document.toString();
            if (type.contains("yaml") && random.nextBoolean()) {
                try {
                    return new YAMLMapper().writeValueAsBytes(new ObjectMapper().readTree(json));
                } catch (IOException e) {
                    // bent so that it is no JSON any more
                    return json.getBytes(StandardCharsets.UTF_8);
                }
            }
            return json.getBytes(StandardCharsets.UTF_8);
        }

        private void oddHeaders() {
            while (oneOf(6)) {
                headers.add(pick(ODD_HEADERS));
            }
        }

        private static String encoded(String text) {
            return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
        }
    }
}
