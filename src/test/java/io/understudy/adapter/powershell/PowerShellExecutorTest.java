package io.understudy.adapter.powershell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.understudy.adapter.powershell.Transport.Ended;
import io.understudy.adapter.powershell.Transport.Ended.NotStarted.Reason;
import io.understudy.adapter.spi.ManagementServer;
import io.understudy.adapter.spi.Progress;
import io.understudy.adapter.spi.Rehearsal;
import io.understudy.adapter.spi.StepCall;
import io.understudy.adapter.spi.StepExecutor.Presence;
import io.understudy.adapter.spi.StepOutcome;
import io.understudy.counterpart.StandInPowerShell;
import io.understudy.counterpart.StandInWorld;
import io.understudy.document.Json;
import io.understudy.estate.PoolFqdn;
import io.understudy.runbook.Action;
import io.understudy.runbook.Operation;
import io.understudy.testing.Actions;
import io.understudy.testing.Contoso;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PowerShellExecutorTest {

    private static final String MARK = "#understudy ";
    private static final String HELLO = MARK + "{\"kind\":\"hello\"}";

    private Instant now = Instant.parse("2026-11-27T07:00:00Z");
    private final List<Transport.Input> inputs = new ArrayList<>();
    private final List<Duration> limits = new ArrayList<>();

    /** An executor whose every session writes these lines and ends so. */
    private PowerShellExecutor answering(Ended ended, String... lines) {
        return executor(
                (_, input, limit, line) -> {
                    inputs.add(input);
                    limits.add(limit);
                    List.of(lines).forEach(line);
                    return ended;
                },
                settings(Map.of()));
    }

    private PowerShellExecutor executor(Transport transport, PowerShellSettings settings) {
        return new PowerShellExecutor(
                Contoso.USUAL::estate,
                settings,
                Map.of(ManagementServer.Transport.LOCAL, transport),
                () -> now,
                time -> now = now.plus(time));
    }

    private static PowerShellSettings settings(Map<Operation, Duration> limits) {
        PowerShellSettings usual = PowerShellSettings.of("pwsh");
        return new PowerShellSettings(
                usual.program(),
                usual.modules(),
                usual.orderDirectory(),
                usual.exportDirectory(),
                usual.knownHosts(),
                usual.agent(),
                usual.connectLimit(),
                usual.keepAlive(),
                usual.checkLimit(),
                usual.startLimit(),
                usual.poll(),
                usual.reconnect(),
                usual.lineLength(),
                usual.lineCount(),
                limits);
    }

    private static StepCall call(String run) {
        return new StepCall(
                run, 2, 1, 5, ShellBench.FAIL_OVER, Optional.empty(), Duration.ofMinutes(30));
    }

    private static StepOutcome act(PowerShellExecutor executor) {
        return executor.act(call("run-1"), Progress.UNHEARD);
    }

    private static String result(String result, String category, String presence) {
        return MARK
                + "{\"kind\":\"result\",\"result\":\"%s\",\"category\":\"%s\",\"errorId\":\"X,Y\",\"message\":\"because\",\"whatToDo\":\"this\",\"presence\":\"%s\",\"evidence\":\"seen\",\"warnings\":[\"careful\"]}"
                        .formatted(result, category, presence);
    }

    @ParameterizedTest
    @CsvSource({
        "DONE,'',DONE,Done",
        "DONE,'',CANNOT_TELL,Done",
        "DONE,ALREADY_DONE,DONE,Done",
        "FAILED,REFUSED,NOT_DONE,Refused",
        "FAILED,NOT_PERMITTED,CANNOT_TELL,Refused",
        "FAILED,UNREACHABLE,NOT_DONE,Retryable",
        "FAILED,UNREACHABLE,CANNOT_TELL,Uncertain",
        "FAILED,UNREACHABLE,DONE,Done",
        "FAILED,TIMED_OUT,NOT_DONE,Uncertain",
        "FAILED,TIMED_OUT,DONE,Done",
        "FAILED,FAILED,NOT_DONE,Fatal",
        "FAILED,FAILED,CANNOT_TELL,Uncertain",
        "FAILED,SOMETHING_NEW,NOT_DONE,Uncertain",
        "NOT_STARTED,FAILED,NOT_DONE,Retryable",
        "DEAD,FAILED,CANNOT_TELL,Uncertain",
        "DEAD,FAILED,DONE,Done",
        "UNDER_WAY,'',UNDER_WAY,Uncertain",
        "WHATEVER,'',DONE,Uncertain"
    })
    void theCategoryAndWhatIsSeenSayHowItEnded(
            String result, String category, String presence, String outcome) {
        StepOutcome ended =
                act(answering(new Ended.Exited(0, ""), HELLO, result(result, category, presence)));
        assertEquals(outcome, ended.getClass().getSimpleName());
        assertTrue(ended.message().contains("because"), ended.message());
        assertTrue(ended.message().contains("seen; warning: careful"), ended.message());
        if (ended instanceof StepOutcome.Refused refused) {
            assertEquals("this", refused.whatToDo());
        }
    }

    @ParameterizedTest
    @EnumSource(Reason.class)
    void whatCertainlyDidNotStartIsNeverUncertain(Reason reason) {
        StepOutcome ended = act(answering(new Ended.NotStarted(reason, "because")));
        Class<? extends StepOutcome> expected =
                switch (reason) {
                    case UNREACHABLE -> StepOutcome.Retryable.class;
                    case NOT_PERMITTED, UNTRUSTED -> StepOutcome.Refused.class;
                    case MISCONFIGURED -> StepOutcome.Fatal.class;
                };
        assertInstanceOf(expected, ended);
        assertEquals(1, inputs.size());
    }

    @Test
    void aProgramThatIsNoPowerShellIsFatalAndItsWordsAreShown() {
        StepOutcome ended = act(answering(new Ended.Exited(127, "pwsh: not found"), "motd"));
        assertInstanceOf(StepOutcome.Fatal.class, ended);
        assertTrue(ended.message().contains("127: pwsh: not found"), ended.message());
    }

    @Test
    void aScriptThatTheBootstrapDoesNotRunIsFatal() {
        String broken = MARK + "{\"kind\":\"broken\",\"message\":\"language mode\"}";
        StepOutcome ended = act(answering(new Ended.Exited(3, ""), broken));
        assertInstanceOf(StepOutcome.Fatal.class, ended);
        assertTrue(ended.message().contains("language mode"), ended.message());
    }

    @Test
    void aLostSessionIsOpenedAgainUntilTheLimitAndThenItIsUncertain() {
        StepOutcome ended = act(answering(new Ended.Lost("reset by peer"), HELLO));
        assertInstanceOf(StepOutcome.Uncertain.class, ended);
        assertTrue(ended.message().contains("reset by peer"), ended.message());
        assertEquals(900, inputs.size(), "every 2 s of 30 minutes");
        assertTrue(limits.getLast().compareTo(Duration.ofSeconds(2)) <= 0);
    }

    @Test
    void afterALostSessionEvenANetworkThatIsGoneLeavesItUncertain() {
        PowerShellExecutor executor =
                executor(
                        (_, input, _, line) -> {
                            inputs.add(input);
                            if (inputs.size() == 1) {
                                line.accept(HELLO);
                                return new Ended.Lost("reset by peer");
                            }
                            return new Ended.NotStarted(Reason.UNREACHABLE, "no route");
                        },
                        settings(Map.of()));
        assertInstanceOf(StepOutcome.Uncertain.class, act(executor));
    }

    @Test
    void aLineIsToldOnceHoweverManySessionsTellIt() {
        String first = MARK + "{\"kind\":\"progress\",\"number\":1,\"text\":\"one\"}";
        String second = MARK + "{\"kind\":\"progress\",\"number\":2,\"text\":\"two\"}";
        List<String> said = new ArrayList<>();
        PowerShellExecutor executor =
                executor(
                        (_, input, _, line) -> {
                            inputs.add(input);
                            line.accept(HELLO);
                            line.accept(first);
                            if (inputs.size() == 1) {
                                return new Ended.Lost("reset by peer");
                            }
                            line.accept(second);
                            line.accept(result("DONE", "", "DONE"));
                            return new Ended.Exited(0, "");
                        },
                        settings(Map.of()));
        executor.act(call("run-1"), said::add);
        assertEquals(List.of("one", "two"), said);
        assertEquals(1, envelope(1).path("heard").asInt());
    }

    private JsonNode envelope(int session) {
        try {
            return Json.mapper().readTree(inputs.get(session).envelope());
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void anOperationMayHaveAShorterLimitThanItsStep() {
        PowerShellExecutor executor =
                executor(
                        (_, _, limit, line) -> {
                            limits.add(limit);
                            line.accept(HELLO);
                            line.accept(result("DONE", "", "DONE"));
                            return new Ended.Exited(0, "");
                        },
                        settings(Map.of(Operation.FAIL_OVER_POOL, Duration.ofMinutes(3))));
        act(executor);
        assertEquals(Duration.ofMinutes(3), limits.getFirst());
    }

    @Test
    void theEnvelopeIsOneLineOfAsciiAndNamesTheOrder() {
        act(answering(new Ended.Exited(0, ""), HELLO, result("DONE", "", "DONE")));
        assertTrue(inputs.getFirst().envelope().chars().allMatch(c -> c >= ' ' && c <= '~'));
        JsonNode envelope = envelope(0);
        assertEquals("fail-over-pool", envelope.path("operation").asText());
        assertEquals("run-1", envelope.path("run").asText());
        assertEquals(5, envelope.path("token").asLong());
        assertEquals("pool1.contoso.com", envelope.path("parameters").path("Pool").asText());
        assertTrue(envelope.path("parameters").path("DisasterMode").isBoolean());
    }

    @Test
    void aRunWhoseIdIsNoFileNameIsKnownByItsChecksum() {
        PowerShellExecutor executor =
                answering(new Ended.Exited(0, ""), HELLO, result("DONE", "", "DONE"));
        executor.act(call("../../run"), Progress.UNHEARD);
        executor.act(call("run.1"), Progress.UNHEARD);
        assertTrue(envelope(0).path("run").asText().matches("[0-9a-f]{64}"));
        assertTrue(envelope(1).path("run").asText().matches("[0-9a-f]{64}"));
    }

    @Test
    void aRehearsalShowsTheCommandAndChangesNothing() {
        try (StandInPowerShell shell = new StandInPowerShell(StandInWorld.obedient())) {
            Rehearsal rehearsal =
                    executor(inProcess(shell), settings(Map.of())).rehearse(call("run-1"));
            assertEquals(Rehearsal.Verdict.WOULD_ACT, rehearsal.verdict());
            assertEquals(
                    Optional.of(
                            "Invoke-CsPoolFailOver -PoolFqdn pool1.contoso.com -DisasterMode"
                                    + " -Confirm:$false"),
                    rehearsal.command());
            assertTrue(rehearsal.message().contains("What if"), rehearsal.message());
            assertEquals(List.of(), shell.invocations());
        }
    }

    @Test
    void whereTheTransportHasNoStandardInputTheEnvironmentCarriesTheEnvelope() {
        try (StandInPowerShell shell = new StandInPowerShell(StandInWorld.obedient())) {
            Transport byEnvironment =
                    (_, input, _, line) -> {
                        String all =
                                Base64.getEncoder()
                                        .encodeToString(
                                                input.envelope().getBytes(StandardCharsets.UTF_8));
                        int half = all.length() / 2;
                        Lines lines = new Lines(PowerShellSettings.OUTPUT_LINE, line);
                        int code =
                                shell.run(
                                        input.bootstrap(),
                                        Map.of(
                                                "UNDERSTUDY_INPUT_0",
                                                all.substring(0, half),
                                                "UNDERSTUDY_INPUT_1",
                                                all.substring(half)),
                                        InputStream.nullInputStream(),
                                        lines,
                                        OutputStream.nullOutputStream());
                        return new Ended.Exited(code, "");
                    };
            StepOutcome ended = act(executor(byEnvironment, settings(Map.of())));
            assertInstanceOf(StepOutcome.Done.class, ended, ended.toString());
        }
    }

    /** A stand-in in this process, without any way to it. */
    static Transport inProcess(StandInPowerShell shell) {
        return (_, input, _, line) -> {
            Lines lines = new Lines(PowerShellSettings.OUTPUT_LINE, line);
            int code =
                    shell.run(
                            Scripts.encoded(input.bootstrap()),
                            Map.of(),
                            new ByteArrayInputStream(
                                    input.envelope().getBytes(StandardCharsets.US_ASCII)),
                            lines,
                            OutputStream.nullOutputStream());
            return new Ended.Exited(code, "");
        };
    }

    @Test
    void whatIsDoneBySqlOrByHooksIsNotSupportedNorAreExportsWithoutTheirDirectory() {
        PowerShellExecutor executor = answering(new Ended.Exited(0, ""));
        for (Action action : Actions.carriedOut()) {
            Operation operation = Operation.of(action).orElseThrow();
            boolean export =
                    operation == Operation.MOVE_RESPONSE_GROUPS
                            || operation == Operation.MOVE_LOCATIONS;
            assertEquals(
                    Scripts.OPERATIONS.contains(operation) && !export, executor.supports(action));
        }
        assertFalse(Scripts.OPERATIONS.contains(Operation.FORCE_SERVICE));
        assertFalse(Scripts.OPERATIONS.contains(Operation.MOVE_NAMES));
    }

    @Test
    void whatIsNotInTheEstateIsFatalAndNothingIsSent() {
        PowerShellExecutor executor = answering(new Ended.Exited(0, ""));
        Action unknown = new Action.SyncBackup(new PoolFqdn("pool9.contoso.com"));
        StepCall call =
                new StepCall("run-1", 2, 1, 5, unknown, Optional.empty(), Duration.ofMinutes(1));
        StepOutcome ended = executor.act(call, Progress.UNHEARD);
        assertInstanceOf(StepOutcome.Fatal.class, ended);
        assertTrue(ended.message().startsWith("pool: "), ended.message());
        assertEquals(Presence.CANNOT_TELL, executor.check(call));
        assertEquals(Rehearsal.Verdict.WOULD_BE_REFUSED, executor.rehearse(call).verdict());
        assertEquals(List.of(), inputs);
    }
}
