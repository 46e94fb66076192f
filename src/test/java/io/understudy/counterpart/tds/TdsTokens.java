package io.understudy.counterpart.tds;

import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;

/** The tokens of which answers are made. */
final class TdsTokens {

    /** Latin1_General, sort id 52. */
    private static final byte[] COLLATION = {0x09, 0x04, (byte) 0xD0, 0x00, 0x34};

    private static final int INT = 0x26;
    private static final int BIT = 0x68;
    private static final int DATETIME = 0x6F;
    private static final int NVARCHAR = 0xE7;

    private static final int DONE = 0xFD;
    private static final int DONE_PROC = 0xFE;
    private static final int DONE_IN_PROC = 0xFF;
    private static final int ERROR = 0x02;
    private static final int COUNT = 0x10;
    private static final int CANCELLED = 0x20;

    private TdsTokens() {}

    /** VERSION 15.0.2000.5, ENCRYPTION, no instance, no thread, no MARS. */
    static byte[] prelogin(int encryption) {
        byte[][] options = {{15, 0, 0x07, (byte) 0xD0, 0, 5}, {(byte) encryption}, {0}, {}, {0}};
        TdsBytes bytes = new TdsBytes();
        int offset = 5 * options.length + 1;
        for (int i = 0; i < options.length; i++) {
            int length = options[i].length;
            bytes.u8(i).u8(offset >> 8).u8(offset).u8(length >> 8).u8(length);
            offset += length;
        }
        bytes.u8(0xFF);
        for (byte[] option : options) {
            bytes.raw(option);
        }
        return bytes.toBytes();
    }

    static byte[] admitted(TdsLogin login, boolean strict) {
        String product = "Microsoft SQL Server";
        byte[] version = strict ? new byte[] {8, 0, 0, 0} : new byte[] {0x74, 0, 0, 4};
        TdsBytes bytes = new TdsBytes();
        String database = login.database().isEmpty() ? "master" : login.database();
        bytes.raw(changed(1, database, "master"));
        bytes.u8(0xE3).u16(2 + COLLATION.length + 1).u8(7).u8(COLLATION.length).raw(COLLATION);
        bytes.u8(0);
        bytes.u8(0xAD).u16(10 + 2 * product.length()).u8(1).raw(version).shortText(product);
        bytes.u8(15).u8(0).u8(0x07).u8(0xD0);
        bytes.raw(changed(4, "4096", "4096"));
        if (login.extended()) {
            bytes.u8(0xAE).u8(0xFF);
        }
        return bytes.raw(done(DONE, 0, 0)).toBytes();
    }

    static byte[] turnedAway(SqlAnswer.Message why) {
        return new TdsBytes().raw(message(why)).raw(done(DONE, ERROR, 0)).toBytes();
    }

    static byte[] brokenOff() {
        return done(DONE, ERROR, 0);
    }

    static byte[] cancelled() {
        return done(DONE, CANCELLED, 0);
    }

    /** The answer to a batch. */
    static byte[] answer(SqlAnswer answer) {
        return body(answer, DONE).toBytes();
    }

    /** The answer to a procedure, with the handle that it gives out, if any. */
    static byte[] procedure(SqlAnswer answer, Integer handle) {
        TdsBytes bytes = body(answer, DONE_IN_PROC).u8(0x79).u32(0);
        if (handle != null) {
            bytes.u8(0xAC).u16(0).u8(0).u8(1).u32(0).u16(0).u8(INT).u8(4).u8(4).u32(handle);
        }
        int status = answer instanceof SqlAnswer.Failed ? ERROR : 0;
        return bytes.raw(done(DONE_PROC, status, 0)).toBytes();
    }

    private static TdsBytes body(SqlAnswer answer, int done) {
        TdsBytes bytes = new TdsBytes();
        return switch (answer) {
            case SqlAnswer.Rows rows ->
                    rows(bytes, rows).raw(done(done, COUNT, rows.rows().size()));
            case SqlAnswer.Done _ -> bytes.raw(done(done, 0, 0));
            case SqlAnswer.Informed told -> {
                told.messages().forEach(m -> bytes.raw(message(m)));
                yield bytes.raw(done(done, 0, 0));
            }
            case SqlAnswer.Failed failed -> {
                failed.messages().forEach(m -> bytes.raw(message(m)));
                yield bytes.raw(done(done, ERROR, 0));
            }
            case SqlAnswer.Broken _, SqlAnswer.Cut _, SqlAnswer.Dripped _ ->
                    throw new IllegalStateException("it is not answered at once");
        };
    }

    private static TdsBytes rows(TdsBytes bytes, SqlAnswer.Rows rows) {
        int width = rows.columns().size();
        int[] types = new int[width];
        bytes.u8(0x81).u16(width);
        for (int i = 0; i < width; i++) {
            types[i] = type(rows.rows(), i);
            bytes.u32(0).u16(9).u8(types[i]);
            switch (types[i]) {
                case NVARCHAR -> bytes.u16(8000).raw(COLLATION);
                case BIT -> bytes.u8(1);
                default -> bytes.u8(8);
            }
            bytes.shortText(rows.columns().get(i));
        }
        for (List<Object> row : rows.rows()) {
            bytes.u8(0xD1);
            for (int i = 0; i < width; i++) {
                value(bytes, types[i], row.get(i));
            }
        }
        return bytes;
    }

    private static int type(List<List<Object>> rows, int column) {
        Object first =
                rows.stream()
                        .map(r -> r.get(column))
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElse("");
        return switch (first) {
            case Integer _, Long _ -> INT;
            case Boolean _ -> BIT;
            case LocalDateTime _ -> DATETIME;
            default -> NVARCHAR;
        };
    }

    private static void value(TdsBytes bytes, int type, Object value) {
        if (value == null) {
            if (type == NVARCHAR) {
                bytes.u16(0xFFFF);
            } else {
                bytes.u8(0);
            }
            return;
        }
        switch (type) {
            case INT -> bytes.u8(8).u64(((Number) value).longValue());
            case BIT -> bytes.u8(1).u8((Boolean) value ? 1 : 0);
            case DATETIME -> {
                LocalDateTime time = (LocalDateTime) value;
                LocalDateTime midnight = time.toLocalDate().atStartOfDay();
                long days = ChronoUnit.DAYS.between(LocalDate.of(1900, 1, 1), time.toLocalDate());
                long millis = Duration.between(midnight, time).toMillis();
                bytes.u8(8).u32(days).u32(millis * 3 / 10);
            }
            default -> {
                byte[] text = TdsBytes.utf16(value.toString());
                bytes.u16(text.length).raw(text);
            }
        }
    }

    private static byte[] done(int token, int status, long count) {
        return new TdsBytes().u8(token).u16(status).u16(0xC1).u64(count).toBytes();
    }

    static byte[] message(SqlAnswer.Message message) {
        byte[] body =
                new TdsBytes()
                        .u32(message.number())
                        .u8(1)
                        .u8(message.severity())
                        .text(message.text())
                        .shortText("COUNTERPART")
                        .shortText("")
                        .u32(1)
                        .toBytes();
        int token = message.severity() > 10 ? 0xAA : 0xAB;
        return new TdsBytes().u8(token).u16(body.length).raw(body).toBytes();
    }

    private static byte[] changed(int what, String now, String before) {
        byte[] body = new TdsBytes().u8(what).shortText(now).shortText(before).toBytes();
        return new TdsBytes().u8(0xE3).u16(body.length).raw(body).toBytes();
    }
}
