package io.understudy.counterpart;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.understudy.counterpart.WinRmMessages.Request;
import io.understudy.testing.TestCertificates;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.xml.sax.SAXException;

/**
 * WS-Management over HTTPS on the loopback address, with the shell of Windows Remote Management:
 * any client may create shells and run commands in them, behind which stands a {@link PowerShell}.
 * Each operation can be made to go wrong.
 */
public final class WinRmServer implements AutoCloseable {

    /** How an operation goes wrong. */
    public enum Fault {
        /** The connection ends without an answer, before anything is done. */
        DROP,
        /** It is done, and the connection ends without an answer. */
        DROP_AFTERWARDS,
        /** No answer ever comes. */
        HANG,
        /** Nobody is let in. */
        DENY,
        /** Nobody is let in, and nothing is said of how to be. */
        BARE_DENY,
        /** 200 and something that is no XML. */
        GARBAGE,
        /** 500 without a body. */
        EMPTY,
        /** A SOAP fault: access is denied. */
        ACCESS_DENIED,
        /** The answer comes byte by byte. */
        DRIP
    }

    private final HttpsServer http;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final WinRmGate gate;
    private final WinRmShells shells;
    private final Map<String, Fault> faults = new ConcurrentHashMap<>();
    private final CountDownLatch closed = new CountDownLatch(1);

    /**
     * A server that is up when this returns.
     *
     * @param pieceLimit how many bytes of output one answer carries at most
     */
    public WinRmServer(
            TestCertificates identity,
            String user,
            String password,
            int pieceLimit,
            PowerShell shell)
            throws IOException, GeneralSecurityException {
        gate = new WinRmGate(user, password);
        shells = new WinRmShells(shell, pieceLimit);
        http = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.setHttpsConfigurator(new HttpsConfigurator(identity.context()));
        http.setExecutor(threads);
        http.createContext("/wsman", this::handle);
        http.start();
    }

    public int port() {
        return http.getAddress().getPort();
    }

    /** From now on an operation goes wrong: Create, Command, Receive, Send, Signal or Delete. */
    public void fail(String operation, Fault fault) {
        faults.put(operation, fault);
    }

    /** From now on tickets are taken, too. */
    public void take(KerberosAcceptor acceptor) {
        gate.take(acceptor);
    }

    /** Every command that was ever started, in order. */
    public List<String> commandLines() {
        return shells.commandLines();
    }

    /** How many shells there are. */
    public int openShells() {
        return shells.open();
    }

    /** By what somebody was let in so far: NTLM, Basic. */
    public Set<String> letInBy() {
        return gate.used();
    }

    /** How often a wrong password was offered. */
    public int wrongPasswords() {
        return gate.wrong();
    }

    private void handle(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        try {
            if (gate.admits(exchange)) {
                admitted(exchange, body);
            } else {
                exchange.sendResponseHeaders(401, -1);
            }
        } catch (GeneralSecurityException | RuntimeException e) {
            exchange.sendResponseHeaders(400, -1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            exchange.close();
        }
    }

    private void admitted(HttpExchange exchange, byte[] body)
            throws IOException, InterruptedException {
        Request request;
        try {
            request = Request.read(body);
        } catch (SAXException e) {
            say(exchange, WinRmShells.Answer.fault(WinRmMessages.fault("", "s:Sender", "0", "")));
            return;
        }
        Fault fault = faults.get(request.operation());
        if (fault == null) {
            say(exchange, shells.answer(request));
        } else {
            fail(exchange, request, fault);
        }
    }

    private void fail(HttpExchange exchange, Request request, Fault fault)
            throws IOException, InterruptedException {
        switch (fault) {
            case DROP -> {}
            case DROP_AFTERWARDS -> shells.answer(request);
            case HANG -> closed.await();
            case DENY -> {
                WinRmGate.refuse(exchange);
                exchange.sendResponseHeaders(401, -1);
            }
            case BARE_DENY -> exchange.sendResponseHeaders(401, -1);
            case GARBAGE -> say(exchange, WinRmShells.Answer.of("\u0000garbage <"));
            case EMPTY -> say(exchange, new WinRmShells.Answer(500, Optional.empty()));
            case ACCESS_DENIED ->
                    say(
                            exchange,
                            WinRmShells.Answer.fault(
                                    WinRmMessages.fault(
                                            request.id(),
                                            "w:AccessDenied",
                                            "5",
                                            "Access is denied.")));
            case DRIP -> drip(exchange, shells.answer(request));
        }
    }

    private static void say(HttpExchange exchange, WinRmShells.Answer answer) throws IOException {
        if (answer.body().isEmpty()) {
            exchange.sendResponseHeaders(answer.status(), -1);
            return;
        }
        byte[] bytes = answer.body().get().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/soap+xml;charset=UTF-8");
        exchange.sendResponseHeaders(answer.status(), bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private static void drip(HttpExchange exchange, WinRmShells.Answer answer) throws IOException {
        byte[] bytes = answer.body().orElse("").getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/soap+xml;charset=UTF-8");
        exchange.sendResponseHeaders(answer.status(), bytes.length);
        OutputStream out = exchange.getResponseBody();
        for (byte one : bytes) {
            out.write(one);
            out.flush();
        }
    }

    /** Every connection ends, and with it whoever waits. */
    @Override
    public void close() {
        closed.countDown();
        http.stop(0);
        threads.shutdownNow();
    }
}
