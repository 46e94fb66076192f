package io.understudy.simulation;

import static io.understudy.simulation.Oracle.require;

import io.understudy.decision.RunState;
import io.understudy.run.JournalEntry;
import io.understudy.run.JournalEntry.Kind;
import io.understudy.run.Lease;
import io.understudy.run.Run;
import io.understudy.run.StepState;
import io.understudy.simulation.JournalLaw.Stage;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one run from what its database let happen, and nothing from what anyone says.
 */
final class History {

    private final Tally tally;
    private final Set<String> locks;
    private final Set<String> approvers = new HashSet<>();
    private final Map<Integer, Integer> intents = new HashMap<>();
    private final Map<Integer, Integer> repeats = new HashMap<>();
    private final Set<Integer> asked = new HashSet<>();
    private Run run;
    private @Nullable String holder;
    private Instant until = Instant.MIN;
    private long newest;
    private long written;
    private boolean cancelWanted;

    History(Run run, Set<String> locks, List<JournalEntry> journal, Tally tally) {
        this.tally = tally;
        this.run = run;
        this.locks = locks;
        require(
                !journal.isEmpty() && journal.getFirst().kind() == Kind.OPENED,
                () -> "a journal begins with OPENED: " + journal);
        Stage begin = new Stage(RunState.AWAITING_APPROVAL, 1, StepState.Phase.PENDING);
        tell(Set.of(begin), run, journal.subList(1, journal.size()));
    }

    Run run() {
        return run;
    }

    boolean isOpen() {
        return !run.state().ended();
    }

    Set<String> locks() {
        return locks;
    }

    /** How many intentions of a step are on disk. */
    int intents(int step) {
        return intents.getOrDefault(step, 0);
    }

    /** How often a person said that a step is to be done again. */
    int repeats(int step) {
        return repeats.getOrDefault(step, 0);
    }

    long newest() {
        return newest;
    }

    /** Whether people were told that nobody knows what becomes of it. */
    boolean wasAsked(int step) {
        return asked.contains(step);
    }

    /**
     * S10: one holder at a time, by the database's clock, and every new one has a greater token.
     */
    void leased(Lease lease, Instant end, Instant now) {
        require(isOpen(), () -> "an ended run was taken: " + lease);
        if (lease.holder().equals(holder)) {
            require(lease.token() == newest, () -> "the token changed under " + lease);
        } else {
            require(
                    !until.isAfter(now),
                    () -> "S10: taken from " + holder + " before " + until + ": " + lease);
            require(lease.token() > newest, () -> "S10: token not greater than before: " + lease);
        }
        if (newest > 0 && lease.token() > newest) {
            tally.count(Happening.TAKE_OVER);
        }
        holder = lease.holder();
        newest = lease.token();
        until = end;
    }

    void released(Lease lease) {
        if (lease.token() == newest) {
            until = Instant.MIN;
        }
    }

    void changed(Run after, List<JournalEntry> lines, long token) {
        require(isOpen() || lines.isEmpty(), () -> "an ended run was changed: " + lines);
        if (token > 0) {
            require(token == newest, () -> "S10: written with token " + token + " not " + newest);
        }
        Set<Stage> before = Set.of(Stage.of(run));
        tell(before, after, lines);
        run = after;
    }

    private void tell(Set<Stage> before, Run after, List<JournalEntry> lines) {
        Set<Stage> stages = before;
        for (JournalEntry line : lines) {
            note(line, after);
            stages = JournalLaw.after(stages, line, after);
        }
        Set<Stage> allowed = stages;
        require(
                allowed.contains(Stage.of(after)),
                () -> before + " and " + lines + " give " + allowed + ", not " + Stage.of(after));
        after.steps()
                .forEach(step ->
                        require(
                                step.attempts() == intents(step.number()),
                                () -> "S9: attempts and intentions differ: " + step));
    }

    private void note(JournalEntry line, Run after) {
        if (line.token() > 0) {
            require(line.token() >= written, () -> "S10: an older token wrote: " + line);
            written = line.token();
        }
        switch (line.kind()) {
            case APPROVED ->
                    require(
                            approvers.add(line.actor())
                                    && !(after.approvalsNeeded() > 1
                                            && line.actor().equals(after.openedBy())),
                            () -> "approved twice, or by whoever opened it: " + line);
            case STARTED ->
                    require(
                            approvers.size() >= after.approvalsNeeded(),
                            () -> "started with too few approvals: " + approvers);
            case INTENT -> {
                require(!cancelWanted, () -> "a step begins after somebody wanted a stop");
                intents.merge(line.step(), 1, Integer::sum);
            }
            case RESUMED -> {
                boolean again = line.token() == 0 && isPending(after, line.step());
                repeats.merge(line.step(), again ? 1 : 0, Integer::sum);
                count(again, Happening.REPEATED_BY_WORD);
                count(
                        line.token() > 0 && isPending(after, line.step()),
                        Happening.REPEATED_AFTER_A_LOOK);
            }
            case ASKED -> {
                asked.add(line.step());
                tally.count(Happening.ASKED);
            }
            case CANCEL_REQUESTED -> cancelWanted = true;
            case OPENED, ALREADY_DONE, ACTED, VERIFIED, PROGRESS, STEP_FAILED -> {}
            case SKIPPED -> {
                tally.count(Happening.SKIPPED);
                if (line.message().startsWith("whether it took effect cannot be told")) {
                    asked.add(line.step());
                }
            }
            case CANCELLED, HANDED_OVER, SUCCEEDED, FAILED -> {
                tally.count(Happening.valueOf(line.kind().name()));
                require(
                        after.outcome().filter(o -> !o.message().isBlank()).isPresent(),
                        () -> "L2: ended without a reason: " + line);
            }
        }
    }

    private static boolean isPending(Run run, int step) {
        return run.steps().get(step - 1).phase() == StepState.Phase.PENDING;
    }

    private void count(boolean happened, Happening what) {
        if (happened) {
            tally.count(what);
        }
    }
}
