package io.understudy.testing;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Phaser;

/**
 * A line to a server on this machine that can be cut, as a network is: who is on it hears nothing
 * any more, not even that it is cut.
 */
public final class CuttableLine implements AutoCloseable {

    private static final int CONNECT_MILLIS = 3_000;

    private final ServerSocket listener;
    private final int target;
    private final Set<Socket> ends = ConcurrentHashMap.newKeySet();

    /** Passed on each mending; who comes upon a cut line waits for it. */
    private final Phaser mended = new Phaser(1);

    private volatile boolean cut;

    private CuttableLine(ServerSocket listener, int target) {
        this.listener = listener;
        this.target = target;
    }

    /** A line to a port of this machine. */
    public static CuttableLine to(int target) {
        try {
            CuttableLine line =
                    new CuttableLine(
                            new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), target);
            Thread.ofVirtual().start(line::accept);
            return line;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The port at this end. */
    public int port() {
        return listener.getLocalPort();
    }

    /** From now on nothing passes; connections stay open. */
    public void cut() {
        cut = true;
    }

    /** New connections pass again; those that were cut off are reset. */
    public void mend() {
        cut = false;
        ends.forEach(CuttableLine::reset);
        mended.arrive();
    }

    @Override
    public void close() {
        cut = false;
        mended.forceTermination();
        reset(listener);
        ends.forEach(CuttableLine::reset);
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket near = listener.accept();
                ends.add(near);
                Thread.ofVirtual().start(() -> connect(near));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void connect(Socket near) {
        try {
            passable();
            Socket far = new Socket();
            ends.add(far);
            far.connect(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), target),
                    CONNECT_MILLIS);
            Thread.ofVirtual().start(() -> pass(far, near));
            pass(near, far);
        } catch (IOException e) {
            end(near);
        }
    }

    private void pass(Socket from, Socket to) {
        byte[] bytes = new byte[16_384];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int n = in.read(bytes); n >= 0; n = in.read(bytes)) {
                passable();
                out.write(bytes, 0, n);
            }
        } catch (IOException e) {
            end(from);
        }
        end(to);
    }

    /** Returns when nothing is cut; what waited is lost then, for its connection is reset. */
    private void passable() {
        while (cut) {
            int phase = mended.getPhase();
            if (cut && phase >= 0) {
                mended.awaitAdvance(phase);
            }
        }
    }

    private void end(Socket socket) {
        ends.remove(socket);
        reset(socket);
    }

    private static void reset(Closeable end) {
        try {
            end.close();
        } catch (IOException e) {
            // it has ended already
            return;
        }
    }
}
