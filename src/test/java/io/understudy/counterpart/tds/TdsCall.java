package io.understudy.counterpart.tds;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A remote procedure call.
 *
 * @param procedure its name; those that have numbers by their names, too
 */
record TdsCall(String procedure, List<Object> parameters) {

    private static final Map<Integer, String> NUMBERED =
            Map.of(
                    10, "sp_executesql",
                    11, "sp_prepare",
                    12, "sp_execute",
                    13, "sp_prepexec",
                    15, "sp_unprepare");

    static TdsCall of(byte[] body) {
        ByteBuffer bytes = ByteBuffer.wrap(body).order(ByteOrder.LITTLE_ENDIAN);
        bytes.position(bytes.getInt(0));
        int length = bytes.getShort() & 0xFFFF;
        String name =
                length == 0xFFFF
                        ? NUMBERED.getOrDefault((int) bytes.getShort(), "unknown")
                        : text(bytes, 2 * length, StandardCharsets.UTF_16LE);
        bytes.getShort();
        List<Object> parameters = new ArrayList<>();
        while (bytes.hasRemaining()) {
            parameters.add(parameter(bytes));
        }
        return new TdsCall(name, parameters);
    }

    /** The text of a batch. */
    static String batch(byte[] body) {
        ByteBuffer bytes = ByteBuffer.wrap(body).order(ByteOrder.LITTLE_ENDIAN);
        bytes.position(bytes.getInt(0));
        return text(bytes, bytes.remaining(), StandardCharsets.UTF_16LE);
    }

    /** What it executes; empty where it only prepares or forgets. */
    Optional<String> statement(Map<Integer, String> prepared) {
        return switch (procedure) {
            case "sp_executesql" -> Optional.of((String) parameters.getFirst());
            case "sp_prepexec" -> Optional.of((String) parameters.get(2));
            case "sp_execute" -> Optional.ofNullable(prepared.get(handle()));
            case "sp_prepare", "sp_unprepare" -> Optional.empty();
            default -> Optional.of("EXEC " + procedure);
        };
    }

    /** The parameters of what it executes. */
    List<Object> values() {
        return switch (procedure) {
            case "sp_executesql" ->
                    parameters.subList(Math.min(2, parameters.size()), parameters.size());
            case "sp_prepexec" -> parameters.subList(3, parameters.size());
            case "sp_execute" -> parameters.subList(1, parameters.size());
            default -> parameters;
        };
    }

    boolean prepares() {
        return procedure.equals("sp_prepexec") || procedure.equals("sp_prepare");
    }

    String toPrepare() {
        return (String) parameters.get(2);
    }

    int handle() {
        return ((Number) parameters.getFirst()).intValue();
    }

    private static Object parameter(ByteBuffer bytes) {
        int name = bytes.get() & 0xFF;
        bytes.position(bytes.position() + 2 * name + 1);
        int type = bytes.get() & 0xFF;
        return switch (type) {
            case 0x26 -> number(bytes);
            case 0x68 -> bit(bytes);
            case 0xE7 -> characters(bytes, StandardCharsets.UTF_16LE);
            case 0xA7 -> characters(bytes, StandardCharsets.ISO_8859_1);
            default -> throw new IllegalStateException("parameter of type " + type);
        };
    }

    private static Boolean bit(ByteBuffer bytes) {
        Long bit = number(bytes);
        if (bit == null) {
            return null;
        }
        return bit != 0;
    }

    private static Long number(ByteBuffer bytes) {
        bytes.get();
        int length = bytes.get();
        return switch (length) {
            case 0 -> null;
            case 1 -> (long) (bytes.get() & 0xFF);
            case 2 -> (long) bytes.getShort();
            case 4 -> (long) bytes.getInt();
            default -> bytes.getLong();
        };
    }

    private static String characters(ByteBuffer bytes, Charset charset) {
        int longest = bytes.getShort() & 0xFFFF;
        bytes.position(bytes.position() + 5);
        if (longest != 0xFFFF) {
            int length = bytes.getShort() & 0xFFFF;
            return length == 0xFFFF ? null : text(bytes, length, charset);
        }
        if (bytes.getLong() == -1) {
            return null;
        }
        ByteArrayOutputStream parts = new ByteArrayOutputStream();
        for (int length = bytes.getInt(); length != 0; length = bytes.getInt()) {
            byte[] part = new byte[length];
            bytes.get(part);
            parts.writeBytes(part);
        }
        return parts.toString(charset);
    }

    private static String text(ByteBuffer bytes, int length, Charset charset) {
        byte[] text = new byte[length];
        bytes.get(text);
        return new String(text, charset);
    }
}
