package io.understudy.counterpart.tds;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Bytes of a message as they are put together: little endian, texts in UTF-16. */
final class TdsBytes {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    TdsBytes u8(int value) {
        bytes.write(value);
        return this;
    }

    TdsBytes u16(int value) {
        return u8(value).u8(value >> 8);
    }

    TdsBytes u32(long value) {
        return number(value, 4);
    }

    TdsBytes u64(long value) {
        return number(value, 8);
    }

    TdsBytes number(long value, int size) {
        for (int i = 0; i < size; i++) {
            u8((int) (value >> (8 * i)));
        }
        return this;
    }

    TdsBytes raw(byte[] more) {
        bytes.writeBytes(more);
        return this;
    }

    /** A text with its length in characters in one byte. */
    TdsBytes shortText(String text) {
        return u8(text.length()).raw(utf16(text));
    }

    /** A text with its length in characters in two bytes. */
    TdsBytes text(String text) {
        return u16(text.length()).raw(utf16(text));
    }

    byte[] toBytes() {
        return bytes.toByteArray();
    }

    /** Its units as they are, halves of surrogate pairs too. */
    static byte[] utf16(String text) {
        ByteBuffer units = ByteBuffer.allocate(2 * text.length()).order(ByteOrder.LITTLE_ENDIAN);
        units.asCharBuffer().put(text);
        return units.array();
    }
}
