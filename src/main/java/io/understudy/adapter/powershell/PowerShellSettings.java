package io.understudy.adapter.powershell;

import io.understudy.runbook.Operation;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How PowerShell is called, and within what bounds.
 *
 * @param program what is started on a management server; default powershell.exe
 * @param modules of these the first that is installed there is imported
 * @param orderDirectory where orders and their results lie on the management server; empty: the
 *     directory Understudy in ProgramData, else .understudy in the account's home
 * @param exportDirectory where the exports of Response Groups and locations lie, as the management
 *     server names it; empty: those operations are not supported
 * @param knownHosts the SSH host keys of servers that name none of their own
 * @param agent the socket of an SSH agent, for servers without a credential
 * @param connectLimit until a session must stand; default 20 s
 * @param keepAlive how often a silent SSH session is asked whether it is alive, default 15 s; it
 *     counts as lost after three times without an answer
 * @param checkLimit how long a look may take; default 2 min
 * @param startLimit until an order that was given must have begun, else it never does; default 1
 *     min
 * @param poll how often the management server looks for news of an order; 0.1 to 60 s, default 1 s
 * @param reconnect pause before a lost session is opened again; default 2 s
 * @param lineLength of what a cmdlet says, how many characters of a line are kept; 80 to 8000,
 *     default 2000
 * @param lineCount how many lines of what a cmdlet says are kept; default 2000
 * @param timeLimits by operation; the step's own limit holds where none is named or it is shorter
 */
public record PowerShellSettings(
        String program,
        List<String> modules,
        Optional<String> orderDirectory,
        Optional<String> exportDirectory,
        Optional<Path> knownHosts,
        Optional<Path> agent,
        Duration connectLimit,
        Duration keepAlive,
        Duration checkLimit,
        Duration startLimit,
        Duration poll,
        Duration reconnect,
        int lineLength,
        int lineCount,
        Map<Operation, Duration> timeLimits) {

    /**
     * Bytes of one line of output that are read: the longest message with every character escaped.
     */
    static final int OUTPUT_LINE = 1 << 20;

    private static final Duration LONGEST_POLL = Duration.ofMinutes(1);

    public PowerShellSettings {
        modules = List.copyOf(modules);
        timeLimits = Map.copyOf(timeLimits);
        require(
                program.matches("[A-Za-z0-9_.:/\\\\-]{1,200}"),
                "program is a name or path of letters, digits and _ . : / \\ -");
        require(
                !modules.isEmpty() && modules.stream().allMatch(m -> m.matches("[A-Za-z0-9._-]+")),
                "modules are names of letters, digits and . _ -");
        require(connectLimit.isPositive(), "connectLimit is more than nothing");
        require(keepAlive.isPositive(), "keepAlive is more than nothing");
        require(checkLimit.isPositive(), "checkLimit is more than nothing");
        require(startLimit.toSeconds() >= 1, "startLimit is at least 1 s");
        require(poll.toMillis() >= 100 && poll.compareTo(LONGEST_POLL) <= 0, "poll is 0.1 to 60 s");
        require(!reconnect.isNegative(), "reconnect is not negative");
        require(lineLength >= 80 && lineLength <= 8000, "lineLength is 80 to 8000 characters");
        require(lineCount >= 1 && lineCount <= 100_000, "lineCount is 1 to 100000");
        timeLimits.values().forEach(l -> require(l.isPositive(), "a time limit is positive"));
    }

    /** The defaults, with this program. */
    public static PowerShellSettings of(String program) {
        return new PowerShellSettings(
                program,
                List.of("SkypeForBusiness", "Lync"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Duration.ofSeconds(20),
                Duration.ofSeconds(15),
                Duration.ofMinutes(2),
                Duration.ofMinutes(1),
                Duration.ofSeconds(1),
                Duration.ofSeconds(2),
                2000,
                2000,
                Map.of());
    }

    private static void require(boolean holds, String rule) {
        if (!holds) {
            throw new IllegalArgumentException(rule);
        }
    }
}
