package io.understudy.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The formal model of lease, fencing and step journal (docs/model.md), every state of it, by Spin:
 * as it is, and built wrongly in one way at a time, which must give a counterexample.
 */
class StepModelTest {

    private static final Path MODEL = Path.of("src/test/promela/step.pml").toAbsolutePath();
    private static final Pattern ERRORS = Pattern.compile("errors: (\\d+)");
    private static final int LONGEST_SECONDS = 120;

    /** A smaller model: that something happens at last needs more states than that nothing does. */
    private static final String FEW_EXPIRIES = "-DEXPIRIES=1";

    @TempDir Path work;

    @BeforeAll
    static void spinIsInstalled() {
        for (String program : List.of("spin", "gcc")) {
            boolean there =
                    Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                            .anyMatch(dir -> Files.isExecutable(Path.of(dir, program)));
            Assumptions.assumeTrue(there, program + " is not installed: the model is not checked");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"-DREPEATABLE", "-DNOT_REPEATABLE"})
    void nothingActsTwiceAndNoReplacedOwnerActsInAnyState(String step) throws Exception {
        String said = checked(safety(), step);

        assertEquals(0, errors(said), said);
        assertTrue(states(said) > 100_000, "so few states that something cannot happen: " + said);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-DREPEATABLE", "-DNOT_REPEATABLE"})
    void everyStepComesToItsEnd(String step) throws Exception {
        String said = checked(liveness(), step, FEW_EXPIRIES);

        assertEquals(0, errors(said), said);
    }

    @ParameterizedTest
    @CsvSource({
        "ANY_TOKEN_WRITES,    token>=written",
        "ANY_TOKEN_ACTS,      effects<=(1+repeats)",
        "ACTS_BEFORE_INTENT,  attempts>=1",
        "LOOK_DOES_NOT_FENCE, effects<=(1+repeats)",
        "TAKES_VALID_LEASE,   holder==me",
        "FORGETS_ORDERS,      effects<=(1+repeats)"
    })
    void whatIsBuiltWronglyHasACounterexample(String flaw, String violated) throws Exception {
        String said = checked(safety(), "-DREPEATABLE", "-D" + flaw);

        assertEquals(1, errors(said), said);
        assertTrue(
                said.lines().anyMatch(l -> l.contains("violated") && l.contains(violated)), said);
        System.err.println(flaw + " has a counterexample, against " + violated);
    }

    @Test
    void aLeaseThatNeverEndsKeepsAStepFromItsEnd() throws Exception {
        String said = checked(liveness(), "-DREPEATABLE", FEW_EXPIRIES, "-DLEASE_NEVER_ENDS");

        assertEquals(1, errors(said), said);
        assertTrue(said.contains("acceptance cycle"), said);
    }

    /** How the checker is compiled, and how it is run. */
    private record Search(List<String> compiler, List<String> run) {}

    private static Search safety() {
        return new Search(List.of("-DSAFETY", "-DNOCLAIM"), List.of("-m100000", "-E"));
    }

    /** Whoever can go on for ever does go on: weak fairness. */
    private static Search liveness() {
        return new Search(
                List.of("-DNFAIR=3"), List.of("-m1000000", "-E", "-a", "-f", "-N", "ends"));
    }

    private String checked(Search search, String... definitions) throws Exception {
        List<String> spin = new ArrayList<>(List.of("spin", "-a"));
        spin.addAll(List.of(definitions));
        spin.add(MODEL.toString());
        run(spin);
        List<String> gcc = new ArrayList<>(List.of("gcc", "-O2", "-w", "-DMEMLIM=1024"));
        gcc.addAll(search.compiler());
        gcc.addAll(List.of("-o", "pan", "pan.c"));
        run(gcc);
        List<String> pan = new ArrayList<>(List.of(work.resolve("pan").toString()));
        pan.addAll(search.run());
        return run(pan);
    }

    private String run(List<String> command) throws IOException, InterruptedException {
        Path said = work.resolve("said.txt");
        Process process =
                new ProcessBuilder(command)
                        .directory(work.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(said.toFile())
                        .start();
        boolean over = process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS);
        process.destroyForcibly();
        String text = Files.readString(said);
        assertTrue(over, () -> command + " takes too long: " + text);
        assertEquals(0, process.exitValue(), () -> command + ": " + text);
        return text;
    }

    private static int errors(String said) {
        return number(ERRORS, said);
    }

    private static int states(String said) {
        return number(Pattern.compile("(\\d+) states, stored"), said);
    }

    private static int number(Pattern pattern, String said) {
        return pattern.matcher(said)
                .results()
                .map(found -> Integer.parseInt(found.group(1)))
                .findFirst()
                .orElseThrow(() -> new AssertionError("the checker did not finish: " + said));
    }
}
