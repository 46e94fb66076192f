package io.understudy.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.restassured.filter.Filter;
import io.restassured.filter.FilterContext;
import io.restassured.response.Response;
import io.restassured.specification.FilterableRequestSpecification;
import io.restassured.specification.FilterableResponseSpecification;
import io.understudy.document.InvalidDocument;
import io.understudy.document.Schemas;
import java.net.URI;
import java.util.Optional;

/** Fails a test whose answer is not one that the contract documents for the operation. */
public final class ContractFilter implements Filter {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ObjectMapper YAML = new YAMLMapper();

    @Override
    public Response filter(
            FilterableRequestSpecification request,
            FilterableResponseSpecification expectations,
            FilterContext context) {
        Response response = context.next(request, expectations);
        String path = URI.create(request.getURI()).getPath();
        check(
                request.getMethod(),
                path,
                response.statusCode(),
                response.contentType(),
                response.asString());
        return response;
    }

    /** Checks one answer. */
    public static void check(String method, String path, int status, String type, String body) {
        Optional<Contract.Operation> operation = Contract.read().of(method, path);
        if (operation.isEmpty()) {
            assertTrue(
                    status == 401
                            || status == 404
                            || status == 405
                            || status == 400
                            || status == 200,
                    method + " " + path + " is not in the contract and was answered " + status);
            return;
        }
        String what =
                operation.get() + " (" + path + ") answered " + status + " " + type + ": " + body;
        JsonNode documented =
                operation.get().node().path("responses").path(Integer.toString(status));
        if (documented.isMissingNode()) {
            fail("the contract does not know this answer: " + what);
        }
        JsonNode content = Contract.read().resolved(documented).path("content");
        if (method.equals("HEAD") || content.isMissingNode()) {
            assertEquals("", body, what);
            return;
        }
        String plain = type == null ? "" : type.replaceAll(";.*", "").strip();
        if (!content.has(plain)) {
            fail("the contract does not know this type: " + what);
        }
        conforms(content.path(plain).path("schema"), plain, body, what);
    }

    private static void conforms(JsonNode schema, String type, String body, String what) {
        if (!schema.has("$ref")) {
            return;
        }
        String name = schema.get("$ref").asText().replaceFirst(".*/", "");
        try {
            JsonNode document = (type.contains("yaml") ? YAML : JSON).readTree(body);
            Schemas.check(name, document);
        } catch (InvalidDocument e) {
            fail(
                    "the answer breaks the contract's schema "
                            + name
                            + ": "
                            + e.problems()
                            + " in "
                            + what);
        } catch (JsonProcessingException e) {
            fail("the answer is not " + type + ": " + what, e);
        }
    }
}
