package io.understudy.counterpart;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Who is let in: NTLM or a ticket, which prove a connection, or Basic, which proves a request. */
final class WinRmGate {

    private final String user;
    private final String password;
    private volatile @Nullable KerberosAcceptor kerberos;
    private final Map<Object, NtlmServer> dialogues = new ConcurrentHashMap<>();
    private final Set<Object> proven = ConcurrentHashMap.newKeySet();
    private final Set<String> used = new CopyOnWriteArraySet<>();
    private final AtomicInteger wrong = new AtomicInteger();

    WinRmGate(String user, String password) {
        this.user = user;
        this.password = password;
    }

    /** From now on tickets are taken, too. */
    void take(KerberosAcceptor acceptor) {
        kerberos = acceptor;
    }

    /** By what somebody was let in so far: NTLM, Basic. */
    Set<String> used() {
        return Set.copyOf(used);
    }

    /** How often a wrong password was offered. */
    int wrong() {
        return wrong.get();
    }

    /** Whether this request may pass; if not, the answer's headers say what is to be done. */
    boolean admits(HttpExchange exchange) throws GeneralSecurityException {
        String told = exchange.getRequestHeaders().getFirst("Authorization");
        Object connection = exchange.getRemoteAddress();
        if (told == null) {
            return proven.contains(connection) || refuse(exchange);
        }
        String scheme = told.substring(0, Math.max(0, told.indexOf(' ')));
        String rest = told.substring(scheme.length()).trim();
        if (scheme.equals("Basic")) {
            return rest.equals(basic()) ? let("Basic") : refuse(exchange);
        }
        byte[] token = Base64.getDecoder().decode(rest);
        if (NtlmServer.is(token, 1)) {
            proven.remove(connection);
            NtlmServer dialogue = new NtlmServer(user, password);
            dialogues.put(connection, dialogue);
            byte[] challenge = dialogue.challenge(token, System.currentTimeMillis());
            exchange.getResponseHeaders()
                    .add(
                            "WWW-Authenticate",
                            scheme + " " + Base64.getEncoder().encodeToString(challenge));
            return false;
        }
        NtlmServer dialogue = dialogues.remove(connection);
        if (NtlmServer.is(token, 3) && dialogue != null && dialogue.proves(token)) {
            proven.add(connection);
            return let("NTLM");
        }
        KerberosAcceptor acceptor = kerberos;
        if (acceptor != null && acceptor.accepts(token)) {
            proven.add(connection);
            return let("Kerberos");
        }
        wrong.incrementAndGet();
        return refuse(exchange);
    }

    private boolean let(String by) {
        used.add(by);
        return true;
    }

    /** As Windows says it. */
    static boolean refuse(HttpExchange exchange) {
        Headers headers = exchange.getResponseHeaders();
        headers.add("WWW-Authenticate", "Negotiate");
        headers.add("WWW-Authenticate", "Kerberos");
        headers.add("WWW-Authenticate", "Basic realm=\"WSMAN\"");
        return false;
    }

    private String basic() {
        return Base64.getEncoder()
                .encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }
}
