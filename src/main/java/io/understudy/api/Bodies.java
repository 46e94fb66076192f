package io.understudy.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.understudy.document.DocumentReader;
import io.understudy.document.Format;
import io.understudy.document.Schemas;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
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

    /** What XML is sent as; curl says nothing better than application/octet-stream of a file. */
    private static final Set<String> XMLS =
            Set.of(
                    MediaType.APPLICATION_XML,
                    MediaType.TEXT_XML,
                    MediaType.APPLICATION_OCTET_STREAM);

    private final ApiSettings settings;

    @Inject
    Bodies(ApiSettings settings) {
        this.settings = settings;
    }

    /** The body as a document that has the shape of the contract's {@code schema}. */
    JsonNode read(InputStream body, HttpHeaders headers, String schema) {
        JsonNode document = read(body, headers);
        Schemas.check(schema, document);
        return document;
    }

    /** The body as a document of any shape: whoever reads it checks it. */
    JsonNode read(InputStream body, HttpHeaders headers) {
        return document(raw(body, headers), headers);
    }

    /** The body as it came: whoever wants to know who sent it looks before it is read. */
    byte[] raw(InputStream body, HttpHeaders headers) {
        format(headers);
        return some(body);
    }

    /** What {@link #raw} gave, as a document of any shape. */
    JsonNode document(byte[] raw, HttpHeaders headers) {
        return DocumentReader.read(raw, format(headers));
    }

    /** Like {@link #read(InputStream, HttpHeaders, String)} where a body may be left out. */
    Optional<JsonNode> readIfAny(InputStream body, HttpHeaders headers, String schema) {
        byte[] bytes = bytes(body);
        if (bytes.length == 0) {
            return Optional.empty();
        }
        JsonNode document = DocumentReader.read(bytes, format(headers));
        Schemas.check(schema, document);
        return Optional.of(document);
    }

    /** The bytes of a body that is XML, which tell their encoding themselves. */
    byte[] xml(InputStream body, HttpHeaders headers) {
        MediaType type = plain(headers);
        if (!XMLS.contains(name(type))) {
            throw Problem.of(
                            ProblemType.UNSUPPORTED_MEDIA_TYPE,
                            "Content-Type is " + name(type) + ", and XML is expected.")
                    .advising("Send it as application/xml, text/xml or application/octet-stream.")
                    .exception();
        }
        return some(body);
    }

    private byte[] some(InputStream body) {
        byte[] bytes = bytes(body);
        if (bytes.length == 0) {
            throw Problem.of(ProblemType.MALFORMED_DOCUMENT, "The body is empty.").exception();
        }
        return bytes;
    }

    private byte[] bytes(InputStream body) {
        byte[] bytes;
        try {
            bytes = body.readNBytes(settings.maxBodyBytes() + 1);
        } catch (IOException e) {
            throw new SenderGone(e);
        }
        if (bytes.length > settings.maxBodyBytes()) {
            throw Problem.of(
                            ProblemType.BODY_TOO_LARGE,
                            "The body has more than the "
                                    + settings.maxBodyBytes()
                                    + " bytes that are taken at most.")
                    .exception();
        }
        return bytes;
    }

    /** The body broke off: nobody is left to be answered, and nothing of ours is at fault. */
    static final class SenderGone extends RuntimeException {
        private static final long serialVersionUID = 1;

        private SenderGone(IOException cause) {
            super("the body of the request broke off", cause);
        }
    }

    private static Format format(HttpHeaders headers) {
        MediaType type = plain(headers);
        String charset = type.getParameters().get(MediaType.CHARSET_PARAMETER);
        if (charset != null && !charset.equalsIgnoreCase(StandardCharsets.UTF_8.name())) {
            throw unsupported("Bodies are taken in UTF-8 only.");
        }
        return YAMLS.contains(name(type)) ? Format.YAML : Format.JSON;
    }

    /** The type of a body that nothing was done to. */
    private static MediaType plain(HttpHeaders headers) {
        if (headers.getHeaderString(HttpHeaders.CONTENT_ENCODING) != null) {
            throw unsupported("Bodies are taken without Content-Encoding only.");
        }
        return type(headers.getHeaderString(HttpHeaders.CONTENT_TYPE));
    }

    private static String name(MediaType type) {
        return (type.getType() + "/" + type.getSubtype()).toLowerCase(Locale.ROOT);
    }

    private static MediaType type(@Nullable String header) {
        if (header == null) {
            throw unsupported("The header Content-Type is missing.");
        }
        try {
            return MediaType.valueOf(header);
        } catch (IllegalArgumentException e) {
            throw unsupported("The header Content-Type names no type, or several.");
        }
    }

    private static ProblemException unsupported(String detail) {
        return Problem.of(ProblemType.UNSUPPORTED_MEDIA_TYPE, detail).exception();
    }
}
