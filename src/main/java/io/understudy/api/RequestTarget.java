package io.understudy.api;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * Whether the address of a request stands for text: escapes complete, UTF-8, no control characters.
 */
final class RequestTarget {

    private static final int LAST_CONTROL = 0x1f;
    private static final int DELETE = 0x7f;

    private RequestTarget() {}

    static boolean isReadable(String uri) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(uri.length());
        for (int i = 0; i < uri.length(); i++) {
            int c = uri.charAt(i);
            if (c == '%') {
                if (i + 2 >= uri.length()
                        || !HexFormat.isHexDigit(uri.charAt(i + 1))
                        || !HexFormat.isHexDigit(uri.charAt(i + 2))) {
                    return false;
                }
                c = HexFormat.fromHexDigits(uri, i + 1, i + 3);
                i += 2;
            }
            if (c <= LAST_CONTROL || c == DELETE || c > 0xff) {
                return false;
            }
            bytes.write(c);
        }
        return isUtf8(bytes.toByteArray());
    }

    /** How many parameters its query has. */
    static int parameters(String uri) {
        int query = uri.indexOf('?');
        return query < 0 ? 0 : 1 + (int) uri.chars().skip(query).filter(c -> c == '&').count();
    }

    private static boolean isUtf8(byte[] bytes) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }
}
