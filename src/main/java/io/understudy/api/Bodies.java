package io.understudy.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.understudy.document.DocumentReader;
import io.understudy.document.Format;
import io.understudy.document.Schemas;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the bodies of requests, by the contract's own schemas. */
@Singleton
final class Bodies {

    /** What YAML is called: registered (RFC 9512), before that, and long before that. */
    static final String YAML = "application/yaml";

    static final String OLD_YAML = "application/x-yaml";
    static final String TEXT_YAML = "text/yaml";

    private static final Set<String> YAMLS = Set.of(YAML, OLD_YAML, TEXT_YAML);

    private final ApiSettings settings;

    @Inject
    Bodies(ApiSettings settings) {
        this.settings = settings;
    }

    /** The body as a document that has the shape of the contract's {@code schema}. */
    JsonNode read(byte @Nullable [] body, HttpHeaders headers, String schema) {
        JsonNode document = read(body, headers);
        Schemas.check(schema, document);
        return document;
    }

    /** The body as a document of any shape: whoever reads it checks it. */
    JsonNode read(byte @Nullable [] body, HttpHeaders headers) {
        if (headers.getHeaderString(HttpHeaders.CONTENT_ENCODING) != null) {
            throw unsupported("Bodies are taken without Content-Encoding only.");
        }
        Format format = format(headers.getMediaType());
        if (body == null || body.length == 0) {
            throw Problem.of(ProblemType.MALFORMED_DOCUMENT, "The body is empty.").exception();
        }
        if (body.length > settings.maxBodyBytes()) {
            throw Problem.of(
                            ProblemType.BODY_TOO_LARGE,
                            "The body has "
                                    + body.length
                                    + " bytes, and at most "
                                    + settings.maxBodyBytes()
                                    + " are taken.")
                    .exception();
        }
        return DocumentReader.read(body, format);
    }

    private static Format format(@Nullable MediaType type) {
        if (type == null) {
            throw unsupported("The header Content-Type is missing.");
        }
        String charset = type.getParameters().get(MediaType.CHARSET_PARAMETER);
        if (charset != null && !charset.equalsIgnoreCase(StandardCharsets.UTF_8.name())) {
            throw unsupported("Bodies are taken in UTF-8 only.");
        }
        return YAMLS.contains(type.getType() + "/" + type.getSubtype()) ? Format.YAML : Format.JSON;
    }

    private static ProblemException unsupported(String detail) {
        return Problem.of(ProblemType.UNSUPPORTED_MEDIA_TYPE, detail).exception();
    }
}
