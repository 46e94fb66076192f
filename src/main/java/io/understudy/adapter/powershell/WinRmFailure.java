package io.understudy.adapter.powershell;

import io.understudy.adapter.powershell.Transport.Ended;
import io.understudy.adapter.powershell.Transport.Ended.Lost;
import io.understudy.adapter.powershell.Transport.Ended.NotStarted;
import io.understudy.adapter.powershell.Transport.Ended.NotStarted.Reason;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.net.ssl.SSLException;
import javax.security.auth.login.LoginException;
import javax.xml.ws.soap.SOAPFaultException;
import org.apache.cxf.transport.http.HTTPException;
import org.ietf.jgss.GSSException;

/** What a failure of the client library means. */
final class WinRmFailure {

    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final String FAULT = "http://schemas.microsoft.com/wbem/wsman/1/wsmanfault";
    private static final int MOST_TEXT = 1_000;

    private WinRmFailure() {}

    /** Of a failure before any command was sent. */
    static NotStarted beforeCommand(Throwable failure) {
        return new NotStarted(reason(failure), text(failure));
    }

    /** Of a failure of the request that carries the command. */
    static Ended ofCommand(Throwable failure) {
        List<Throwable> causes = causes(failure);
        // a fault is the server's own word that it did not take the command
        boolean refused = causes.stream().anyMatch(WinRmFailure::saidByServer);
        boolean unsent = causes.stream().anyMatch(ConnectException.class::isInstance);
        return refused || unsent ? beforeCommand(failure) : new Lost(text(failure));
    }

    /** The client library makes a fault of what it cannot read, too; such a one has no detail. */
    private static boolean saidByServer(Throwable cause) {
        return cause instanceof SOAPFaultException fault
                && fault.getFault() != null
                && fault.getFault().getDetail() != null
                && fault.getFault()
                                .getDetail()
                                .getElementsByTagNameNS(FAULT, "WSManFault")
                                .getLength()
                        > 0;
    }

    /** The failure in the words of those who met it first. */
    static String text(Throwable failure) {
        List<Throwable> causes = causes(failure);
        String first = causes.getLast().toString();
        if (causes.size() > 1 && causes.getLast().getMessage() == null) {
            first = causes.get(causes.size() - 2).getMessage() + ": " + first;
        }
        return first.length() > MOST_TEXT ? first.substring(0, MOST_TEXT) + "…" : first;
    }

    private static Reason reason(Throwable failure) {
        List<Throwable> causes = causes(failure);
        if (causes.stream().anyMatch(WinRmFailure::untrusted)) {
            return Reason.UNTRUSTED;
        }
        return causes.stream().anyMatch(WinRmFailure::notLetIn)
                ? Reason.NOT_PERMITTED
                : Reason.UNREACHABLE;
    }

    private static boolean untrusted(Throwable cause) {
        return cause instanceof CertificateException
                || cause instanceof SSLException
                || said(cause).contains("could not verify host");
    }

    private static boolean notLetIn(Throwable cause) {
        return switch (cause) {
            case HTTPException http ->
                    http.getResponseCode() == UNAUTHORIZED || http.getResponseCode() == FORBIDDEN;
            case LoginException login -> !unreachable(login);
            case GSSException gss -> true;
            case SOAPFaultException fault -> said(fault).contains("access is denied");
            case Throwable other ->
                    said(other).contains("invalid credentials")
                            || said(other).contains("authorization loop");
        };
    }

    /** Whether the ticket could not be got because nobody who gives them was reached. */
    private static boolean unreachable(LoginException login) {
        return causes(login).stream()
                .anyMatch(cause ->
                        cause instanceof ConnectException || cause instanceof UnknownHostException);
    }

    private static String said(Throwable cause) {
        return String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
    }

    private static List<Throwable> causes(Throwable failure) {
        List<Throwable> all = new ArrayList<>();
        for (Throwable t = failure; t != null && !all.contains(t); t = t.getCause()) {
            all.add(t);
        }
        return all;
    }
}
