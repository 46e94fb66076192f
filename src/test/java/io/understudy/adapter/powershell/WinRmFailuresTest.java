package io.understudy.adapter.powershell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.understudy.adapter.powershell.Transport.Ended.Exited;
import io.understudy.adapter.powershell.Transport.Ended.Lost;
import io.understudy.adapter.powershell.Transport.Ended.NotStarted;
import io.understudy.adapter.powershell.Transport.Ended.NotStarted.Reason;
import io.understudy.adapter.spi.ManagementServer;
import io.understudy.adapter.spi.Secrets;
import io.understudy.counterpart.WinRmServer.Fault;
import io.understudy.testing.TestCertificates;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What goes wrong, and what it is told as: certainly not started, or lost. */
@Timeout(60)
class WinRmFailuresTest extends WinRmFixture {

    @Test
    void aWrongPasswordIsOfferedOnce() throws Exception {
        start((line, environment, in, out, err) -> 0);
        Transport transport = new WinRmTransport(settings(), reference -> "wrong");
        assertNotStarted(
                Reason.NOT_PERMITTED, transport.run(at("localhost"), INPUT, LIMIT, lines::add));
        assertEquals(Set.of(), server.letInBy());
        assertEquals(1, server.wrongPasswords());
    }

    @Test
    void anUntrustedCertificateEndsItBeforeAnyPassword() throws Exception {
        start((line, environment, in, out, err) -> 0);
        Path other =
                TestCertificates.make(directory, "dns:localhost")
                        .pem(directory.resolve("other.pem"));
        assertNotStarted(
                Reason.UNTRUSTED,
                transport(settings(Optional.of(other)))
                        .run(at("localhost"), INPUT, LIMIT, lines::add));
        assertNotStarted(
                Reason.UNTRUSTED,
                transport(settings(Optional.empty()))
                        .run(at("localhost"), INPUT, LIMIT, lines::add));
        assertEquals(Set.of(), server.letInBy());
    }

    @Test
    void aCertificateOfAnotherNameIsNotTrusted() throws Exception {
        TestCertificates elsewhere = TestCertificates.make(directory, "dns:elsewhere.example");
        server = server(elsewhere, PIECE, (line, environment, in, out, err) -> 0);
        Path file = elsewhere.pem(directory.resolve("elsewhere.pem"));
        assertNotStarted(
                Reason.UNTRUSTED,
                transport(settings(Optional.of(file)))
                        .run(at("localhost"), INPUT, LIMIT, lines::add));
        assertEquals(Set.of(), server.letInBy());
    }

    @Test
    void whereNobodyListensNothingIsStarted() throws Exception {
        int free;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }
        assertNotStarted(Reason.UNREACHABLE, runAt("localhost", free));
        assertNotStarted(Reason.UNREACHABLE, runAt("no-such-host.invalid", free));
    }

    @Test
    void aServerThatAcceptsAndSaysNothingIsGivenUp() throws Exception {
        try (var silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertNotStarted(Reason.UNREACHABLE, runAt("localhost", silent.getLocalPort()));
        }
    }

    @Test
    void whatIsMissingIsNamed() throws Exception {
        Secrets none =
                reference -> {
                    throw new Secrets.SecretUnavailable(reference + " is not set");
                };
        ManagementServer known = server("localhost", 1);
        assertEquals(
                new NotStarted(Reason.MISCONFIGURED, "env:MGMT is not set"),
                new WinRmTransport(settings(), none).run(known, INPUT, LIMIT, lines::add));
        Path missing = directory.resolve("missing.pem");
        assertNotStarted(
                Reason.MISCONFIGURED,
                transport(settings(Optional.of(missing))).run(known, INPUT, LIMIT, lines::add));
        Path empty = Files.writeString(directory.resolve("empty.pem"), "-----BEGIN NOTHING-----");
        assertNotStarted(
                Reason.MISCONFIGURED,
                transport(settings(Optional.of(empty))).run(known, INPUT, LIMIT, lines::add));
    }

    @ParameterizedTest
    @CsvSource({
        "Create, DROP, UNREACHABLE",
        "Create, DROP_AFTERWARDS, UNREACHABLE",
        "Create, DENY, NOT_PERMITTED",
        "Create, BARE_DENY, NOT_PERMITTED",
        "Create, GARBAGE, UNREACHABLE",
        "Create, EMPTY, UNREACHABLE",
        "Create, ACCESS_DENIED, NOT_PERMITTED",
        "Command, ACCESS_DENIED, NOT_PERMITTED"
    })
    void whatFailsBeforeTheCommandStartedNothing(String operation, Fault fault, Reason reason)
            throws Exception {
        start((line, environment, in, out, err) -> 0);
        server.fail(operation, fault);
        assertNotStarted(reason, run(INPUT, LIMIT));
        assertEquals(List.of(), server.commandLines());
    }

    @ParameterizedTest
    @CsvSource({
        "Command, DROP_AFTERWARDS",
        "Command, GARBAGE",
        "Command, EMPTY",
        "Receive, DROP",
        "Receive, DENY",
        "Receive, BARE_DENY",
        "Receive, GARBAGE",
        "Receive, EMPTY",
        "Receive, ACCESS_DENIED",
        "Receive, HANG"
    })
    void whatFailsAfterTheCommandWasSentIsLostAndNeverSentTwice(String operation, Fault fault)
            throws Exception {
        start((line, environment, in, out, err) -> 0);
        server.fail(operation, fault);
        assertInstanceOf(Lost.class, run(INPUT, LIMIT));
        assertTrue(server.commandLines().size() <= 1);
    }

    @ParameterizedTest
    @CsvSource({"Signal, EMPTY", "Signal, DROP", "Delete, EMPTY", "Delete, DROP"})
    void tidyingUpDoesNotChangeHowItEnded(String operation, Fault fault) throws Exception {
        start((line, environment, in, out, err) -> 5);
        server.fail(operation, fault);
        assertEquals(new Exited(5, ""), run(INPUT, LIMIT));
    }

    @Test
    void afterTheLimitItIsLostAndTheShellIsEnded() throws Exception {
        var ended = new CountDownLatch(1);
        start((line, environment, in, out, err) -> {
            try {
                new CountDownLatch(1).await();
            } finally {
                ended.countDown();
            }
            return 0;
        });
        assertInstanceOf(Lost.class, run(INPUT, Duration.ofSeconds(8)));
        assertEquals(1, server.commandLines().size());
        assertTrue(ended.await(20, TimeUnit.SECONDS));
    }

    @Test
    void afterTheLimitNothingIsStartedAnyMore() throws Exception {
        start((line, environment, in, out, err) -> 0);
        server.fail("Create", Fault.HANG);
        assertNotStarted(Reason.UNREACHABLE, run(INPUT, Duration.ofSeconds(2)));
    }

    @Test
    void anInterruptIsAnsweredAtOnce() throws Exception {
        var running = new CountDownLatch(1);
        start((line, environment, in, out, err) -> {
            running.countDown();
            new CountDownLatch(1).await();
            return 0;
        });
        var task =
                new FutureTask<>(
                        () -> assertThrows(InterruptedException.class, () -> run(INPUT, LIMIT)));
        Thread thread = Thread.ofPlatform().start(task);
        running.await();
        thread.interrupt();
        task.get(1, TimeUnit.SECONDS);
        assertFalse(thread.isInterrupted());
    }
}
