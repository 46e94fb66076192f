package io.understudy.decision.rules;

import io.understudy.decision.Setting;
import io.understudy.estate.DatabaseType;
import io.understudy.estate.Places;
import io.understudy.estate.Position;
import io.understudy.estate.SqlInstance;
import io.understudy.estate.Store;
import io.understudy.estate.StoreTechnology;
import io.understudy.health.ComponentFacts;
import io.understudy.health.Condition;
import io.understudy.health.Facts;
import io.understudy.health.MirroringHistory;
import io.understudy.health.MirroringState;
import io.understudy.health.Status;
import io.understudy.health.WitnessState;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How a store stands, by the roles held now (domain.md 4.6).
 *
 * @param principalSide the configured position that is principal now; of databases split over both
 *     sides the one that is down
 * @param split whether some databases have their principal on the other side
 * @param witnessCut whether the databases themselves say that they have lost the witness, though
 *     its instance may answer
 * @param principal condition of the principal's instance
 * @param mirror condition of the other partner's, where there is one
 * @param witness condition of the witness, where there is one
 * @param primaryVoteLost whether the configured primary is down, and with it a vote of an
 *     even-sized pool (domain.md 3.1)
 * @param primaryVoteHeld whether the configured primary is seen alive
 * @param told the facts told of it, where they are fresh
 * @param unavailableSince since when clients cannot use it
 */
