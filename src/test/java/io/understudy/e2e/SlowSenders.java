package io.understudy.e2e;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Requests that announce a body and never send it, until closed. */
final class SlowSenders implements AutoCloseable {

    private final List<Socket> sockets = new ArrayList<>();

    /**
     * Begins them.
     *
     * @param bytes what each announces
     */
    SlowSenders(Service service, int count, int bytes) throws IOException {
        URI address = URI.create(service.address());
        for (int i = 0; i < count; i++) {
            Socket socket = new Socket(address.getHost(), address.getPort());
            sockets.add(socket);
            socket.getOutputStream()
                    .write(
                            """
                            POST /api/v1/observations HTTP/1.1\r
                            Host: %s\r
                            Authorization: Bearer %s\r
                            Content-Type: application/json\r
                            Content-Length: %d\r
                            \r
                            """
                                    .formatted(address.getAuthority(), Service.KEY, bytes)
                                    .getBytes(StandardCharsets.US_ASCII));
        }
    }

    @Override
    public void close() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
