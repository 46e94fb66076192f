package io.understudy.decision.rules;

import io.understudy.decision.DataLoss;
import io.understudy.decision.Setting;
import io.understudy.estate.ComponentId;
import io.understudy.estate.Database;
import io.understudy.estate.Position;
import io.understudy.estate.Store;
import io.understudy.health.ComponentFacts;
import io.understudy.health.Condition;
import io.understudy.health.MirroringHistory;
import io.understudy.health.MirroringState;
import io.understudy.health.Safety;
import io.understudy.health.WitnessState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Whether a mirror has all that its principal acknowledged.
 *
 * <p>While both are seen the row says so. Once the principal is lost the mirror says DISCONNECTED,
 * and the question is what was true just before: SYNCHRONIZED until the loss means that nothing is
 * missing; a link that broke earlier means that the principal may have written alone (domain.md
 * 4.5, 4.6).
 */
record Replication(Proof proof, String evidence) {

    enum Proof {
        SYNCHRONIZED,
        NOT_SYNCHRONIZED,
        UNKNOWN
    }

    /** Judges the databases whose principal is on {@code side}, which is {@code principal}. */
    static Replication of(Sight sight, Store store, Position side, Condition principal) {
        ComponentFacts facts = sight.facts(store.id());
        List<String> judged = new ArrayList<>();
        for (Database database : store.databases()) {
            MirroringHistory history = facts.mirroring().get(database.name());
            if (history == null) {
                return new Replication(
                        Proof.UNKNOWN, "nobody has told the mirroring state of " + database.name());
            }
            Optional<Position> on = history.row().principalOn().or(history::principalBefore);
            if (on.isPresent() && on.get() != side) {
                continue;
            }
            Optional<Replication> doubt = doubt(sight, store.id(), history, principal);
            if (doubt.isPresent()) {
                return doubt.get();
            }
            judged.add(database.name());
        }
        return judged.isEmpty()
                ? new Replication(Proof.UNKNOWN, "no database is known to have its principal there")
                : new Replication(
                        Proof.SYNCHRONIZED,
                        String.join(", ", judged) + " were SYNCHRONIZED, last seen " + facts.at());
    }

    /** What speaks against a database's being in step; empty where that is proven. */
    private static Optional<Replication> doubt(
            Sight sight, ComponentId store, MirroringHistory history, Condition principal) {
        String name = history.row().database();
        if (history.row().safety() == Safety.OFF) {
            return not(Proof.NOT_SYNCHRONIZED, name + " has safety OFF");
        }
        return switch (history.row().state()) {
            case SYNCHRONIZED -> inStep(sight, history, principal);
            case DISCONNECTED -> apart(sight, store, history, principal);
            case UNKNOWN -> not(Proof.UNKNOWN, "the mirroring state of " + name + " was not told");
            case SYNCHRONIZING, SUSPENDED, PENDING_FAILOVER, UNSYNCHRONIZED ->
                    not(Proof.NOT_SYNCHRONIZED, name + " is " + history.row().state());
        };
    }

    private static Optional<Replication> not(Proof proof, String evidence) {
        return Optional.of(new Replication(proof, evidence));
    }

    private static Optional<Replication> inStep(
            Sight sight, MirroringHistory history, Condition principal) {
        Duration maxAge = sight.policy().thresholds().maxAge();
        Instant reference = principal instanceof Condition.Down ? principal.since() : sight.now();
        boolean recent = !history.at().isBefore(reference.minus(maxAge));
        return recent
                ? Optional.empty()
                : not(
                        Proof.UNKNOWN,
                        history.row().database()
                                + " was SYNCHRONIZED at "
                                + history.at()
                                + ", which is more than "
                                + maxAge
                                + " before the loss");
    }

    private static Optional<Replication> apart(
            Sight sight, ComponentId store, MirroringHistory history, Condition principal) {
        String name = history.row().database();
        if (history.synchronizedAt().isEmpty() || history.apartSince().isEmpty()) {
            return not(
                    Proof.UNKNOWN,
                    name + " is DISCONNECTED and was never seen SYNCHRONIZED before");
        }
        Instant together = history.synchronizedAt().get();
        Instant apart = history.apartSince().get();
        if (apart.isAfter(together.plus(sight.policy().thresholds().maxAge()))) {
            return not(
                    Proof.UNKNOWN,
                    name + " was last seen SYNCHRONIZED at " + together + ", long before " + apart);
        }
        if (!(principal instanceof Condition.Down)
                || principal
                        .since()
                        .isAfter(apart.plus(sight.setting(Setting.LOSS_ALIGNMENT, store)))) {
            return not(
                    Proof.NOT_SYNCHRONIZED,
                    name
                            + " is DISCONNECTED since "
                            + apart
                            + " while its principal went on and may have written");
        }
        return Optional.empty();
    }

    /**
     * What is lost when the mirror is forced to be principal: what was written between the last
     * time that it was in step and the loss of the principal (domain.md 4.5).
     */
    static DataLoss lossIfForced(Sight sight, Store store, Position side, Condition principal) {
        ComponentFacts facts = sight.facts(store.id());
        Duration most = Duration.ZERO;
        for (Database database : store.databases()) {
            MirroringHistory history = facts.mirroring().get(database.name());
            if (history == null || history.synchronizedAt().isEmpty()) {
                return new DataLoss.Unknown();
            }
            Optional<Position> on = history.row().principalOn().or(history::principalBefore);
            if (on.isEmpty() || on.get() == side) {
                Duration gap = Duration.between(history.synchronizedAt().get(), principal.since());
                most = gap.compareTo(most) > 0 ? gap : most;
            }
        }
        return new DataLoss.Bounded(most);
    }

    /** Whether the partners are known to have lost their witness before the principal was lost. */
    static boolean witnessCutBefore(Sight sight, Store store) {
        return sight.facts(store.id()).mirroring().values().stream()
                .anyMatch(Replication::witnessCut);
    }

    /** Once the partners are apart, that the witness was with them before is what counts. */
    private static boolean witnessCut(MirroringHistory history) {
        boolean inStep = history.row().state() == MirroringState.SYNCHRONIZED;
        return history.row().witness() == WitnessState.DISCONNECTED
                && (inStep || history.witnessConnectedAt().isEmpty());
    }
}
