package io.understudy.document;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.util.JsonParserDelegate;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import org.yaml.snakeyaml.LoaderOptions;

/** Bytes to a tree: strict UTF-8, one document, no key twice, and limits on everything. */
public final class DocumentReader {

    /** The longest document, in bytes; an estate of 20,000 pools has some 15 million. */
    public static final int MOST_BYTES = 32 * 1024 * 1024;

    /** The deepest nesting of arrays and objects; the deepest document of ours has 8. */
    public static final int MOST_DEPTH = 64;

    /** The longest text, in characters. */
    public static final int LONGEST_TEXT = 100_000;

    /**
     * The longest line of YAML, in bytes: what its scanner takes for one grows with the square of
     * its length.
     */
    public static final int LONGEST_LINE = 4 * LONGEST_TEXT;

    /** The longest name of a field, in characters. */
    public static final int LONGEST_NAME = 1_000;

    /** The longest number, in characters. */
    public static final int LONGEST_NUMBER = 50;

    private static final StreamReadConstraints LIMITS =
            StreamReadConstraints.builder()
                    .maxNestingDepth(MOST_DEPTH)
                    .maxStringLength(LONGEST_TEXT)
                    .maxNameLength(LONGEST_NAME)
                    .maxNumberLength(LONGEST_NUMBER)
                    .build();

    private static final JsonFactory JSON =
            JsonFactory.builder()
                    .streamReadConstraints(LIMITS)
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build();

    private static final YAMLFactory YAML =
            YAMLFactory.builder()
                    .streamReadConstraints(LIMITS)
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .loaderOptions(yamlLimits())
                    .build();

    private static final ObjectMapper TREES =
            JsonMapper.builder()
                    .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
                    .build();

    private DocumentReader() {}

    /**
     * Reads one document.
     *
     * @throws MalformedDocument saying what is wrong and where
     */
    public static JsonNode read(byte[] body, Format format) {
        if (body.length > MOST_BYTES) {
            throw new MalformedDocument(
                    "the document is longer than " + MOST_BYTES + " bytes", 0, 0);
        }
        if (format == Format.YAML) {
            refuseLongLines(body);
        }
        String text = decoded(body);
        try (JsonParser parser = parser(text, format)) {
            JsonNode tree = TREES.readTree(parser);
            if (tree == null || tree.isMissingNode()) {
                throw new MalformedDocument("the document is empty", 0, 0);
            }
            if (parser.nextToken() != null) {
                throw malformed(
                        "something follows the end of the document", parser.currentTokenLocation());
            }
            return tree;
        } catch (JsonProcessingException e) {
            throw malformed(ParserMessage.of(e.getOriginalMessage()), e.getLocation());
        } catch (IOException e) {
            throw new MalformedDocument(
                    "the document cannot be read: "
                            + ParserMessage.of(String.valueOf(e.getMessage())),
                    0,
                    0);
        }
    }

    private static void refuseLongLines(byte[] body) {
        int line = 1;
        int begin = 0;
        for (int i = 0; i < body.length; i++) {
            if (body[i] == '\n' || body[i] == '\r') {
                line += body[i] == '\n' ? 1 : 0;
                begin = i + 1;
            } else if (i - begin >= LONGEST_LINE) {
                throw new MalformedDocument(
                        "a line is longer than "
                                + LONGEST_LINE
                                + " bytes: break it, or send JSON as application/json",
                        line,
                        1);
            }
        }
    }

    private static JsonParser parser(String text, Format format) throws IOException {
        return switch (format) {
            case JSON -> JSON.createParser(text);
            case YAML -> new Plain(YAML.createParser(text));
        };
    }

    private static LoaderOptions yamlLimits() {
        LoaderOptions limits = new LoaderOptions();
        limits.setMaxAliasesForCollections(0);
        limits.setNestingDepthLimit(MOST_DEPTH);
        limits.setCodePointLimit(MOST_BYTES);
        limits.setAllowDuplicateKeys(false);
        return limits;
    }

    /**
     * UTF-8 without the byte order mark that some editors put first; Jackson itself would guess
     * other encodings.
     */
    private static String decoded(byte[] body) {
        CharsetDecoder decoder =
                StandardCharsets.UTF_8
                        .newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer bytes = ByteBuffer.wrap(body);
        CharBuffer text = CharBuffer.allocate(body.length);
        CoderResult result = decoder.decode(bytes, text, true);
        text.flip();
        if (result.isError()) {
            throw notUtf8(text);
        }
        boolean marked = text.length() > 0 && text.charAt(0) == '\uFEFF';
        return marked ? text.subSequence(1, text.length()).toString() : text.toString();
    }

    private static MalformedDocument notUtf8(CharSequence before) {
        int line = 1;
        int column = 1;
        for (int i = 0; i < before.length(); i++) {
            boolean ends = before.charAt(i) == '\n';
            line += ends ? 1 : 0;
            column = ends ? 1 : column + 1;
        }
        return new MalformedDocument("the document is not UTF-8", line, column);
    }

    private static MalformedDocument malformed(String message, JsonLocation where) {
        return where == null
                ? new MalformedDocument(message, 0, 0)
                : new MalformedDocument(
                        message, Math.max(where.getLineNr(), 0), Math.max(where.getColumnNr(), 0));
    }

    /**
     * YAML without aliases, anchors and tags: they would be read as plain text, and so as something
     * else than meant.
     */
    private static final class Plain extends JsonParserDelegate {
        private final YAMLParser yaml;

        private Plain(YAMLParser yaml) {
            super(yaml);
            this.yaml = yaml;
        }

        @Override
        public JsonToken nextToken() throws IOException {
            JsonToken token = yaml.nextToken();
            if (token != null && (yaml.isCurrentAlias() || yaml.getObjectId() != null)) {
                throw malformed(
                        "anchors and aliases are not read: write it out",
                        yaml.currentTokenLocation());
            }
            if (token != null && yaml.getTypeId() != null) {
                throw malformed("tags are not read", yaml.currentTokenLocation());
            }
            // the limits of texts and names are Jackson's for JSON only
            if (token == JsonToken.VALUE_STRING && yaml.getTextLength() > LONGEST_TEXT
                    || token == JsonToken.FIELD_NAME && yaml.getTextLength() > LONGEST_NAME) {
                throw malformed("a text or a name is too long", yaml.currentTokenLocation());
            }
            return token;
        }
    }
}
