package io.understudy.counterpart;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A program on disk that stands in for {@code pwsh}: it hands its arguments and its standard input
 * to a {@link StandInPowerShell} in this process, and writes what that writes.
 */
public final class StandInProgram implements AutoCloseable {

    private final StandInPowerShell shell;
    private final ServerSocket listener;
    private final Path program;
    private final List<String> commandLines = new ArrayList<>();

    /** Writes the program into a directory. */
    public StandInProgram(StandInPowerShell shell, Path directory) throws IOException {
        this.shell = shell;
        this.listener = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
        this.program = directory.resolve("pwsh");
        Files.writeString(
                program,
                """
                #!/bin/bash
                exec 3<>/dev/tcp/127.0.0.1/%d || exit 127
                { printf '%%s\\n' "$*"; cat; printf '\\n.\\n'; } >&3
                exec cat <&3
                """
                        .formatted(listener.getLocalPort()));
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        Thread.ofVirtual().start(this::listen);
    }

    public Path program() {
        return program;
    }

    /** The arguments of every process so far. */
    public List<String> commandLines() {
        synchronized (commandLines) {
            return List.copyOf(commandLines);
        }
    }

    private void listen() {
        while (!listener.isClosed()) {
            try {
                Socket caller = listener.accept();
                Thread.ofVirtual().start(() -> serve(caller));
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private void serve(Socket caller) {
        try (caller;
                InputStream in = new BufferedInputStream(caller.getInputStream());
                OutputStream out = caller.getOutputStream()) {
            String commandLine = line(in);
            synchronized (commandLines) {
                commandLines.add(commandLine);
            }
            String encoded = commandLine.substring(commandLine.lastIndexOf(' ') + 1);
            ByteArrayInputStream stdin =
                    new ByteArrayInputStream(untilDot(in).getBytes(StandardCharsets.US_ASCII));
            shell.run(encoded, Map.of(), stdin, out, OutputStream.nullOutputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String untilDot(InputStream in) throws IOException {
        StringBuilder all = new StringBuilder();
        for (String line = line(in); !line.equals("."); line = line(in)) {
            all.append(line);
        }
        return all.toString();
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int one = in.read(); one != '\n'; one = in.read()) {
            if (one < 0) {
                throw new IOException("the program ended early");
            }
            line.write(one);
        }
        return line.toString(StandardCharsets.US_ASCII);
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
