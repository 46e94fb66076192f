package io.understudy.proof;

import io.understudy.estate.Position;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/** What is seen of one pool of the pair, and of its store. */
record Side(
        List<Seen> frontEnds,
        Seen pool,
        Seen primary,
        Seen mirror,
        Seen witness,
        Mirroring mirroring,
        Told told) {

    Side {
        frontEnds = List.copyOf(frontEnds);
    }

    static Side well(int frontEnds) {
        return new Side(
                Collections.nCopies(frontEnds, Seen.UP),
                Seen.UP,
                Seen.UP,
                Seen.UP,
                Seen.UP,
                Mirroring.WELL,
                Told.WELL);
    }

    /** Everything of the pool and its store is gone. */
    static Side lost(int frontEnds) {
        return well(frontEnds)
                .frontEnds(Collections.nCopies(frontEnds, Seen.DOWN))
                .pool(Seen.DOWN)
                .sql(Seen.DOWN, Seen.DOWN, Seen.DOWN);
    }

    Side frontEnds(List<Seen> seen) {
        return new Side(seen, pool, primary, mirror, witness, mirroring, told);
    }

    /** The last of the Front End Servers are seen so; the others are up. */
    Side lastFrontEnds(int count, Seen seen) {
        List<Seen> all = new ArrayList<>(Collections.nCopies(frontEnds.size() - count, Seen.UP));
        all.addAll(Collections.nCopies(count, seen));
        return frontEnds(all);
    }

    Side pool(Seen seen) {
        return new Side(frontEnds, seen, primary, mirror, witness, mirroring, told);
    }

    Side sql(Seen newPrimary, Seen newMirror, Seen newWitness) {
        return new Side(frontEnds, pool, newPrimary, newMirror, newWitness, mirroring, told);
    }

    Side mirroring(Mirroring.Copy copy, Position principalOn, boolean linked) {
        Mirroring other = new Mirroring(copy, principalOn, linked);
        return new Side(frontEnds, pool, primary, mirror, witness, other, told);
    }

    Side told(Told other) {
        return new Side(frontEnds, pool, primary, mirror, witness, mirroring, other);
    }

    Seen sql(Position position) {
        return position == Position.PRIMARY ? primary : mirror;
    }

    /** The instance that is told to be principal. */
    Seen principal() {
        return sql(mirroring.principalOn());
    }

    Seen partner() {
        return sql(mirroring.principalOn().other());
    }

    Stream<Seen> everything(boolean witnessConfigured) {
        return Stream.of(
                        frontEnds.stream(),
                        Stream.of(pool, primary, mirror),
                        witnessConfigured ? Stream.of(witness) : Stream.<Seen>empty())
                .flatMap(s -> s);
    }
}
