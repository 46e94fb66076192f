package io.understudy.adapter.powershell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.understudy.adapter.spi.ManagementServer;
import io.understudy.adapter.spi.Progress;
import io.understudy.adapter.spi.Secrets;
import io.understudy.adapter.spi.StepExecutor.Presence;
import io.understudy.adapter.spi.StepOutcome;
import io.understudy.counterpart.OpenSshServer;
import io.understudy.estate.SiteName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class SshTransportTest {

    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir private static Path keys;
    private static OpenSshServer sshd;

    @TempDir private Path directory;
    private Optional<ShellBench> open = Optional.empty();

    @BeforeAll
    static void startServer() throws IOException {
        assumeTrue(OpenSshServer.installed(), "there is no /usr/sbin/sshd: install openssh-server");
        sshd = new OpenSshServer(keys);
    }

    @AfterAll
    static void stopServer() {
        if (sshd != null) {
            sshd.close();
        }
    }

    @AfterEach
    void close() throws IOException {
        if (open.isPresent()) {
            open.get().close();
        }
    }

    static ManagementServer server(OpenSshServer sshd) throws IOException {
        return server(sshd, sshd.hostKey());
    }

    private static ManagementServer server(OpenSshServer sshd, String... hostKeys) {
        return new ManagementServer(
                "mgmt2",
                new SiteName("dublin"),
                ManagementServer.Transport.SSH,
                "127.0.0.1",
                Optional.of(sshd.port()),
                Optional.of(OpenSshServer.user()),
                Optional.of("file:mgmt2"),
                List.of(hostKeys));
    }

    private ShellBench bench(ManagementServer server, Secrets secrets) throws IOException {
        ShellBench bench = new ShellBench(directory, Optional.of(server), secrets);
        open = Optional.of(bench);
        return bench;
    }

    private ShellBench usual() throws IOException {
        String key = sshd.clientKey();
        return bench(server(sshd), _ -> key);
    }

    @Test
    void aServerThatShowsAnotherHostKeyIsToldNothing() throws IOException {
        String key = sshd.clientKey();
        String other = Files.readString(keys.resolve("client.pub")).strip();
        ShellBench bench = bench(server(sshd, other), _ -> key);
        StepOutcome.Refused outcome =
                assertInstanceOf(StepOutcome.Refused.class, bench.act(ShellBench.FAIL_OVER));
        assertTrue(outcome.message().contains("host key"), outcome.message());
        assertEquals(0, bench.orders());
    }

    @Test
    void aServerWhoseKeyNobodyKnowsIsToldNothing() throws IOException {
        String key = sshd.clientKey();
        ShellBench bench = bench(server(sshd, new String[0]), _ -> key);
        StepOutcome.Refused outcome =
                assertInstanceOf(StepOutcome.Refused.class, bench.act(ShellBench.FAIL_OVER));
        assertTrue(outcome.message().contains("host key"), outcome.message());
        assertEquals(0, bench.orders());
    }

    @Test
    void aClientKeyThatTheServerDoesNotKnowIsNotPermitted() throws IOException {
        Path stranger = Files.createDirectories(directory.resolve("stranger"));
        String key = Files.readString(keyIn(stranger));
        ShellBench bench = bench(server(sshd), _ -> key);
        StepOutcome.Refused outcome =
                assertInstanceOf(StepOutcome.Refused.class, bench.act(ShellBench.FAIL_OVER));
        assertTrue(outcome.message().contains("does not let in"), outcome.message());
        assertEquals(Presence.CANNOT_TELL, check(bench));
    }

    private static Path keyIn(Path directory) throws IOException {
        Path file = directory.resolve("key");
        try {
            Process made =
                    new ProcessBuilder(
                                    "ssh-keygen",
                                    "-q",
                                    "-t",
                                    "ed25519",
                                    "-N",
                                    "",
                                    "-f",
                                    file.toString())
                            .start();
            assertEquals(0, made.waitFor());
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
        return file;
    }

    private static Presence check(ShellBench bench) {
        return bench.executor().check(bench.call(ShellBench.FAIL_OVER, 1, 1, LONG));
    }

    @Test
    void aSecretThatCannotBeHadIsFatalAndNamed() throws IOException {
        ShellBench bench =
                bench(
                        server(sshd),
                        reference -> {
                            throw new Secrets.SecretUnavailable(reference + " is not there");
                        });
        StepOutcome outcome = bench.act(ShellBench.FAIL_OVER);
        assertInstanceOf(StepOutcome.Fatal.class, outcome);
        assertTrue(outcome.message().contains("file:mgmt2"), outcome.message());
    }

    @Test
    void anUnreadableKeyIsNotQuoted() throws IOException {
        ShellBench bench = bench(server(sshd), _ -> "-----BEGIN SECRET STUFF-----\nhunter2\n");
        StepOutcome outcome = bench.act(ShellBench.FAIL_OVER);
        assertInstanceOf(StepOutcome.Fatal.class, outcome);
        assertTrue(!outcome.toString().contains("hunter2"), outcome.message());
    }

    @Test
    void aConnectionLostInTheMiddleOfAPoolFailoverLeavesOneInvocationAndEndsWell()
            throws Exception {
        ShellBench bench = usual();
        bench.shell.hold();
        CountDownLatch begun = new CountDownLatch(1);
        CompletableFuture<StepOutcome> outcome =
                CompletableFuture.supplyAsync(() ->
                        bench.executor()
                                .act(
                                        bench.call(ShellBench.FAIL_OVER, 1, 1, LONG),
                                        _ -> begun.countDown()));
        assertTrue(begun.await(30, TimeUnit.SECONDS), "the cmdlet begins");
        sshd.breakSessions();
        assertEquals(Presence.UNDER_WAY, check(bench));
        bench.shell.release();
        StepOutcome ended = outcome.get(60, TimeUnit.SECONDS);
        assertInstanceOf(StepOutcome.Done.class, ended, ended.toString());
        assertEquals(1, bench.shell.invocations().size());
        assertEquals("Invoke-CsPoolFailOver", bench.shell.invocations().getFirst().cmdlet());
        assertTrue(bench.orders() >= 2, "the lost session was opened again");
    }

    @Test
    void whatAnEarlierOwnerBeganIsFoundAgainAndItsSuccessorJoins() throws Exception {
        ShellBench bench = usual();
        bench.shell.hold();
        CountDownLatch begun = new CountDownLatch(1);
        Thread killed =
                Thread.ofPlatform()
                        .start(() ->
                                bench.executor()
                                        .act(
                                                bench.call(ShellBench.FAIL_OVER, 1, 1, LONG),
                                                _ -> begun.countDown()));
        assertTrue(begun.await(30, TimeUnit.SECONDS));
        killed.interrupt();
        killed.join();
        CompletableFuture<StepOutcome> second =
                CompletableFuture.supplyAsync(() ->
                        bench.restarted()
                                .act(
                                        bench.call(ShellBench.FAIL_OVER, 2, 2, LONG),
                                        Progress.UNHEARD));
        while (bench.orders() < 2) {
            Thread.onSpinWait();
        }
        bench.shell.release();
        assertInstanceOf(StepOutcome.Done.class, second.get(60, TimeUnit.SECONDS));
        assertEquals(1, bench.shell.invocations().size());
    }

    @Test
    void nothingThatVariesIsOnTheCommandLine() throws IOException {
        ShellBench bench = usual();
        bench.act(ShellBench.FAIL_OVER);
        String encoded = Scripts.encoded(Scripts.BOOTSTRAP);
        assertEquals(
                List.of(
                        "-NoLogo -NoProfile -NonInteractive -ExecutionPolicy Bypass"
                                + " -EncodedCommand "
                                + encoded),
                bench.program.commandLines());
    }
}
