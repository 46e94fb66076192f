package io.understudy.adapter.command;

import io.understudy.runbook.Operation;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which programs carry actions out, and within what bounds.
 *
 * @param commands the programs by operation; one without is not supported
 * @param workingDirectory where they run; must exist
 * @param environment their whole environment besides UNDERSTUDY_*, which tell the action; PATH in
 *     it is where programs named without a slash are looked for, {@value #DEFAULT_PATH} if not
 *     given
 * @param outputLimit how many bytes of standard output and error together are kept, the last ones;
 *     1 to 1048576, default 16384
 * @param checkTimeLimit how long a check may take; default 30 s, and never longer than the step's
 *     own limit
 * @param retryable exit codes that mean: no effect, may work later; default 75 (EX_TEMPFAIL)
 * @param refused exit codes that mean: refused until something changes; default 77 (EX_NOPERM)
 * @param fatal exit codes that mean: failed without effect, for good; default none. A code that is
 *     in no set, and not 0, means this too, unless it is above 128: then a signal has ended the
 *     program and its effect is uncertain
 */
public record CommandSettings(
        Map<Operation, Command> commands,
        Path workingDirectory,
        Map<String, String> environment,
        int outputLimit,
        Duration checkTimeLimit,
        Set<Integer> retryable,
        Set<Integer> refused,
        Set<Integer> fatal) {

    public static final String DEFAULT_PATH = "/usr/local/bin:/usr/bin:/bin";
    private static final int MOST_OUTPUT = 1 << 20;

    /**
     * A program and its arguments; {@code {name}} in an argument is replaced by what the action
     * says under that name, and never becomes more than this one argument.
     *
     * @param act carries the action out
     * @param check exits with 0 when the action has taken effect, with 1 when it has not; empty
     *     where there is none, then it cannot be told
     * @param timeLimit after which act is killed, more than nothing; the step's own limit where
     *     absent or longer
     */
    public record Command(List<String> act, List<String> check, Optional<Duration> timeLimit) {
        public Command {
            act = List.copyOf(act);
            check = List.copyOf(check);
            if (timeLimit.filter(limit -> !limit.isPositive()).isPresent()) {
                throw new IllegalArgumentException("timeLimit is more than nothing");
            }
            if (act.isEmpty() || act.getFirst().isBlank()) {
                throw new IllegalArgumentException("act names a program");
            }
        }

        /** Within the limit of the step. */
        public Command(List<String> act, List<String> check) {
            this(act, check, Optional.empty());
        }
    }

    /** Settings that are checked: no exit code means two things. */
    public CommandSettings {
        commands = Map.copyOf(commands);
        environment = Map.copyOf(environment);
        retryable = Set.copyOf(retryable);
        refused = Set.copyOf(refused);
        fatal = Set.copyOf(fatal);
        require(
                outputLimit >= 1 && outputLimit <= MOST_OUTPUT,
                "outputLimit is 1 to " + MOST_OUTPUT + " bytes");
        require(checkTimeLimit.isPositive(), "checkTimeLimit is more than nothing");
        Set<Integer> once = new TreeSet<>(retryable);
        require(
                refused.stream().allMatch(once::add) && fatal.stream().allMatch(once::add),
                "an exit code means one thing: retryable, refused or fatal");
        require(
                once.stream().allMatch(code -> code >= 1 && code <= 255),
                "exit codes are 1 to 255; 0 means done");
        commands.forEach((operation, command) -> {
            Placeholders.check(operation, command.act());
            Placeholders.check(operation, command.check());
        });
    }

    /** These commands, and the defaults. */
    public static CommandSettings of(Map<Operation, Command> commands, Path workingDirectory) {
        return new CommandSettings(
                commands.isEmpty() ? Map.of() : new EnumMap<>(commands),
                workingDirectory,
                Map.of(),
                16_384,
                Duration.ofSeconds(30),
                Set.of(75),
                Set.of(77),
                Set.of());
    }

    /** Where programs named without a slash are looked for. */
    String path() {
        return environment.getOrDefault("PATH", DEFAULT_PATH);
    }

    private static void require(boolean holds, String rule) {
        if (!holds) {
            throw new IllegalArgumentException(rule);
        }
    }
}
