package io.understudy.app;

import java.io.IOException;
import java.nio.file.Path;

/**
 * A process of its own that starts the PostgreSQL in the directory it is given, says where it is,
 * and waits.
 */
final class OwnerProcess {

    private OwnerProcess() {}

    public static void main(String[] args) throws IOException {
        EmbeddedPostgres server = EmbeddedPostgres.start(Path.of(args[0]));
        System.out.println(server.jdbcUrl());
        System.in.read();
        server.close();
    }
}
