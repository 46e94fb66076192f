package io.understudy.decision;

import io.understudy.decision.rules.Proposals;
import io.understudy.estate.ComponentId;
import java.util.Set;

/**
 * A snapshot judged, in a form that the next one can be judged from: only those parts of the estate
 * are looked at again on which something bears that has changed, and those where something is wrong
 * already, since time alone may change what is to be done there.
 *
 * <p>Immutable. {@code of(s).after(t, changed).evaluation()} equals {@code of(t).evaluation()}
 * whenever {@code changed} names every component of which a status, a doubt or a fact has changed,
 * or of which facts that had become too old were told again.
 */
public final class Assessment {

    private final Snapshot snapshot;
    private final Proposals proposals;

    private Assessment(Snapshot snapshot, Proposals proposals) {
        this.snapshot = snapshot;
        this.proposals = proposals;
    }

    /** Judges the whole estate; the cost grows with the estate. */
    public static Assessment of(Snapshot snapshot) {
        return new Assessment(snapshot, Proposals.of(snapshot));
    }

    /**
     * Judges what may have changed; the cost grows with that and with what is wrong, not with the
     * estate. Another estate or policy is judged as a whole.
     */
    public Assessment after(Snapshot next, Set<ComponentId> changed) {
        boolean same =
                next.estate() == snapshot.estate()
                        && next.policy() == snapshot.policy()
                        && next.planned().equals(snapshot.planned());
        return same ? new Assessment(next, proposals.after(next, changed)) : of(next);
    }

    /**
     * Judges what differs between the conditions of the two snapshots; finding that out looks at
     * every condition, which costs far less than judging it.
     */
    public Assessment after(Snapshot next) {
        return next.estate() == snapshot.estate()
                ? after(
                        next,
                        next.conditions()
                                .changedSince(
                                        snapshot.conditions(), next.policy().thresholds().maxAge()))
                : of(next);
    }

    /** The findings, and the decisions in the order to carry them out. */
    public Evaluation evaluation() {
        return Decider.order(snapshot, proposals.all());
    }
}
