package io.understudy.app;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.understudy.adapter.command.CommandSettings;
import io.understudy.runbook.Operation;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Local programs that carry actions out; none by default. */
@ConfigMapping(prefix = "understudy.command")
interface CommandConfiguration {

    /** By operation: switch-principal, fail-over-pool and so on. */
    Map<String, Action> actions();

    /** Where they run; must exist. Default: the system's directory for temporary files. */
    @WithDefault("${java.io.tmpdir}")
    Path workingDirectory();

    /** Their whole environment besides what tells the action. */
    Map<String, String> environment();

    /** How many bytes of their output are kept, the last ones; 1 to 1,048,576, default 16,384. */
    @WithDefault("16384")
    int outputLimit();

    /** How long a check may take; default 30 s. */
    @WithDefault("PT30S")
    Duration checkTimeLimit();

    /** Exit codes that mean: no effect, may work later; default 75. */
    @WithDefault("75")
    Set<Integer> retryable();

    /** Exit codes that mean: refused until something changes; default 77. */
    @WithDefault("77")
    Set<Integer> refused();

    /** Exit codes that mean: failed without effect, for good; default none. */
    Optional<Set<Integer>> fatal();

    /** A program for one operation. */
    interface Action {
        /** The program and its arguments, each an element of its own. */
        List<String> act();

        /** The program that tells whether the action has taken effect: 0 yes, 1 no. */
        Optional<List<String>> check();

        /** After which act is killed; the step's own limit where absent or longer. */
        Optional<Duration> timeLimit();
    }

    /** The same in the words of the executor. */
    default CommandSettings settings() {
        Map<Operation, CommandSettings.Command> commands = new HashMap<>();
        actions()
                .forEach((kind, action) ->
                        commands.put(
                                Operations.named("understudy.command.actions.", kind),
                                new CommandSettings.Command(
                                        action.act(),
                                        action.check().orElse(List.of()),
                                        action.timeLimit())));
        return new CommandSettings(
                commands,
                workingDirectory(),
                environment(),
                outputLimit(),
                checkTimeLimit(),
                retryable(),
                refused(),
                fatal().orElse(Set.of()));
    }
}
