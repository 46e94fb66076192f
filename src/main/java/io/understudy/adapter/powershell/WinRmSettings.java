package io.understudy.adapter.powershell;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * How PowerShell is reached over WS-Management, and within what bounds. Always HTTPS, and the
 * server's certificate and name are always checked.
 *
 * @param authentication how the user shows who he is; default NTLM
 * @param trustStore whose certificates are trusted: a file of PEM certificates, or a PKCS #12 or
 *     JKS key store; default: those that the JVM trusts. Read anew at each use
 * @param trustStorePassword where the password of such a key store is found, {@code env:NAME} and
 *     so on; none for PEM
 * @param connectTimeout how long until a connection stands; default 10 s
 * @param operationTimeout how long the server may wait for output before it says that there is none
 *     yet, and is asked again; 1 s to 10 min, default 20 s
 * @param answerTimeout how long an answer may be late after that, before the connection counts as
 *     lost; default 30 s
 * @param outputLimit how many bytes of a line of standard output are passed on, the first ones; 1
 *     to 67,108,864, default 4,194,304
 * @param errorLimit how many bytes of standard error are kept, the last ones; 1 to 1,048,576,
 *     default 16,384
 */
public record WinRmSettings(
        Authentication authentication,
        Optional<Path> trustStore,
        Optional<String> trustStorePassword,
        Duration connectTimeout,
        Duration operationTimeout,
        Duration answerTimeout,
        int outputLimit,
        int errorLimit) {

    private static final Duration MOST_WAITING = Duration.ofMinutes(10);
    private static final int MOST_OUTPUT = 1 << 26;
    private static final int MOST_ERROR = 1 << 20;

    /** How the user shows who he is. */
    public enum Authentication {
        /** Name and password by challenge and response, NTLMv2; the password is not sent. */
        NTLM,
        /** A ticket of the domain, got with name and password; needs krb5.conf of the JVM. */
        KERBEROS
    }

    /** Every setting at its default. */
    public static final WinRmSettings DEFAULT =
            new WinRmSettings(
                    Authentication.NTLM,
                    Optional.empty(),
                    Optional.empty(),
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(20),
                    Duration.ofSeconds(30),
                    1 << 22,
                    1 << 14);

    /** Settings that are checked. */
    public WinRmSettings {
        require(connectTimeout.isPositive(), "connectTimeout is more than nothing");
        require(
                operationTimeout.compareTo(Duration.ofSeconds(1)) >= 0
                        && operationTimeout.compareTo(MOST_WAITING) <= 0,
                "operationTimeout is 1 s to 10 min");
        require(answerTimeout.isPositive(), "answerTimeout is more than nothing");
        require(
                outputLimit >= 1 && outputLimit <= MOST_OUTPUT,
                "outputLimit is 1 to " + MOST_OUTPUT + " bytes");
        require(
                errorLimit >= 1 && errorLimit <= MOST_ERROR,
                "errorLimit is 1 to " + MOST_ERROR + " bytes");
    }

    private static void require(boolean holds, String rule) {
        if (!holds) {
            throw new IllegalArgumentException(rule);
        }
    }
}
