package io.understudy.api;

import io.quarkus.security.identity.SecurityIdentity;
import io.understudy.access.Role;
import io.understudy.run.Run;
import io.understudy.run.RunRefusal;
import io.understudy.run.RunStore;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The runs that a caller may see, and those that he may do something about. A run is seen by who
 * may see its target. Something is done about it only by who may act on the target and on what
 * takes over from it: that carries the load afterwards, and is as much at risk.
 */
@Singleton
final class RunSight {

    /** How many runs are read at once of which some may be hidden. */
    private static final int BATCH = 200;

    private final RunStore runs;
    private final Access access;

    @Inject
    RunSight(RunStore runs, Access access) {
        this.runs = runs;
        this.access = access;
    }

    /** The id of a run that somebody may approve; else 404 or 403. */
    String approvable(SecurityIdentity who, String id) {
        String run = within(who, Role.APPROVER, id);
        access.requirePerson(who);
        return run;
    }

    Reach reach(SecurityIdentity who, Role role) {
        return access.reach(who, role);
    }

    /** A run; 404 when it is not there or may not be seen, which is told in the same words. */
    Run found(SecurityIdentity who, String id) {
        String asked = Parameters.text("id", id, Parameters.LONGEST_ID).orElseThrow();
        return runs.find(asked)
                .filter(run -> seen(access.sight(who), run))
                .orElseThrow(() ->
                        new RunRefusal(
                                RunRefusal.Reason.NOT_FOUND,
                                "there is no run " + asked,
                                "look for it at /api/v1/runs"));
    }

    /** The id of a run about which somebody may do something in a role; else 404 or 403. */
    String within(SecurityIdentity who, Role role, String id) {
        Run run = found(who, id);
        access.reach(who, role).require(run.decision().touched());
        return run.id();
    }

    /** The newest runs that may be seen, at most {@code limit}, opened before {@code before}. */
    List<Run> newest(SecurityIdentity who, int limit, Optional<String> before) {
        Reach sight = access.sight(who);
        return newest(
                (most, after) -> runs.newest(most, after.or(() -> before)),
                run -> seen(sight, run),
                limit,
                sight.everywhere() ? 1 : BATCH);
    }

    /** The newest runs, those only that were opened before one where that is said. */
    @FunctionalInterface
    interface Pages {
        List<Run> newest(int most, Optional<String> before);
    }

    /**
     * @param batch how many are read at once, at least; where most are hidden, many small pages
     *     would be read to find one
     */
    static List<Run> newest(Pages pages, Predicate<Run> seen, int limit, int batch) {
        int most = Math.max(limit, batch);
        List<Run> found = new ArrayList<>();
        Optional<String> from = Optional.empty();
        boolean more = true;
        while (more && found.size() < limit) {
            List<Run> read = pages.newest(most, from);
            read.stream().filter(seen).forEach(found::add);
            more = read.size() == most;
            from = read.isEmpty() ? from : Optional.of(read.getLast().id());
        }
        return List.copyOf(found.subList(0, Math.min(limit, found.size())));
    }

    /** The open runs that may be seen, oldest first. */
    List<Run> open(SecurityIdentity who) {
        Reach sight = access.sight(who);
        return runs.open().stream().filter(run -> seen(sight, run)).toList();
    }

    private static boolean seen(Reach sight, Run run) {
        return sight.covers(run.decision().target());
    }
}
