package io.understudy.topology;

import io.understudy.topology.UnreadableTopology.Reason;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * Bytes to the text of an XML document.
 *
 * <p>The encoding is told by the bytes and not by the XML declaration: PowerShell's {@code
 * Out-File} writes UTF-16 whatever the declaration says.
 *
 * @param text from the first character of the markup on
 * @param linesBefore how many lines of blanks stood before it, which XML does not allow and
 *     PowerShell writes
 */
record XmlText(String text, int linesBefore) {

    private static final char MARK = '\uFEFF';

    static XmlText of(byte[] body) {
        String all = decoded(body, encoding(body));
        int start = 0;
        int lines = 0;
        while (start < all.length() && isBlank(all.charAt(start))) {
            lines += all.charAt(start) == '\n' ? 1 : 0;
            start++;
        }
        return new XmlText(all.substring(start), lines);
    }

    private static boolean isBlank(char c) {
        return c == MARK || c == ' ' || c == '\t' || c == '\r' || c == '\n';
    }

    private static Charset encoding(byte[] body) {
        int first = body.length > 0 ? body[0] & 0xFF : -1;
        int second = body.length > 1 ? body[1] & 0xFF : -1;
        if (first == 0xFF && second == 0xFE || first > 0 && second == 0) {
            return StandardCharsets.UTF_16LE;
        }
        if (first == 0xFE && second == 0xFF || first == 0 && second > 0) {
            return StandardCharsets.UTF_16BE;
        }
        return StandardCharsets.UTF_8;
    }

    private static String decoded(byte[] body, Charset charset) {
        CharsetDecoder decoder =
                charset.newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT);
        CharBuffer text = CharBuffer.allocate(body.length + 1);
        CoderResult result = decoder.decode(ByteBuffer.wrap(body), text, true);
        text.flip();
        try {
            if (result.isError()) {
                result.throwException();
            }
        } catch (CharacterCodingException e) {
            throw notUnicode(charset, text.toString());
        }
        return text.toString();
    }

    private static UnreadableTopology notUnicode(Charset charset, String before) {
        int line = 1 + (int) before.chars().filter(c -> c == '\n').count();
        int column = before.length() - before.lastIndexOf('\n');
        return new UnreadableTopology(
                Reason.NOT_UNICODE,
                "the document looks like " + charset.name() + " and has bytes that are none",
                line,
                column);
    }
}
