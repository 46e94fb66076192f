package io.understudy.api;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** In which form a thing that has several is answered. */
enum Form {
    JSON(MediaType.APPLICATION_JSON),
    YAML(Bodies.YAML),
    MARKDOWN("text/markdown");

    private final String mediaType;

    Form(String mediaType) {
        this.mediaType = mediaType;
    }

    String mediaType() {
        return mediaType;
    }

    /** JSON or YAML, whichever is accepted more gladly; JSON where both are. */
    static Form ofDocument(HttpHeaders headers) {
        return first(headers, YAML);
    }

    /** JSON or Markdown: {@code format} goes before the header Accept. */
    static Form ofReport(@Nullable String format, HttpHeaders headers) {
        if (format == null) {
            return first(headers, MARKDOWN);
        }
        for (Form form : new Form[] {JSON, MARKDOWN}) {
            if (form.name().toLowerCase(Locale.ROOT).equals(format)) {
                return form;
            }
        }
        throw Problem.parameter("format", "is one of json, markdown").exception();
    }

    private static Form first(HttpHeaders headers, Form other) {
        for (MediaType accepted : accepted(headers)) {
            if (accepted.isCompatible(MediaType.APPLICATION_JSON_TYPE)) {
                return JSON;
            }
            if (other == YAML
                    ? isYaml(accepted)
                    : accepted.isCompatible(MediaType.valueOf(other.mediaType))) {
                return other;
            }
        }
        return JSON;
    }

    private static List<MediaType> accepted(HttpHeaders headers) {
        try {
            return headers.getAcceptableMediaTypes();
        } catch (IllegalArgumentException e) {
            throw Problem.of(ProblemType.BAD_REQUEST, "The header Accept names no type.")
                    .exception();
        }
    }

    private static boolean isYaml(MediaType type) {
        return type.getSubtype().equals("yaml") || type.getSubtype().equals("x-yaml");
    }
}
