package io.understudy.adapter.command;

import io.understudy.adapter.command.CommandSettings.Command;
import io.understudy.adapter.spi.CallValues;
import io.understudy.adapter.spi.Orders;
import io.understudy.adapter.spi.Progress;
import io.understudy.adapter.spi.StepCall;
import io.understudy.adapter.spi.StepExecutor;
import io.understudy.adapter.spi.StepOutcome;
import io.understudy.runbook.Action;
import io.understudy.runbook.Operation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Carries actions out by local programs, never through a shell.
 *
 * <p>A program is killed with all that it started at its time limit, when {@link #close} is called,
 * and what it leaves behind in its process group when it ends. When this process itself is killed,
 * a program that runs goes on: it is given {@code UNDERSTUDY_TOKEN}, and one that must not act
 * beside its successor has to compare it with the newest that it has seen. The tokens and orders
 * that this executor remembers are those since its start. A line of output that starts with {@value
 * ProgressLines#MARK} is journalled while the program works.
 */
public final class CommandExecutor implements StepExecutor, AutoCloseable {

    /** Exit codes above this are those of programs that a signal has ended, in mid-work perhaps. */
    private static final int BY_SIGNAL = 128;

    private final CommandSettings settings;
    private final Orders orders = new Orders();
    private final Set<ProcessGroup> running = ConcurrentHashMap.newKeySet();

    public CommandExecutor(CommandSettings settings) {
        this.settings = settings;
    }

    @Override
    public String name() {
        return "command";
    }

    @Override
    public boolean supports(Action action) {
        return command(action).isPresent();
    }

    private Optional<Command> command(Action action) {
        return Operation.of(action)
                .flatMap(operation -> Optional.ofNullable(settings.commands().get(operation)));
    }

    @Override
    public Presence check(StepCall call) {
        List<String> check = command(call.action()).map(Command::check).orElse(List.of());
        SortedMap<String, String> values = CallValues.of(call);
        if (check.isEmpty()
                || CallValues.unfit(values).isPresent()
                || program(check.getFirst()).isEmpty()) {
            return Presence.CANNOT_TELL;
        }
        Duration limit =
                call.timeLimit().compareTo(settings.checkTimeLimit()) < 0
                        ? call.timeLimit()
                        : settings.checkTimeLimit();
        try {
            int code = run(check, values, limit, ProgressLines.NONE).exitCode().orElse(-1);
            return switch (code) {
                case 0 -> Presence.DONE;
                case 1 -> Presence.NOT_DONE;
                default -> Presence.CANNOT_TELL;
            };
        } catch (IOException e) {
            return Presence.CANNOT_TELL;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Presence.CANNOT_TELL;
        }
    }

    @Override
    public StepOutcome act(StepCall call, Progress progress) {
        Optional<Command> command = command(call.action());
        if (command.isEmpty()) {
            return new StepOutcome.Fatal(
                    "no command is configured for " + call.action().getClass().getSimpleName(),
                    "configure one, or route this action to another executor");
        }
        SortedMap<String, String> values = CallValues.of(call);
        Optional<String> unfit = CallValues.unfit(values);
        if (unfit.isPresent()) {
            return new StepOutcome.Fatal(
                    unfit.get() + " has characters that no argument may have",
                    "correct the name in the estate document");
        }
        return orders.once(call, () -> carriedOut(command.get().act(), values, call, progress));
    }

    private StepOutcome carriedOut(
            List<String> act, Map<String, String> values, StepCall call, Progress progress) {
        String program = act.getFirst();
        if (program(program).isEmpty()) {
            return cannotStart(program, "it does not exist or may not be executed");
        }
        try {
            Duration limit = limit(call);
            ProcessGroup.Ended ended = run(act, values, limit, new ProgressLines(progress));
            return ended.exitCode().isPresent()
                    ? outcome(program, ended.exitCode().getAsInt(), ended.output())
                    : new StepOutcome.Uncertain(
                            program
                                    + " had not ended after "
                                    + limit
                                    + " and was killed with all that it had started"
                                    + after(ended.output()));
        } catch (IOException e) {
            return cannotStart(program, String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new StepOutcome.Uncertain(program + " was killed: the service stops");
        }
    }

    /** The operation's own limit where it has one, and never more than the step's. */
    private Duration limit(StepCall call) {
        return command(call.action())
                .flatMap(Command::timeLimit)
                .filter(own -> own.compareTo(call.timeLimit()) < 0)
                .orElse(call.timeLimit());
    }

    private static StepOutcome cannotStart(String program, String why) {
        return new StepOutcome.Fatal(
                program + " cannot be started: " + why,
                "check the configured program, its permissions, the working directory and PATH;"
                        + " setsid must be installed");
    }

    private StepOutcome outcome(String program, int code, String output) {
        String message = program + " ended with exit code " + code + after(output);
        if (code == 0) {
            return new StepOutcome.Done(message);
        }
        if (settings.retryable().contains(code)) {
            return new StepOutcome.Retryable(message);
        }
        if (settings.refused().contains(code)) {
            return new StepOutcome.Refused(message, "see what " + program + " says");
        }
        return code > BY_SIGNAL && !settings.fatal().contains(code)
                ? new StepOutcome.Uncertain(
                        message + " (killed by signal " + (code - BY_SIGNAL) + ")")
                : new StepOutcome.Fatal(message, "see what " + program + " says");
    }

    private static String after(String output) {
        return output.isEmpty() ? "" : ": " + output;
    }

    private ProcessGroup.Ended run(
            List<String> arguments, Map<String, String> values, Duration limit, ProgressLines lines)
            throws IOException, InterruptedException {
        List<String> filled = new ArrayList<>(Placeholders.filled(arguments, values));
        filled.set(0, program(arguments.getFirst()).map(Path::toString).orElse(filled.getFirst()));
        ProcessGroup group =
                ProcessGroup.start(
                        filled,
                        settings.workingDirectory(),
                        environment(values),
                        settings.outputLimit(),
                        lines);
        running.add(group);
        try {
            return group.await(limit);
        } finally {
            running.remove(group);
        }
    }

    private Map<String, String> environment(Map<String, String> values) {
        Map<String, String> environment = new TreeMap<>(settings.environment());
        environment.put("PATH", settings.path());
        values.forEach((name, value) -> environment.put(Placeholders.variable(name), value));
        return environment;
    }

    /** The program itself: as named with a slash, else the first of its name along PATH. */
    private Optional<Path> program(String name) {
        if (name.contains("/")) {
            Path path = settings.workingDirectory().resolve(name);
            return isProgram(path) ? Optional.of(path) : Optional.empty();
        }
        for (String directory : settings.path().split(":", -1)) {
            Path path = settings.workingDirectory().resolve(directory).resolve(name);
            if (isProgram(path)) {
                return Optional.of(path);
            }
        }
        return Optional.empty();
    }

    private static boolean isProgram(Path path) {
        return Files.isRegularFile(path) && Files.isExecutable(path);
    }

    /** Kills whatever still runs; its callers hear that it is uncertain. */
    @Override
    public void close() {
        for (ProcessGroup group : running) {
            try {
                group.kill();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
