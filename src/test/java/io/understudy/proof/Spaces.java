package io.understudy.proof;

import static io.understudy.proof.Seen.DOWN;
import static io.understudy.proof.Seen.ONE_SITE;
import static io.understudy.proof.Seen.SILENT;
import static io.understudy.proof.Seen.UP;

import io.understudy.estate.Position;
import io.understudy.health.PoolState;
import io.understudy.proof.Mirroring.Copy;
import io.understudy.proof.Told.Backup;
import io.understudy.proof.Told.Services;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The worlds that are gone through.
 *
 * <p>All combinations of everything at once are too many. What a decision may rest on comes in two
 * parts: what is lost at home, and what may be used elsewhere. So every home is gone through with
 * each kind of pair ({@link #homes}), every pair with each kind of home ({@link #pairs}), every
 * clause that is told with every other ({@link #clauses}), and all that lies around them ({@link
 * #around}); worlds drawn from the whole product ({@link #everything}) test that nothing hides
 * between the parts. Servers of a pool are alike, so that only how many are seen so matters;
 * ReductionTest shows that the decider sees it so, too.
 */
final class Spaces {

    static final List<Duration> AGES =
            List.of(Duration.ZERO, Duration.ofSeconds(61), Duration.ofMinutes(31));

    /** With the two kinds of not knowing that an observer alone can bring about. */
    static final List<Seen> FOUR = List.of(UP, DOWN, SILENT, ONE_SITE);

    static final List<Seen> THREE = List.of(UP, DOWN, SILENT);

    private static final Map<String, List<List<Seen>>> MULTISETS = new ConcurrentHashMap<>();
    private static final List<Mirroring> COPIES = copies();
    private static final List<Optional<PoolState>> STATES =
            Stream.concat(
                            Arrays.stream(PoolState.values()).map(Optional::of),
                            Stream.of(Optional.<PoolState>empty()))
                    .toList();

    private Spaces() {}

    /** Every home, with each kind of pair. */
    static Space homes(int frontEnds, boolean witness, List<Seen> kinds, List<Side> pairs) {
        Shape shape = Shape.of(frontEnds, witness);
        return new Space(
                "homes-" + shapeName(frontEnds, witness) + '-' + kinds.size() + '-' + pairs.size(),
                choice ->
                        World.of(
                                shape,
                                side(choice, frontEnds, witness, kinds),
                                choice.of(pairs),
                                choice.of(AGES)));
    }

    /** Every pair, with a home that is lost, one that has lost its store, and one that is well. */
    static Space pairs(int frontEnds, boolean witness, List<Seen> kinds) {
        Shape shape = Shape.of(frontEnds, witness);
        Side well = Side.well(frontEnds);
        List<Side> homes = List.of(Side.lost(frontEnds), well.sql(DOWN, DOWN, DOWN), well);
        return new Space(
                "pairs-" + shapeName(frontEnds, witness) + '-' + kinds.size(),
                choice ->
                        World.of(
                                shape,
                                choice.of(homes),
                                side(choice, frontEnds, witness, kinds),
                                choice.of(AGES.subList(1, 3))));
    }

    /** Every combination of what is told of the two pools. */
    static Space clauses() {
        List<OptionalInt> capacities =
                List.of(OptionalInt.of(40_000), OptionalInt.of(39_999), OptionalInt.empty());
        List<Side> homes = List.of(Side.lost(3), Side.well(3).sql(DOWN, DOWN, DOWN), Side.well(3));
        return new Space(
                "clauses",
                choice ->
                        World.of(
                                Shape.of(3, false).capacity(choice.of(capacities)),
                                choice.of(homes)
                                        .told(
                                                new Told(
                                                        choice.of(STATES),
                                                        choice.of(List.of(Backup.values())),
                                                        Services.UNTOLD,
                                                        choice.of(2) == 1)),
                                Side.well(3).lastFrontEnds(choice.of(2), DOWN).told(told(choice)),
                                AGES.get(2)));
    }

    /** Every combination of what lies around the pools, for homes lost in several ways. */
    static Space around() {
        List<Side> homes =
                List.of(
                        Side.lost(3),
                        Side.lost(3).sql(UP, UP, UP),
                        Side.lost(3).pool(ONE_SITE),
                        Side.well(3).sql(DOWN, DOWN, DOWN),
                        Kinds.disagreed(3),
                        Side.well(3));
        return new Space(
                "around",
                choice ->
                        World.of(
                                        Shape.of(3, false)
                                                .cmsAt(1 + choice.of(2))
                                                .edgeHop(choice.of(3)),
                                        choice.of(homes),
                                        Side.well(3),
                                        choice.of(AGES))
                                .around(around(choice)));
    }

    /** Everything at once, for drawing from. */
    static Space everything(int frontEnds, boolean witness) {
        Shape shape = Shape.of(frontEnds, witness);
        List<Seen> seen = List.of(Seen.values());
        return new Space(
                "everything-" + shapeName(frontEnds, witness),
                choice ->
                        World.of(
                                        shape.cmsAt(1 + choice.of(2)).edgeHop(choice.of(3)),
                                        anySide(choice, frontEnds, seen),
                                        anySide(choice, frontEnds, seen),
                                        choice.of(AGES))
                                .around(around(choice)));
    }

    private static Side side(Choice choice, int frontEnds, boolean witness, List<Seen> kinds) {
        Mirroring told = choice.of(COPIES);
        Side side =
                Side.well(frontEnds)
                        .frontEnds(choice.of(multisets(frontEnds, kinds)))
                        .pool(choice.of(kinds))
                        .sql(choice.of(kinds), choice.of(kinds), witness ? choice.of(kinds) : UP);
        boolean linked = !witness || choice.of(2) == 0;
        return side.mirroring(told.copy(), told.principalOn(), linked);
    }

    private static Side anySide(Choice choice, int frontEnds, List<Seen> seen) {
        // half of the components are up, or hardly a world would be one of a single failure
        List<Seen> mostlyUp = Stream.concat(seen.stream(), Stream.of(UP, UP, UP, UP)).toList();
        Mirroring told = choice.of(COPIES);
        List<Seen> servers =
                IntStream.range(0, frontEnds).mapToObj(_ -> choice.of(mostlyUp)).toList();
        return Side.well(frontEnds)
                .frontEnds(servers)
                .pool(choice.of(mostlyUp))
                .sql(choice.of(mostlyUp), choice.of(mostlyUp), choice.of(mostlyUp))
                .mirroring(told.copy(), told.principalOn(), choice.of(3) > 0)
                .told(choice.of(2) == 0 ? told(choice) : Told.WELL);
    }

    private static Told told(Choice choice) {
        return new Told(
                choice.of(STATES),
                choice.of(List.of(Backup.values())),
                choice.of(List.of(Services.values())),
                choice.of(2) == 1);
    }

    private static World.Around around(Choice choice) {
        return new World.Around(
                choice.of(FOUR),
                choice.of(3),
                choice.of(List.of(World.CmsTold.values())),
                choice.of(FOUR),
                choice.of(FOUR),
                choice.of(List.of(SILENT, UP, DOWN)),
                choice.of(2) == 0);
    }

    private static List<Mirroring> copies() {
        List<Mirroring> copies = new ArrayList<>();
        for (Copy copy : Copy.values()) {
            copies.add(new Mirroring(copy, Position.PRIMARY, true));
            if (copy != Copy.UNTOLD) {
                copies.add(new Mirroring(copy, Position.MIRROR, true));
            }
        }
        return List.copyOf(copies);
    }

    /** Every way in which so many servers can be seen, whichever of them is seen how. */
    static List<List<Seen>> multisets(int servers, List<Seen> kinds) {
        return MULTISETS.computeIfAbsent(
                servers + " " + kinds.size(),
                _ -> {
                    List<List<Seen>> all = new ArrayList<>();
                    grow(new ArrayList<>(), 0, servers, kinds, all);
                    return List.copyOf(all);
                });
    }

    private static void grow(
            List<Seen> chosen, int from, int servers, List<Seen> kinds, List<List<Seen>> all) {
        if (chosen.size() == servers) {
            all.add(List.copyOf(chosen));
            return;
        }
        for (int kind = from; kind < kinds.size(); kind++) {
            chosen.add(kinds.get(kind));
            grow(chosen, kind, servers, kinds, all);
            chosen.removeLast();
        }
    }

    private static String shapeName(int frontEnds, boolean witness) {
        return frontEnds + (witness ? "w" : "");
    }
}
