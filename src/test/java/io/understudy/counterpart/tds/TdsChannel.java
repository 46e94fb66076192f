package io.understudy.counterpart.tds;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;

/** Messages in packets of at most 4096 bytes, each with a header of eight. */
final class TdsChannel {

    static final int BATCH = 0x01;
    static final int RPC = 0x03;
    static final int ANSWER = 0x04;
    static final int ATTENTION = 0x06;
    static final int LOGIN = 0x10;
    static final int PRELOGIN = 0x12;

    private static final int HEADER = 8;
    private static final int LONGEST = 4096 - HEADER;

    /** A message without its headers. */
    record Message(int type, byte[] body) {}

    private final DataInputStream in;
    private final OutputStream out;

    TdsChannel(InputStream in, OutputStream out) {
        this.in = new DataInputStream(in);
        this.out = out;
    }

    /** The next message, whose last packet has the lowest bit of its status set. */
    Message read() throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        while (true) {
            int type = in.readUnsignedByte();
            int status = in.readUnsignedByte();
            int length = in.readUnsignedShort() - HEADER;
            in.skipNBytes(4);
            byte[] part = in.readNBytes(length);
            if (part.length < length) {
                throw new EOFException("the client has gone in the middle of a packet");
            }
            body.writeBytes(part);
            if ((status & 1) != 0) {
                return new Message(type, body.toByteArray());
            }
        }
    }

    void answer(byte[] body) throws IOException {
        write(out, ANSWER, body);
    }

    /** The beginning of an answer, or a piece from its middle: short enough for one packet. */
    void part(byte[] body) throws IOException {
        out.write(packet(ANSWER, false, 1, body, 0, body.length));
        out.flush();
    }

    static void write(OutputStream out, int type, byte[] body) throws IOException {
        int offset = 0;
        int number = 1;
        do {
            int length = Math.min(LONGEST, body.length - offset);
            boolean last = offset + length >= body.length;
            out.write(packet(type, last, number++, body, offset, length));
            offset += length;
        } while (offset < body.length);
        out.flush();
    }

    private static byte[] packet(
            int type, boolean last, int number, byte[] body, int offset, int length) {
        ByteBuffer packet = ByteBuffer.allocate(HEADER + length);
        packet.put((byte) type).put((byte) (last ? 1 : 0));
        packet.putShort((short) (HEADER + length)).putShort((short) 51);
        packet.put((byte) number).put((byte) 0).put(body, offset, length);
        return packet.array();
    }
}
