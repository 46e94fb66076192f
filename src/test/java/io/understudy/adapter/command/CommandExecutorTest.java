package io.understudy.adapter.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.understudy.adapter.command.CommandSettings.Command;
import io.understudy.adapter.spi.CallValues;
import io.understudy.adapter.spi.Progress;
import io.understudy.adapter.spi.StepCall;
import io.understudy.adapter.spi.StepExecutor.Presence;
import io.understudy.adapter.spi.StepOutcome;
import io.understudy.estate.DatabaseType;
import io.understudy.estate.PoolFqdn;
import io.understudy.estate.Position;
import io.understudy.estate.ServerFqdn;
import io.understudy.estate.SqlInstance;
import io.understudy.estate.StoreName;
import io.understudy.runbook.Action;
import io.understudy.runbook.Operation;
import io.understudy.testing.Actions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class CommandExecutorTest {

    private static final Duration LONG = Duration.ofSeconds(30);

    @TempDir private Path directory;

    private Path script(String name, String body) throws IOException {
        Path file = directory.resolve(name);
        Files.writeString(file, "#!/bin/sh\n" + body + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        return file;
    }

    private CommandExecutor executor(String body, String... arguments) throws IOException {
        return new CommandExecutor(settings(script("act", body).toString(), arguments));
    }

    private CommandSettings settings(String program, String... arguments) {
        List<String> act = new ArrayList<>(List.of(program));
        act.addAll(Arrays.asList(arguments));
        return CommandSettings.of(
                Map.of(Operation.SWITCH_PRINCIPAL, new Command(act, List.of())), directory);
    }

    private static Action action(String... databases) {
        return new Action.SwitchPrincipal(
                new StoreName("be1"),
                new PoolFqdn("pool1.contoso.com"),
                DatabaseType.USER,
                List.of(databases),
                new SqlInstance(new ServerFqdn("sql2.contoso.com"), "rtc"),
                Position.MIRROR,
                true);
    }

    private static StepCall call(long token, Duration limit) {
        return new StepCall(
                "run-1", 2, 3, token, action("rtcxds", "rtcshared"), Optional.empty(), limit);
    }

    private static StepOutcome act(CommandExecutor executor) {
        return executor.act(call(1, LONG), Progress.UNHEARD);
    }

    @Test
    void argumentsAreFilledEachOnItsOwnAndNeverReadByAShell() throws IOException {
        StepOutcome outcome =
                act(
                        executor(
                                "for a in \"$@\"; do printf '<%s>\\n' \"$a\"; done",
                                "{store}-{pool}",
                                "--to={to.fqdn}\\{to.instance}",
                                "{databases}",
                                "{databaseType} {newPrincipal} {force}",
                                "{runId}/{step}/{attempt}/{token}",
                                "$(touch pwned); `touch pwned`"));
        assertInstanceOf(StepOutcome.Done.class, outcome);
        assertTrue(
                outcome.message()
                        .endsWith(
                                """
                                <be1-pool1.contoso.com>
                                <--to=sql2.contoso.com\\rtc>
                                <rtcxds,rtcshared>
                                <USER MIRROR true>
                                <run-1/2/3/1>
                                <$(touch pwned); `touch pwned`>\
                                """),
                outcome.message());
        assertFalse(Files.exists(directory.resolve("pwned")));
    }

    @Test
    void theEnvironmentIsWhatIsConfiguredAndTheAction() throws IOException {
        CommandSettings plain = settings(script("act", "env | sort; pwd").toString());
        CommandSettings settings =
                new CommandSettings(
                        plain.commands(),
                        directory,
                        Map.of("REGION", "north"),
                        plain.outputLimit(),
                        plain.checkTimeLimit(),
                        Set.of(),
                        Set.of(),
                        Set.of());
        String message = act(new CommandExecutor(settings)).message();
        for (String line :
                List.of(
                        "REGION=north",
                        "PATH=" + CommandSettings.DEFAULT_PATH,
                        "UNDERSTUDY_TO_FQDN=sql2.contoso.com",
                        "UNDERSTUDY_NEW_PRINCIPAL=MIRROR",
                        "UNDERSTUDY_DATABASE_TYPE=USER",
                        "UNDERSTUDY_RUN_ID=run-1",
                        "UNDERSTUDY_TOKEN=1",
                        directory.toString())) {
            assertTrue(message.contains(line), line + " in " + message);
        }
        assertFalse(message.contains("HOME="), message);
        assertFalse(message.contains("JAVA_HOME="), message);
    }

    @Test
    void standardInputIsAtItsEnd() throws IOException {
        StepOutcome outcome = act(executor("read line || echo nothing to read"));
        assertTrue(outcome.message().endsWith("nothing to read"), outcome.message());
    }

    @ParameterizedTest
    @CsvSource({"0,Done", "1,Fatal", "75,Retryable", "77,Refused", "126,Fatal", "127,Fatal"})
    void theExitCodeSaysHowItEnded(int code, String outcome) throws IOException {
        StepOutcome ended = act(executor("echo because; exit " + code));
        assertEquals(outcome, ended.getClass().getSimpleName());
        assertTrue(ended.message().endsWith("exit code " + code + ": because"), ended.message());
    }

    @Test
    void aProgramThatASignalHasEndedIsUncertain() throws IOException {
        StepOutcome ended = act(executor("kill -TERM $$"));
        assertInstanceOf(StepOutcome.Uncertain.class, ended);
        assertTrue(ended.message().contains("signal 15"), ended.message());
    }

    @Test
    void atTheTimeLimitTheProgramDiesWithItsGrandchildren() throws Exception {
        Path pipe = pipe();
        CompletableFuture<String> everybodyGone = readToTheEnd(pipe);
        CommandExecutor executor =
                executor(
                        "exec 9>"
                                + pipe
                                + "; (trap '' TERM HUP INT; sleep 600 & sleep 600) &"
                                + " echo begun; sleep 600");
        StepOutcome outcome = executor.act(call(1, Duration.ofSeconds(1)), Progress.UNHEARD);
        assertInstanceOf(StepOutcome.Uncertain.class, outcome);
        assertTrue(outcome.message().endsWith("begun"), outcome.message());
        assertEquals("", everybodyGone.get(20, TimeUnit.SECONDS));
    }

    @Test
    void whatAProgramLeavesBehindIsKilledWhenItEnds() throws Exception {
        Path pipe = pipe();
        CompletableFuture<String> everybodyGone = readToTheEnd(pipe);
        StepOutcome outcome = act(executor("exec 9>" + pipe + "; sleep 600 & echo ended; exit 0"));
        assertInstanceOf(StepOutcome.Done.class, outcome);
        assertTrue(outcome.message().endsWith("ended"), outcome.message());
        assertEquals("", everybodyGone.get(20, TimeUnit.SECONDS));
    }

    @Test
    void closingKillsWhatRunsAndItsCallerHearsThatItIsUncertain() throws Exception {
        Path pipe = pipe();
        CompletableFuture<String> everybodyGone = readToTheEnd(pipe);
        Path started = pipe("started");
        CommandExecutor executor =
                executor("exec 9>" + pipe + "; echo x > " + started + "; sleep 600");
        CompletableFuture<StepOutcome> outcome = CompletableFuture.supplyAsync(() -> act(executor));
        assertEquals("x\n", readToTheEnd(started).get(20, TimeUnit.SECONDS));
        executor.close();
        assertInstanceOf(StepOutcome.Uncertain.class, outcome.get(20, TimeUnit.SECONDS));
        assertEquals("", everybodyGone.get(20, TimeUnit.SECONDS));
    }

    @Test
    void endlessOutputIsCutAndSaysSo() throws IOException {
        StepOutcome outcome =
                act(executor("head -c 5000000 /dev/zero | tr '\\0' x; echo; echo last line"));
        assertInstanceOf(StepOutcome.Done.class, outcome);
        assertTrue(outcome.message().contains("(4983627 bytes cut) x"), head(outcome));
        assertTrue(outcome.message().endsWith("x\nlast line"));
        assertTrue(outcome.message().length() < 17_000);
    }

    private static String head(StepOutcome outcome) {
        return outcome.message().substring(0, 200);
    }

    @Test
    void aSlowDripIsReadToItsEndWithinTheLimit() throws IOException {
        StepOutcome outcome = act(executor("for i in 1 2 3 4 5; do printf $i; sleep 0.1; done"));
        assertTrue(outcome.message().endsWith("12345"), outcome.message());
    }

    @Test
    void outputThatIsNoUtf8IsReadAsFarAsItCanBe() throws IOException {
        StepOutcome outcome = act(executor("printf 'caf\\351 open\\377'"));
        assertTrue(outcome.message().endsWith("caf\uFFFD open\uFFFD"), outcome.message());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/nowhere/program", "no-such-program", "./not-executable"})
    void aProgramThatCannotBeStartedIsNamed(String program) throws IOException {
        Files.writeString(directory.resolve("not-executable"), "#!/bin/sh\n");
        StepOutcome outcome = act(new CommandExecutor(settings(program)));
        StepOutcome.Fatal fatal = assertInstanceOf(StepOutcome.Fatal.class, outcome);
        assertTrue(fatal.message().startsWith(program + " cannot be started"), fatal.message());
        assertTrue(fatal.whatToDo().contains("PATH"));
    }

    @Test
    void aMissingWorkingDirectoryIsFatal() throws IOException {
        CommandSettings settings =
                CommandSettings.of(
                        settings(script("act", "true").toString()).commands(),
                        directory.resolve("gone"));
        assertInstanceOf(StepOutcome.Fatal.class, act(new CommandExecutor(settings)));
    }

    @Test
    void programsAreFoundAlongThePath() {
        assertInstanceOf(StepOutcome.Done.class, act(new CommandExecutor(settings("true"))));
    }

    @Test
    void anOlderFencingTokenIsRefusedAndNothingIsStarted() throws IOException {
        CommandExecutor executor = executor("echo . >> starts");
        assertInstanceOf(StepOutcome.Done.class, executor.act(call(2, LONG), Progress.UNHEARD));
        StepOutcome refused = executor.act(call(1, LONG), Progress.UNHEARD);
        assertInstanceOf(StepOutcome.Refused.class, refused);
        assertTrue(refused.message().contains("token 1"));
        StepCall next = new StepCall("run-1", 2, 4, 2, action("rtcxds"), Optional.empty(), LONG);
        assertInstanceOf(StepOutcome.Done.class, executor.act(next, Progress.UNHEARD));
        assertEquals(2, Files.readAllLines(directory.resolve("starts")).size());
    }

    @ParameterizedTest
    @CsvSource({"0,DONE", "1,NOT_DONE", "2,CANNOT_TELL", "255,CANNOT_TELL"})
    void theCheckAnswersByItsExitCode(int code, Presence presence) throws IOException {
        assertEquals(presence, checking("exit " + code).check(call(1, LONG)));
    }

    @Test
    void aCheckThatHangsOrIsMissingCannotTell() throws IOException {
        assertEquals(
                Presence.CANNOT_TELL, checking("sleep 600").check(call(1, Duration.ofMillis(500))));
        assertEquals(Presence.CANNOT_TELL, executor("true").check(call(1, LONG)));
    }

    private CommandExecutor checking(String body) throws IOException {
        Command command =
                new Command(List.of("false"), List.of(script("check", body).toString(), "{store}"));
        return new CommandExecutor(
                CommandSettings.of(Map.of(Operation.SWITCH_PRINCIPAL, command), directory));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-rf", "a b", "x;y", "$(id)", "a\nb", "{store}"})
    void aNameThatCouldBeTakenForSomethingElseIsNotPassedOn(String database) throws IOException {
        CommandExecutor executor = executor("echo . >> starts");
        StepOutcome outcome =
                executor.act(
                        new StepCall("run-1", 1, 1, 1, action(database), Optional.empty(), LONG),
                        Progress.UNHEARD);
        assertInstanceOf(StepOutcome.Fatal.class, outcome);
        assertTrue(outcome.message().startsWith("databases"), outcome.message());
        assertFalse(Files.exists(directory.resolve("starts")));
    }

    @Test
    void actionsWithoutACommandAreNotSupported() throws IOException {
        CommandExecutor executor = executor("true");
        Action other =
                new Action.ChangeNextHop(
                        new PoolFqdn("e.contoso.com"), new PoolFqdn("p.contoso.com"));
        assertTrue(executor.supports(action("rtcxds")));
        assertFalse(executor.supports(other));
        assertFalse(executor.supports(new Action.Reassess()));
        assertInstanceOf(
                StepOutcome.Fatal.class,
                executor.act(
                        new StepCall("run-1", 1, 1, 1, other, Optional.empty(), LONG),
                        Progress.UNHEARD));
    }

    @Test
    void everyActionFillsThePlaceholdersItIsSaidToHave() {
        for (Action action : Actions.carriedOut()) {
            Operation operation = Operation.of(action).orElseThrow();
            Map<String, String> values =
                    CallValues.of(new StepCall("r", 1, 1, 1, action, Optional.empty(), LONG));
            values.keySet()
                    .forEach(name -> Placeholders.check(operation, List.of("{" + name + "}")));
        }
    }

    @Test
    void settingsThatMeanNothingAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> settings("true", "{pasword}"));
        assertThrows(IllegalArgumentException.class, () -> settings(" "));
        assertThrows(IllegalArgumentException.class, () -> limits(0, Set.of(), Set.of()));
        assertThrows(IllegalArgumentException.class, () -> limits(1, Set.of(3), Set.of(3)));
        assertThrows(IllegalArgumentException.class, () -> limits(1, Set.of(0), Set.of()));
    }

    private CommandSettings limits(int output, Set<Integer> retryable, Set<Integer> refused) {
        return new CommandSettings(
                Map.of(), directory, Map.of(), output, LONG, retryable, refused, Set.of());
    }

    private Path pipe() throws Exception {
        return pipe("alive");
    }

    /** A named pipe: whoever reads it sees its end when the last process that holds it is gone. */
    private Path pipe(String name) throws Exception {
        Path pipe = directory.resolve(name);
        assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());
        return pipe;
    }

    private static CompletableFuture<String> readToTheEnd(Path pipe) {
        CompletableFuture<String> text = new CompletableFuture<>();
        Thread.ofPlatform()
                .daemon()
                .start(() -> {
                    try (InputStream in = Files.newInputStream(pipe)) {
                        text.complete(new String(in.readAllBytes(), StandardCharsets.UTF_8));
                    } catch (IOException e) {
                        text.completeExceptionally(e);
                    }
                });
        return text;
    }

    @Test
    void theSameOrderGivenTwiceRunsOnce() throws IOException {
        CommandExecutor executor = executor("echo ran >> ran");
        StepOutcome first = act(executor);
        assertInstanceOf(StepOutcome.Done.class, first);
        assertEquals(first, act(executor));
        assertEquals(1, Files.readAllLines(directory.resolve("ran")).size());
    }

    @Test
    void linesOfProgressAreToldAsTheyComeWithinTheirLimits() throws IOException {
        CommandExecutor executor =
                executor(
                        """
                        echo 'PROGRESS 10 %'
                        echo 'something else'
                        printf 'PROGRESS caf\\303\\251 \\377\\007.\\n'
                        printf 'PROGRESS %s\\n' "$(printf '%0600d' 0)"
                        i=0; while [ $i -lt 300 ]; do echo "PROGRESS $i"; i=$((i+1)); done
                        printf 'PROGRESS never ended'
                        """);
        List<String> said = new ArrayList<>();

        assertInstanceOf(StepOutcome.Done.class, executor.act(call(1, LONG), said::add));

        assertEquals("10 %", said.get(0));
        assertEquals("caf\u00e9 \ufffd .", said.get(1));
        assertEquals(ProgressLines.LONGEST, said.get(2).length());
        assertEquals("0", said.get(3));
        assertEquals(ProgressLines.MOST, said.size());
    }

    @Test
    void aProgramOfAnOperationWithALimitOfItsOwnIsKilledThen() throws IOException {
        Command hasty =
                new Command(
                        List.of(script("act", "sleep 600").toString()),
                        List.of(),
                        Optional.of(Duration.ofMillis(500)));
        StepOutcome outcome =
                act(
                        new CommandExecutor(
                                CommandSettings.of(
                                        Map.of(Operation.SWITCH_PRINCIPAL, hasty), directory)));
        assertInstanceOf(StepOutcome.Uncertain.class, outcome);
        assertTrue(outcome.message().contains("PT0.5S"), outcome.message());
        assertThrows(
                IllegalArgumentException.class,
                () -> new Command(List.of("x"), List.of(), Optional.of(Duration.ZERO)));
    }
}
