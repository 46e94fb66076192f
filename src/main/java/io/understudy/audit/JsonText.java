package io.understudy.audit;

import java.util.HashMap;
import java.util.Map;

/**
 * As much of JSON as a line of an export needs, so that an export is checked with nothing but the
 * Java language. For one thread.
 */
final class JsonText {

    private final String text;
    private int at;

    JsonText(String text) {
        this.text = text;
    }

    void expect(char wanted) {
        if (peek() != wanted) {
            throw wrong("'" + wanted + "'");
        }
        at++;
    }

    /** The next name must be this one. */
    void name(String wanted) {
        int start = at;
        if (!text().equals(wanted)) {
            at = start;
            throw wrong("\"" + wanted + "\"");
        }
        expect(':');
    }

    /** Digits. */
    long number() {
        peek();
        int start = at;
        while (at < text.length() && "0123456789".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        try {
            return Long.parseLong(text.substring(start, at));
        } catch (NumberFormatException e) {
            throw wrong("a number");
        }
    }

    /** An object of texts, no name twice. */
    Map<String, String> texts() {
        Map<String, String> texts = new HashMap<>();
        expect('{');
        while (peek() != '}') {
            if (!texts.isEmpty()) {
                expect(',');
            }
            String name = text();
            expect(':');
            if (texts.putIfAbsent(name, text()) != null) {
                throw wrong("each name once");
            }
        }
        expect('}');
        return texts;
    }

    String text() {
        expect('"');
        StringBuilder read = new StringBuilder();
        for (char c = take(); c != '"'; c = take()) {
            read.append(c == '\\' ? escaped() : c);
        }
        return read.toString();
    }

    private char escaped() {
        char c = take();
        return switch (c) {
            case '"', '\\', '/' -> c;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> hex();
            default -> throw wrong("an escape");
        };
    }

    private char hex() {
        int value = 0;
        for (int i = 0; i < 4; i++) {
            int digit = Character.digit(take(), 16);
            if (digit < 0) {
                throw wrong("four hex digits");
            }
            value = value * 16 + digit;
        }
        return (char) value;
    }

    /** Nothing but white space is left. */
    void end() {
        if (!text.substring(at).isBlank()) {
            throw wrong("the end of the line");
        }
    }

    private char take() {
        if (at == text.length()) {
            throw wrong("more");
        }
        return text.charAt(at++);
    }

    /** The next character that is no white space. */
    private char peek() {
        while (at < text.length() && " \t".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        return at < text.length() ? text.charAt(at) : 0;
    }

    private IllegalArgumentException wrong(String expected) {
        return new IllegalArgumentException(
                "at character " + (at + 1) + " " + expected + " is expected");
    }
}
