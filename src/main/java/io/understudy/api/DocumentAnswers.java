package io.understudy.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.understudy.control.DocumentStore.Version;
import io.understudy.document.Json;
import io.understudy.estate.Violation;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How versioned documents are answered: in the form that is accepted, the version as entity tag.
 */
final class DocumentAnswers {

    private static final ObjectMapper YAML =
            new YAMLMapper(
                    YAMLFactory.builder()
                            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
                            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
                            .build());

    private DocumentAnswers() {}

    /** What came of putting a document. */
    record Saved(int version, String savedBy, Instant savedAt, List<Violation> warnings) {}

    /** The document of a version, or 304 when the reader has it. */
    static Response shown(
            Version<?> version,
            JsonNode document,
            HttpHeaders headers,
            @Nullable String ifNoneMatch) {
        String tag = Preconditions.tag(version.version());
        if (Preconditions.isKnown(ifNoneMatch, version.version())) {
            return Response.notModified().header(HttpHeaders.ETAG, tag).build();
        }
        Form form = Form.ofDocument(headers);
        return Response.ok(text(document, form), form.mediaType())
                .header(HttpHeaders.ETAG, tag)
                .header(HttpHeaders.VARY, HttpHeaders.ACCEPT)
                .build();
    }

    static Response saved(Version<?> version, List<Violation> warnings) {
        return Response.ok(
                        new Saved(
                                version.version(), version.savedBy(), version.savedAt(), warnings))
                .header(HttpHeaders.ETAG, Preconditions.tag(version.version()))
                .build();
    }

    /** A version that was asked for and may not be there. */
    static <T> Version<T> found(Optional<Version<T>> version, String what) {
        return version.orElseThrow(
                () -> Problem.of(ProblemType.NOT_FOUND, "There is no " + what + ".").exception());
    }

    private static String text(JsonNode document, Form form) {
        try {
            return switch (form) {
                case JSON, MARKDOWN -> Json.mapper().writeValueAsString(document);
                case YAML -> YAML.writeValueAsString(document);
            };
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a document of ours cannot be written", e);
        }
    }
}
