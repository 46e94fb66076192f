package io.understudy.decision.rules;

import io.understudy.decision.Setting;
import io.understudy.estate.Position;
import io.understudy.estate.Store;
import io.understudy.estate.StoreTechnology;
import io.understudy.health.ComponentFacts;
import io.understudy.health.Condition;
import io.understudy.health.Facts;
import io.understudy.health.MirroringHistory;
import io.understudy.health.MirroringState;
import io.understudy.health.WitnessState;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * What the databases of a store say of themselves, and how far it may be believed now (domain.md
 * 4.4, 4.6).
 *
 * @param facts what was told of the store last
 */
record StoreWord(Sight sight, Store store, ComponentFacts facts) {

    /** What they say, where it is fresh. */
    Optional<Facts.OfStore> fresh() {
        return sight.isFresh(facts) && facts.facts() instanceof Facts.OfStore told
                ? Optional.of(told)
                : Optional.empty();
    }

    /** The sides on which principals are, as told last; none for a store without a second copy. */
    Set<Position> principalSides() {
        Set<Position> sides = EnumSet.noneOf(Position.class);
        if (store.mirror().isEmpty()) {
            return sides;
        }
        if (store.technology() == StoreTechnology.MIRRORING) {
            for (MirroringHistory history : facts.mirroring().values()) {
                Optional<Position> now = history.row().principalOn();
                (now.isPresent() ? now : history.principalBefore()).ifPresent(sides::add);
            }
        }
        if (store.technology() == StoreTechnology.AVAILABILITY_GROUP
                && facts.facts() instanceof Facts.OfStore told) {
            told.availabilityGroup()
                    .flatMap(Facts.AvailabilityGroup::primaryOn)
                    .ifPresent(sides::add);
        }
        return sides;
    }

    /**
     * Whether it was told of late, counted from the loss, on which side the principal is; a store
     * without a second copy has one side only.
     */
    boolean sideKnown(Condition principal) {
        if (store.mirror().isEmpty()
                || store.technology() == StoreTechnology.FAILOVER_CLUSTER
                || store.technology() == StoreTechnology.STANDALONE) {
            return true;
        }
        return sight.isFresh(
                facts, StoreSituation.lost(principal) ? principal.since() : sight.now());
    }

    /**
     * Its time to fail over by itself is over, nothing rules out that it did, and nobody has told
     * since where its principals are.
     */
    boolean mayHaveMoved(
            Condition principal, Optional<Condition> mirror, Optional<Condition> witness) {
        if (!StoreSituation.lost(principal) || mirror.map(StoreSituation::lost).orElse(true)) {
            return false;
        }
        Instant over =
                principal.since().plus(sight.setting(Setting.MIRROR_FAILOVER_GRACE, store.id()));
        boolean untold = facts.at().isBefore(over) && !sight.now().isBefore(over);
        return untold
                && facts.facts() instanceof Facts.OfStore told
                && (store.technology() == StoreTechnology.AVAILABILITY_GROUP
                        ? told.availabilityGroup()
                                .filter(g -> GroupState.automatic(g) && GroupState.ready(g))
                                .isPresent()
                        : witness.filter(w -> !StoreSituation.lost(w)).isPresent()
                                && told.mirroring().stream()
                                        .allMatch(StoreWord::mayHaveBeenInStep));
    }

    private static boolean mayHaveBeenInStep(Facts.MirroringRow row) {
        return row.witness() != WitnessState.DISCONNECTED
                && switch (row.state()) {
                    case SYNCHRONIZED, DISCONNECTED, PENDING_FAILOVER, UNKNOWN -> true;
                    case SYNCHRONIZING, SUSPENDED, UNSYNCHRONIZED -> false;
                };
    }

    /** Both replicas are RESOLVING then, whatever their instances answer (row G4). */
    boolean groupWithoutQuorum() {
        return store.technology() == StoreTechnology.AVAILABILITY_GROUP
                && fresh().flatMap(Facts.OfStore::availabilityGroup)
                        .filter(GroupState::quorumLost)
                        .isPresent();
    }

    /**
     * What the databases say of their links.
     *
     * @param told whether they said anything that counts; else the others are false
     * @param partnerCut whether all of them have lost the partner
     * @param witnessCut whether all of them have lost the witness
     * @param witnessSeen whether all of them see the witness
     */
    record Links(boolean told, boolean partnerCut, boolean witnessCut, boolean witnessSeen) {

        private static final Links UNTOLD = new Links(false, false, false, false);
    }

    /** What counts is what they said after the partner's loss, or of late. */
    Links links(Optional<Condition> mirror) {
        Instant reference =
                mirror.filter(StoreSituation::lost).map(Condition::since).orElse(sight.now());
        if (!sight.isFresh(facts, reference)
                || !(facts.facts() instanceof Facts.OfStore told)
                || told.mirroring().isEmpty()) {
            return Links.UNTOLD;
        }
        boolean partnerCut = true;
        boolean witnessCut = true;
        boolean witnessSeen = true;
        for (Facts.MirroringRow row : told.mirroring()) {
            partnerCut &= row.state() == MirroringState.DISCONNECTED;
            witnessCut &= row.witness() == WitnessState.DISCONNECTED;
            witnessSeen &= row.witness() == WitnessState.CONNECTED;
        }
        return new Links(true, partnerCut, witnessCut, witnessSeen);
    }
}
