package io.understudy.decision.rules;

import io.understudy.decision.Setting;
import io.understudy.estate.DatabaseType;
import io.understudy.estate.Places;
import io.understudy.estate.Position;
import io.understudy.estate.SqlInstance;
import io.understudy.estate.Store;
import io.understudy.health.ComponentFacts;
import io.understudy.health.Condition;
import io.understudy.health.Facts;
import io.understudy.health.MirroringHistory;
import io.understudy.health.MirroringState;
import io.understudy.health.Status;
import java.time.Instant;
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
        StoreService service,
        boolean primaryVoteLost,
        boolean primaryVoteHeld,
        Optional<Facts.OfStore> told,
        Optional<Instant> unavailableSince) {

    static StoreSituation of(Sight sight, Store store) {
        return of(sight, store, sight.estate().places(store));
    }

    static StoreSituation of(Sight sight, Store store, Places.OfStore places) {
        ComponentFacts facts = sight.facts(places.store());
        StoreWord word = new StoreWord(sight, store, facts);
        Set<Position> sides = word.principalSides();
        Position side = principalSide(sight, places, sides);
        Condition principal = sight.condition(places.at(side));
        Optional<Condition> mirror = at(sight, places.at(side.other()));
        Optional<Condition> witness = at(sight, places.witness());
        Condition whole = sight.condition(places.store());
        StoreWord.Links links = word.links(mirror);
        boolean cut = witness.isPresent() && links.witnessCut();
        boolean open =
                (word.groupWithoutQuorum() && !lost(whole) && !lost(principal))
                        || word.mayHaveMoved(principal, mirror, witness);
        StoreService service =
                open && !lost(whole)
                        ? StoreService.UNKNOWN
                        : StoreService.of(
                                store,
                                principal,
                                mirror,
                                witness,
                                whole,
                                word.sideKnown(principal),
                                links);
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
                word.fresh(),
                service == StoreService.UNAVAILABLE
                        ? Optional.of(unavailableSince(principal, mirror, witness, whole))
                        : Optional.empty());
    }

    private static Optional<Condition> at(Sight sight, int place) {
        return place == Places.NONE ? Optional.empty() : Optional.of(sight.condition(place));
    }

    private static Position principalSide(Sight sight, Places.OfStore places, Set<Position> sides) {
        if (sides.size() == 1) {
            return sides.iterator().next();
        }
        boolean mirrorLost = sides.size() > 1 && lost(sight.condition(places.mirror()));
        return mirrorLost ? Position.MIRROR : Position.PRIMARY;
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

    boolean bothAlive() {
        return alive(principal) && mirrorAlive();
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
        return service == StoreService.SERVING || service == StoreService.EXPOSED;
    }

    boolean unavailable() {
        return service == StoreService.UNAVAILABLE;
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
