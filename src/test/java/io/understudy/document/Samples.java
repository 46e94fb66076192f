package io.understudy.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.understudy.estate.Estate;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Documents for tests. */
public final class Samples {

    private Samples() {}

    /** The sample estate's document, a fresh one each time. */
    public static ObjectNode estateDocument() {
        try (InputStream sample = Samples.class.getResourceAsStream("/estates/sample.yaml")) {
            return (ObjectNode) DocumentReader.read(sample.readAllBytes(), Format.YAML);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static Estate estate() {
        return EstateDocument.read(estateDocument());
    }

    /** A document written as YAML, which JSON is too. */
    public static JsonNode yaml(String text) {
        return DocumentReader.read(text.getBytes(StandardCharsets.UTF_8), Format.YAML);
    }

    public static JsonNode json(String text) {
        return DocumentReader.read(text.getBytes(StandardCharsets.UTF_8), Format.JSON);
    }
}
