package io.understudy.counterpart.tds;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;

/**
 * A connection over which TLS shakes hands inside of PRELOGIN messages, as TDS 7 has it; once that
 * is {@link #finished} TLS has the connection to itself.
 */
final class HandshakeSocket extends Socket {

    private final Socket plain;
    private final InputStream in;
    private final OutputStream out;
    private final ByteArrayOutputStream pending = new ByteArrayOutputStream();
    private InputStream received = new ByteArrayInputStream(new byte[0]);
    private boolean shaking = true;

    HandshakeSocket(Socket plain) throws IOException {
        this.plain = plain;
        this.in = plain.getInputStream();
        this.out = plain.getOutputStream();
    }

    void finished() throws IOException {
        send();
        shaking = false;
    }

    private void send() throws IOException {
        if (pending.size() > 0) {
            TdsChannel.write(out, TdsChannel.PRELOGIN, pending.toByteArray());
            pending.reset();
        }
    }

    private void receive() throws IOException {
        send();
        if (received.available() == 0) {
            TdsChannel.Message message = new TdsChannel(new DataInputStream(in), out).read();
            received = new ByteArrayInputStream(message.body());
        }
    }

    @Override
    public InputStream getInputStream() {
        return new InputStream() {
            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
            }

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                if (!shaking) {
                    return in.read(bytes, offset, length);
                }
                receive();
                return received.read(bytes, offset, length);
            }
        };
    }

    @Override
    public OutputStream getOutputStream() {
        return new OutputStream() {
            @Override
            public void write(int value) throws IOException {
                write(new byte[] {(byte) value}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                if (shaking) {
                    pending.write(bytes, offset, length);
                } else {
                    out.write(bytes, offset, length);
                }
            }

            @Override
            public void flush() throws IOException {
                if (!shaking) {
                    out.flush();
                }
            }
        };
    }

    @Override
    public boolean isConnected() {
        return true;
    }

    @Override
    public synchronized void close() throws IOException {
        plain.close();
    }

    @Override
    public synchronized void setSoTimeout(int millis) throws java.net.SocketException {
        plain.setSoTimeout(millis);
    }

    @Override
    public synchronized int getSoTimeout() throws java.net.SocketException {
        return plain.getSoTimeout();
    }
}
