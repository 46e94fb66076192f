package io.understudy.adapter.sqlserver;

import io.understudy.adapter.spi.Probe.Reading;
import io.understudy.estate.Database;
import io.understudy.estate.Position;
import io.understudy.estate.Store;
import io.understudy.health.Facts;
import io.understudy.health.MirroringState;
import io.understudy.health.Safety;
import io.understudy.health.Status;
import io.understudy.health.WitnessState;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** What both partners of a mirrored store come to. */
record MirroredStore(Store store, Side primary, Side mirror, Optional<Facts.ShippedLog> shipped) {

    Reading reading() {
        String detail = "primary: " + primary.detail() + "; mirror: " + mirror.detail();
        List<String> databases = store.databases().stream().map(Database::name).toList();
        int served = (int) databases.stream().filter(this::served).count();
        boolean judged = judged(primary) && judged(mirror);
        Status status = Side.status(served, databases.size(), judged);
        boolean split = databases.stream().anyMatch(this::twice);
        return new Reading(
                split && status == Status.UP ? Status.DEGRADED : status, facts(databases), detail);
    }

    /** One that is too busy to answer may well serve. */
    private static boolean judged(Side side) {
        return side.answered() || side.status() == Status.DOWN;
    }

    private boolean served(String database) {
        return primary.served().contains(database) || mirror.served().contains(database);
    }

    private boolean twice(String database) {
        return principal(primary, database).isPresent() && principal(mirror, database).isPresent();
    }

    private static Optional<MirrorRow> principal(Side side, String database) {
        return Optional.ofNullable(side.rows().get(database)).filter(MirrorRow::principal);
    }

    private Facts facts(List<String> databases) {
        if (!primary.answered() && !mirror.answered()) {
            return new Facts.None();
        }
        Optional<Side.Redo> redo = primary.redo().or(mirror::redo);
        return new Facts.OfStore(
                databases.stream().map(this::row).toList(),
                Optional.empty(),
                shipped,
                redo.map(r -> OptionalLong.of(r.queueKb())).orElse(OptionalLong.empty()),
                redo.map(r -> OptionalLong.of(r.rateKbPerSecond())).orElse(OptionalLong.empty()),
                full());
    }

    private Optional<Boolean> full() {
        Optional<Boolean> here = primary.logFull();
        Optional<Boolean> there = mirror.logFull();
        return here.isPresent() && there.isPresent()
                ? Optional.of(here.get() || there.get())
                : here.or(() -> there);
    }

    /** The principal's row where it can be asked, else what the mirror knows. */
    private Facts.MirroringRow row(String database) {
        if (twice(database)) {
            return unknown(database);
        }
        for (Position position : Position.values()) {
            Optional<MirrorRow> principal = principal(side(position), database);
            if (principal.isPresent()) {
                return told(database, position, principal.get());
            }
        }
        for (Position position : Position.values()) {
            MirrorRow row = side(position).rows().get(database);
            if (row != null && row.mirror()) {
                return told(database, position.other(), row);
            }
        }
        return unknown(database);
    }

    private Side side(Position position) {
        return position == Position.PRIMARY ? primary : mirror;
    }

    private static Facts.MirroringRow told(String database, Position principalOn, MirrorRow row) {
        return new Facts.MirroringRow(
                database,
                Optional.of(principalOn),
                row.state(),
                row.safety(),
                row.witnessSet() ? row.witness() : WitnessState.UNKNOWN);
    }

    private static Facts.MirroringRow unknown(String database) {
        return new Facts.MirroringRow(
                database,
                Optional.empty(),
                MirroringState.UNKNOWN,
                Safety.UNKNOWN,
                WitnessState.UNKNOWN);
    }
}