record StoreSituation(
        Sight sight,
        Store store,
        Position principalSide,
        boolean split,
        boolean witnessCut,
        Condition principal,
        Optional<Condition> mirror,
        Optional<Condition> witness,
        Service service,
        boolean primaryVoteLost,
        boolean primaryVoteHeld,
        Optional<Facts.OfStore> told,
        Optional<Instant> unavailableSince) {

    /** What clients get from the store. */
    enum Service {
        /** It serves and would survive the loss of a partner. */
        SERVING,
        /** It serves, and one more loss takes it down. */
        EXPOSED,
        UNAVAILABLE,
        UNKNOWN
    }

    static StoreSituation of(Sight sight, Store store) {
        return of(sight, store, sight.estate().places(store));
    }

    static StoreSituation of(Sight sight, Store store, Places.OfStore places) {
        ComponentFacts facts = sight.facts(places.store());
        Set<Position> sides = principalSides(store, facts);
        Position side = principalSide(sight, places, sides);
        Condition principal = sight.condition(places.at(side));
        Optional<Condition> mirror = at(sight, places.at(side.other()));
        Optional<Condition> witness = at(sight, places.witness());
        Condition whole = sight.condition(places.store());
        boolean known = sideKnown(sight, store, facts, principal);
        Links links = Links.of(sight, facts, mirror);
        boolean cut = witness.isPresent() && links.witnessCut();
        boolean open =
                (groupWithoutQuorum(sight, store, facts) && !lost(whole) && !lost(principal))
                        || mayHaveMoved(sight, store, facts, principal, mirror, witness);
        Service service =
                open && !lost(whole)
                        ? Service.UNKNOWN
                        : service(store, principal, mirror, witness, whole, known, links);
        return new StoreSituation(
                sight,
                store,
                side,
                sides.size() > 1,
                cut,
                principal,
                mirror,
                witness,
                service,
                lost(sight.condition(places.primary())),
                alive(sight.condition(places.primary())),
                sight.isFresh(facts) && facts.facts() instanceof Facts.OfStore fresh
                        ? Optional.of(fresh)
                        : Optional.empty(),
                service == Service.UNAVAILABLE
                        ? Optional.of(unavailableSince(principal, mirror, witness, whole))
                        : Optional.empty());
    }

    private static Optional<Condition> at(Sight sight, int place) {
        return place == Places.NONE ? Optional.empty() : Optional.of(sight.condition(place));
    }

    private static Set<Position> principalSides(Store store, ComponentFacts facts) {
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

    private static Position principalSide(Sight sight, Places.OfStore places, Set<Position> sides) {
        if (sides.size() == 1) {
            return sides.iterator().next();
        }
        boolean mirrorLost = sides.size() > 1 && lost(sight.condition(places.mirror()));
        return mirrorLost ? Position.MIRROR : Position.PRIMARY;
    }

    /**
     * Whether it was told of late, counted from the loss, on which side the principal is; a store
     * without a second copy has one side only.
     */
    private static boolean sideKnown(
            Sight sight, Store store, ComponentFacts facts, Condition principal) {
        if (store.mirror().isEmpty()
                || store.technology() == StoreTechnology.FAILOVER_CLUSTER
                || store.technology() == StoreTechnology.STANDALONE) {
            return true;
        }
        Instant reference = lost(principal) ? principal.since() : sight.now();
        return !(facts.facts() instanceof Facts.None)
                && !facts.at().isBefore(reference.minus(sight.policy().thresholds().maxAge()));
    }

    /**
     * Its time to fail over by itself is over, nothing rules out that it did, and nobody has told
     * since where its principals are.
     */
    private static boolean mayHaveMoved(
            Sight sight,
            Store store,
            ComponentFacts facts,
            Condition principal,
            Optional<Condition> mirror,
            Optional<Condition> witness) {
        if (!lost(principal) || mirror.map(StoreSituation::lost).orElse(true)) {
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
                        : witness.filter(w -> !lost(w)).isPresent()
                                && told.mirroring().stream()
                                        .allMatch(StoreSituation::mayHaveBeenInStep));
    }

    private static boolean mayHaveBeenInStep(Facts.MirroringRow row) {
        return row.witness() != WitnessState.DISCONNECTED
                && switch (row.state()) {
                    case SYNCHRONIZED, DISCONNECTED, PENDING_FAILOVER, UNKNOWN -> true;
                    case SYNCHRONIZING, SUSPENDED, UNSYNCHRONIZED -> false;
                };
    }

    /**
     * What the databases themselves say of their links, where they said so after the partner's
     * loss, or of late (domain.md 4.4).
     */
    private record Links(
            boolean told, boolean partnerCut, boolean witnessCut, boolean witnessSeen) {

        static Links of(Sight sight, ComponentFacts facts, Optional<Condition> mirror) {
            Instant reference =
                    mirror.filter(StoreSituation::lost).map(Condition::since).orElse(sight.now());
            boolean counts =
                    !facts.at().isBefore(reference.minus(sight.policy().thresholds().maxAge()));
            if (!counts
                    || !(facts.facts() instanceof Facts.OfStore told)
                    || told.mirroring().isEmpty()) {
                return new Links(false, false, false, false);
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

    private static Service service(
            Store store,
            Condition principal,
            Optional<Condition> mirror,
            Optional<Condition> witness,
            Condition whole,
            boolean sideKnown,
            Links links) {
        boolean bothLost = mirror.map(StoreSituation::lost).orElse(true);
        if (whole.status() == Status.DOWN || (lost(principal) && (sideKnown || bothLost))) {
            return Service.UNAVAILABLE;
        }
        if (doubted(whole) || doubted(principal) || lost(principal)) {
            return Service.UNKNOWN;
        }
        if (principal.status() == Status.UNKNOWN) {
            return whole.status() == Status.UNKNOWN ? Service.UNKNOWN : Service.EXPOSED;
        }
        if (!sideKnown && !known(mirror)) {
            return Service.UNKNOWN;
        }
        if (store.technology() == StoreTechnology.MIRRORING) {
            boolean agreed =
                    mirror.filter(StoreSituation::lost).isPresent()
                            && witness.filter(StoreSituation::lost).isPresent();
            if (agreed) {
                return Service.UNAVAILABLE;
            }
            if (witness.isPresent() && !alive(whole) && !quorum(mirror, witness, links)) {
                return Service.UNKNOWN;
            }
        }
        boolean redundant =
                store.technology() == StoreTechnology.FAILOVER_CLUSTER
                        || (known(mirror) && (witness.isEmpty() || known(witness)));
        return redundant ? Service.SERVING : Service.EXPOSED;
    }

    /** Whether the principal is told to be linked to one of its two partners (domain.md 4.6). */
    private static boolean quorum(
            Optional<Condition> mirror, Optional<Condition> witness, Links links) {
        boolean byMirror = known(mirror) && !links.partnerCut();
        boolean byWitness =
                known(witness)
                        && !links.witnessCut()
                        && (!links.partnerCut() || links.witnessSeen());
        return links.told() && (byMirror || byWitness);
    }

    /** Both replicas are RESOLVING then, whatever their instances answer (row G4). */
    private static boolean groupWithoutQuorum(Sight sight, Store store, ComponentFacts facts) {
        return store.technology() == StoreTechnology.AVAILABILITY_GROUP
                && sight.isFresh(facts)
                && facts.facts() instanceof Facts.OfStore told
                && told.availabilityGroup().filter(GroupState::quorumLost).isPresent();
    }

    private static boolean known(Optional<Condition> partner) {
        return partner.filter(StoreSituation::alive).isPresent();
    }

    /**
     * Somebody says that it is down, and it is not agreed: a store like that is not proven to
     * serve.
     */
    private static boolean doubted(Condition condition) {
        return condition instanceof Condition.Unknown unknown
                && unknown.doubt() != Condition.Doubt.SILENCE;
    }

    private static Instant unavailableSince(
            Condition principal,
            Optional<Condition> mirror,
            Optional<Condition> witness,
            Condition whole) {
        if (principal.status() == Status.DOWN) {
            return principal.since();
        }
        if (whole.status() == Status.DOWN) {
            return whole.since();
        }
        Instant m = mirror.map(Condition::since).orElse(principal.since());
        Instant w = witness.map(Condition::since).orElse(m);
        return m.isAfter(w) ? m : w;
    }

    static boolean alive(Condition condition) {
        return condition.status() == Status.UP || condition.status() == Status.DEGRADED;
    }

    static boolean lost(Condition condition) {
        return condition.status() == Status.DOWN;
    }

    boolean principalLost() {
        return lost(principal);
    }

    boolean mirrorAlive() {
        return mirror.filter(StoreSituation::alive).isPresent();
    }

    boolean mirrorLost() {
        return mirror.filter(StoreSituation::lost).isPresent();
    }

    boolean witnessAlive() {
        return witness.filter(StoreSituation::alive).isPresent();
    }

    /** Its instance is seen down. */
    boolean witnessDown() {
        return witness.filter(StoreSituation::lost).isPresent();
    }

    /** Its instance is seen down, or the databases say that they have lost it. */
    boolean witnessLost() {
        return witness.filter(StoreSituation::lost).isPresent() || witnessCut;
    }

    /** The instance of the principal now. */
    SqlInstance principalAt() {
        return store.at(principalSide).orElseThrow();
    }

    /** The instance that would take over. */
    SqlInstance mirrorAt() {
        return store.at(principalSide.other()).orElseThrow();
    }

    boolean serving() {
        return service == Service.SERVING || service == Service.EXPOSED;
    }

    boolean unavailable() {
        return service == Service.UNAVAILABLE;
    }

    /** Unavailable, and so is every other copy that could serve. */
    boolean lostForGood() {
        return unavailable() && mirror.map(StoreSituation::lost).orElse(true);
    }

    /** Until when users work normally without the store (domain.md 8.0 no. 3). */
    Optional<Instant> budgetEnds() {
        return unavailableSince.map(
                since -> since.plus(sight.setting(Setting.BACK_END_BUDGET, store.id())));
    }

    /**
     * Whether a database says that it has lost its partner: the first sign of a loss that is not
     * settled yet, and so something that time alone changes.
     */
    boolean partnerMissed() {
        if (told.isPresent()) {
            for (Facts.MirroringRow row : told.get().mirroring()) {
                if (row.state() == MirroringState.DISCONNECTED) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Whether databases that users work with are on the lost side. */
    boolean usersTouched() {
        Map<String, MirroringHistory> rows = sight.facts(store.id()).mirroring();
        return store.databases().isEmpty()
                || store.databases().stream()
                        .filter(database -> database.type() == DatabaseType.USER)
                        .map(database -> Optional.ofNullable(rows.get(database.name())))
                        .anyMatch(row ->
                                row.flatMap(r -> r.row().principalOn())
                                        .map(principalSide::equals)
                                        .orElse(true));
    }
}
