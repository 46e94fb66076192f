package io.understudy.counterpart.tds;

import io.understudy.estate.SqlInstance;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;

/** One SQL Server instance, as far as the protocol goes. */
public final class TdsServer implements AutoCloseable {

    private final SqlInstance instance;
    private final ServerSocket listener = new ServerSocket();
    private final SqlBackend backend;
    private final Optional<SSLContext> tls;
    private final Map<String, String> logins = new ConcurrentHashMap<>();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final List<String> log = new CopyOnWriteArrayList<>();
    private final Sleep sleep = new Sleep();

    /**
     * Listens on a free port.
     *
     * @param address an address of this machine, 127.0.0.2 for instance
     * @param tls empty for a server that cannot encrypt
     */
    public TdsServer(
            SqlInstance instance, String address, SqlBackend backend, Optional<SSLContext> tls)
            throws IOException {
        this.instance = instance;
        this.backend = backend;
        this.tls = tls;
        listener.bind(new InetSocketAddress(address, 0));
        Thread.ofVirtual().start(this::accept);
    }

    /** Lets this user in. */
    public TdsServer login(String user, String password) {
        logins.put(user, password);
        return this;
    }

    public SqlInstance instance() {
        return instance;
    }

    public String address() {
        return listener.getInetAddress().getHostAddress();
    }

    public int port() {
        return listener.getLocalPort();
    }

    /** What clients have sent, in order: {@code login …}, {@code batch …}, {@code call …}. */
    public List<String> log() {
        return List.copyOf(log);
    }

    /** From now on nothing is answered; connections stand. */
    public void hang() {
        sleep.begin();
    }

    public void wake() {
        sleep.end();
    }

    /** Every connection is reset; new ones are welcome. */
    public void reset() {
        open.forEach(TdsServer::reset);
    }

    /** As if the process were killed: connections are reset, and new ones refused. */
    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        reset();
        sleep.end();
    }

    static void reset(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException e) {
            // it is closed already
        }
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = listener.accept();
                open.add(socket);
                Thread.ofVirtual().start(() -> serve(socket));
            }
        } catch (SocketException e) {
            log.add("closed");
        } catch (IOException e) {
            log.add("accept: " + e);
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            if (backend.up(instance)) {
                socket.setTcpNoDelay(true);
                new TdsConnection(this, socket).serve();
            } else {
                reset(socket);
            }
        } catch (IOException e) {
            log.add("lost " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            open.remove(socket);
        }
    }

    SqlBackend backend() {
        return backend;
    }

    Optional<SSLContext> tls() {
        return tls;
    }

    boolean admits(TdsLogin login) {
        return login.password().equals(logins.get(login.user()));
    }

    void heard(String line) {
        log.add(line);
    }

    Sleep sleep() {
        return sleep;
    }

    /** What a server does that hangs. */
    static final class Sleep {
        private boolean asleep;

        synchronized void begin() {
            asleep = true;
        }

        synchronized void end() {
            asleep = false;
            notifyAll();
        }

        synchronized void awaitEnd() throws InterruptedException {
            while (asleep) {
                wait();
            }
        }
    }
}
