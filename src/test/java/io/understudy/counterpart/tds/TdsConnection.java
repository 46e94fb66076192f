package io.understudy.counterpart.tds;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.PushbackInputStream;
import java.net.Socket;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/** One client's connection, from PRELOGIN to its end. */
final class TdsConnection {

    private static final int TLS_HANDSHAKE = 0x16;
    private static final Pattern USE =
            Pattern.compile("^\\s*use\\s+\\[?(\\w+)", Pattern.CASE_INSENSITIVE);

    private final TdsServer server;
    private final Socket socket;
    private final Map<Integer, String> prepared = new HashMap<>();
    private TdsChannel channel;
    private boolean strict;
    private String database = "master";
    private Thread worker = Thread.ofVirtual().unstarted(() -> {});

    TdsConnection(TdsServer server, Socket socket) throws IOException {
        this.server = server;
        this.socket = socket;
        PushbackInputStream in = new PushbackInputStream(socket.getInputStream());
        int first = in.read();
        in.unread(Math.max(0, first));
        strict = first == TLS_HANDSHAKE && server.tls().isPresent();
        channel =
                strict ? over(encrypted(socket, in)) : new TdsChannel(in, socket.getOutputStream());
    }

    private static TdsChannel over(Socket secured) throws IOException {
        return new TdsChannel(secured.getInputStream(), secured.getOutputStream());
    }

    /** TDS 8: TLS from the first byte on. */
    private SSLSocket encrypted(Socket plain, PushbackInputStream in) throws IOException {
        SSLSocketFactory factory = server.tls().orElseThrow().getSocketFactory();
        byte[] seen = in.readNBytes(1);
        SSLSocket secured =
                (SSLSocket) factory.createSocket(plain, new ByteArrayInputStream(seen), true);
        SSLParameters parameters = secured.getSSLParameters();
        parameters.setApplicationProtocols(new String[] {"tds/8.0"});
        secured.setSSLParameters(parameters);
        secured.startHandshake();
        return secured;
    }

    /** TDS 7: TLS shakes hands inside of PRELOGIN messages. */
    private void encrypt() throws IOException {
        HandshakeSocket shaking = new HandshakeSocket(socket);
        SSLSocket secured =
                (SSLSocket)
                        server.tls()
                                .orElseThrow()
                                .getSocketFactory()
                                .createSocket(shaking, null, true);
        // 1.3 would send tickets when the client has stopped to look into PRELOGIN messages
        secured.setEnabledProtocols(new String[] {"TLSv1.2"});
        secured.startHandshake();
        shaking.finished();
        channel = over(secured);
    }

    void serve() throws IOException, InterruptedException {
        try {
            while (true) {
                TdsChannel.Message message = channel.read();
                server.sleep().awaitEnd();
                if (!handle(message)) {
                    return;
                }
            }
        } catch (EOFException e) {
            server.heard("end");
        } finally {
            worker.interrupt();
        }
    }

    private boolean handle(TdsChannel.Message message) throws IOException, InterruptedException {
        switch (message.type()) {
            case TdsChannel.PRELOGIN -> prelogin(message.body());
            case TdsChannel.LOGIN -> {
                return login(TdsLogin.of(message.body()));
            }
            case TdsChannel.BATCH -> {
                String sql = TdsCall.batch(message.body());
                server.heard("batch " + sql.strip());
                work(() -> batch(sql));
            }
            case TdsChannel.RPC -> {
                TdsCall call = TdsCall.of(message.body());
                server.heard("call " + call.procedure() + " " + call.parameters());
                work(() -> call(call));
            }
            case TdsChannel.ATTENTION -> attention();
            default -> throw new IOException("message of type " + message.type());
        }
        return true;
    }

    private void prelogin(byte[] body) throws IOException {
        if (server.tls().isEmpty() || strict) {
            channel.answer(TdsTokens.prelogin(strict ? 1 : 2));
            return;
        }
        // on where the client asks for it, else it must
        channel.answer(TdsTokens.prelogin(TdsLogin.encryption(body) == 1 ? 1 : 3));
        encrypt();
    }

    private boolean login(TdsLogin login) throws IOException {
        server.heard(
                "login %s database=%s application=%s version=%x"
                        .formatted(
                                login.user(),
                                login.database(),
                                login.application(),
                                login.version()));
        if (!server.admits(login)) {
            String text = "Login failed for user '" + login.user() + "'.";
            channel.answer(TdsTokens.turnedAway(new SqlAnswer.Message(18456, 14, text)));
            return false;
        }
        if (!login.database().isEmpty()) {
            database = login.database();
        }
        channel.answer(TdsTokens.admitted(login, strict));
        return true;
    }

    /** Works beside the reader, which must hear when the client cancels. */
    private void work(Work work) throws InterruptedException {
        worker.join();
        worker =
                Thread.ofVirtual()
                        .start(() -> {
                            try {
                                work.run();
                            } catch (IOException e) {
                                server.heard("lost " + e);
                            } catch (InterruptedException e) {
                                server.heard("cancelled");
                            } catch (RuntimeException e) {
                                server.heard("failed " + e);
                                TdsServer.reset(socket);
                            }
                        });
    }

    private void attention() throws IOException, InterruptedException {
        server.heard("attention");
        boolean busy = worker.isAlive();
        worker.interrupt();
        worker.join();
        server.sleep().awaitEnd();
        if (busy) {
            // the statement's own answer ends first, then comes what was asked for
            channel.answer(TdsTokens.brokenOff());
        }
        channel.answer(TdsTokens.cancelled());
    }

    private SqlAnswer execute(String sql, List<Object> parameters) throws InterruptedException {
        SqlAnswer answer =
                server.backend()
                        .execute(
                                new SqlBackend.Request(
                                        server.instance(), database, sql, parameters));
        server.sleep().awaitEnd();
        return answer;
    }

    private void batch(String sql) throws IOException, InterruptedException {
        SqlAnswer answer = execute(sql, List.of());
        Matcher use = USE.matcher(sql);
        if (use.find()) {
            database = use.group(1);
        }
        say(answer, TdsTokens::answer);
    }

    private void call(TdsCall call) throws IOException, InterruptedException {
        SqlAnswer answer = SqlAnswer.done();
        if (call.statement(prepared).isPresent()) {
            answer = execute(call.statement(prepared).get(), call.values());
        }
        Integer handle = call.prepares() ? prepared.size() + 1 : null;
        if (handle != null) {
            prepared.put(handle, call.toPrepare());
        }
        say(answer, a -> TdsTokens.procedure(a, handle));
    }

    private void say(SqlAnswer answer, Function<SqlAnswer, byte[]> tokens)
            throws IOException, InterruptedException {
        switch (answer) {
            case SqlAnswer.Broken _ -> TdsServer.reset(socket);
            case SqlAnswer.Cut cut -> {
                byte[] whole = tokens.apply(cut.whole());
                channel.part(Arrays.copyOf(whole, whole.length / 2));
                socket.close();
            }
            case SqlAnswer.Dripped dripped -> {
                for (SqlAnswer.Message message : dripped.messages()) {
                    channel.part(TdsTokens.message(message));
                    Thread.sleep(dripped.pause());
                }
                channel.answer(tokens.apply(SqlAnswer.done()));
            }
            case SqlAnswer.Rows _, SqlAnswer.Done _, SqlAnswer.Informed _, SqlAnswer.Failed _ ->
                    channel.answer(tokens.apply(answer));
        }
    }

    private interface Work {
        void run() throws IOException, InterruptedException;
    }
}
