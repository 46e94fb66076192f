package io.understudy.adapter.powershell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.understudy.adapter.spi.Progress;
import io.understudy.adapter.spi.Rehearsal;
import io.understudy.adapter.spi.StepCall;
import io.understudy.adapter.spi.StepExecutor.Presence;
import io.understudy.adapter.spi.StepOutcome;
import io.understudy.runbook.Action;
import io.understudy.runbook.Operation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The scripts in a real PowerShell, on PATH or named by the environment variable PWSH, with a
 * module whose cmdlets have the documented parameters and do nothing but write them down.
 */
@Timeout(300)
class RealPowerShellTest {

    private static final Set<Operation> STUBBED =
            Set.of(
                    Operation.SWITCH_PRINCIPAL,
                    Operation.RECOVER_QUORUM,
                    Operation.MOVE_CENTRAL_MANAGEMENT,
                    Operation.REPLICATE_CONFIGURATION,
                    Operation.START_SERVICES,
                    Operation.CHANGE_NEXT_HOP,
                    Operation.FAIL_OVER_POOL,
                    Operation.SYNC_BACKUP);

    @TempDir private Path directory;
    private Path log;
    private PowerShellExecutor executor;

    private static Optional<Path> pwsh() {
        Stream<String> named = Stream.ofNullable(System.getenv("PWSH"));
        Stream<String> onPath =
                Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
                        .map(place -> place + "/pwsh");
        return Stream.concat(named, onPath).map(Path::of).filter(Files::isExecutable).findFirst();
    }

    @BeforeEach
    void start() throws IOException {
        assumeTrue(pwsh().isPresent(), "there is no pwsh: install it or name it in PWSH");
        log = directory.resolve("cmdlets");
        Path program = directory.resolve("shell");
        Files.writeString(
                program,
                """
                #!/bin/sh
                HOME=%s PSModulePath=%s UNDERSTUDY_STUB_LOG=%s exec %s "$@"
                """
                        .formatted(
                                directory,
                                Path.of("src/test/powershell/modules").toAbsolutePath(),
                                log,
                                pwsh().orElseThrow()));
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        PowerShellSettings settings = ShellBench.quick(PowerShellSettings.of(program.toString()));
        executor =
                new ManagementShell(
                                OrdersTest::estate,
                                settings,
                                WinRmSettings.DEFAULT,
                                reference -> reference,
                                Clock.systemUTC(),
                                ShellBench::pass)
                        .executor();
    }

    static Stream<Action> stubbed() {
        return OrdersTest.actions()
                .filter(action -> STUBBED.contains(Operation.of(action).orElseThrow()));
    }

    private static StepCall call(Action action, int attempt, long token) {
        return new StepCall(
                "run-1", 2, attempt, token, action, Optional.empty(), Duration.ofMinutes(2));
    }

    @ParameterizedTest
    @MethodSource("stubbed")
    void everyCmdletTakesWhatItsScriptGivesItAndActsOnce(Action action) throws IOException {
        Rehearsal rehearsal = executor.rehearse(call(action, 1, 1));
        assertTrue(!Files.exists(log), rehearsal.toString());
        StepOutcome first = executor.act(call(action, 1, 1), Progress.UNHEARD);
        assertInstanceOf(StepOutcome.Done.class, first, first.toString());
        int calls = Files.readAllLines(log).size();
        StepOutcome again = executor.act(call(action, 1, 1), Progress.UNHEARD);
        assertInstanceOf(StepOutcome.Done.class, again, again.toString());
        assertEquals(calls, Files.readAllLines(log).size());
        assertEquals(Presence.DONE, executor.check(call(action, 1, 1)));
    }

    @Test
    void anOlderTokenIsRefusedByTheManagementServerItself() {
        Action action = stubbed().findFirst().orElseThrow();
        executor.act(call(action, 1, 7), Progress.UNHEARD);
        StepOutcome stale = executor.act(call(action, 2, 6), Progress.UNHEARD);
        assertInstanceOf(StepOutcome.Refused.class, stale, stale.toString());
    }

    @Test
    void whatACmdletSaysIsHeard() {
        List<String> said = new java.util.ArrayList<>();
        Action action =
                stubbed().filter(Action.FailOverPool.class::isInstance).findFirst().orElseThrow();
        executor.act(call(action, 1, 1), said::add);
        assertTrue(said.stream().anyMatch(line -> line.contains("Failing over")), said.toString());
    }
}
