package io.understudy.fuzz;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/**
 * One answer of the service, read by as little as understands HTTP, so that the request may be
 * anything.
 *
 * @param status 0 when the connection was closed without a word
 * @param body empty for a stream of events, which does not end
 */
record Exchange(int status, Map<String, String> headers, String body) {

    private static final int PATIENCE_MILLIS = 30_000;
    private static final int SWITCHING = 101;

    /** Sends these bytes on a connection of their own. */
    static Exchange send(URI service, byte[] request) throws IOException {
        try (Socket socket = new Socket(service.getHost(), service.getPort())) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.getOutputStream().write(request);
            socket.getOutputStream().flush();
            return answer(socket.getInputStream());
        }
    }

    /** The media type without its parameters. */
    String type() {
        return headers.getOrDefault("Content-Type", "").replaceAll(";.*", "").strip();
    }

    private static Exchange answer(InputStream in) throws IOException {
        String line = line(in);
        if (!line.startsWith("HTTP/")) {
            return new Exchange(0, Map.of(), "");
        }
        int status = Integer.parseInt(line.split(" ")[1]);
        Map<String, String> headers = headers(in);
        if (status < 200 && status != SWITCHING) {
            return answer(in);
        }
        return new Exchange(status, headers, body(in, headers));
    }

    private static Map<String, String> headers(InputStream in) throws IOException {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            int colon = line.indexOf(':');
            headers.put(line.substring(0, colon), line.substring(colon + 1).strip());
        }
        return headers;
    }

    private static String body(InputStream in, Map<String, String> headers) throws IOException {
        if (headers.getOrDefault("Content-Type", "").startsWith("text/event-stream")) {
            return "";
        }
        byte[] body;
        if (headers.getOrDefault("Transfer-Encoding", "").equals("chunked")) {
            body = chunks(in);
        } else {
            body = in.readNBytes(Integer.parseInt(headers.getOrDefault("Content-Length", "0")));
        }
        return new String(body, StandardCharsets.UTF_8);
    }

    private static byte[] chunks(InputStream in) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int size = size(in); size > 0; size = size(in)) {
            all.write(in.readNBytes(size));
            line(in);
        }
        return all.toByteArray();
    }

    private static int size(InputStream in) throws IOException {
        String line = line(in);
        if (line.isEmpty()) {
            throw new EOFException("the answer broke off");
        }
        return Integer.parseInt(line, 16);
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }
}
