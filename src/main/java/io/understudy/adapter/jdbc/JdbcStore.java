package io.understudy.adapter.jdbc;

import io.understudy.adapter.spi.Probe.Reading;
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

/** What the two sides of a store come to. */
record JdbcStore(Store store, JdbcSide primary, JdbcSide mirror) {

    private static final long KB = 1024;

    Reading reading() {
        String detail = "primary: " + primary.detail() + "; mirror: " + mirror.detail();
        return new Reading(status(), facts(), detail);
    }

    private JdbcSide side(Position position) {
        return position == Position.PRIMARY ? primary : mirror;
    }

    private Optional<JdbcSide.Principal> principal(Position position) {
        return side(position)
                .role()
                .filter(JdbcSide.Principal.class::isInstance)
                .map(JdbcSide.Principal.class::cast);
    }

    /** Where the principal is; empty with none in sight, and with two. */
    private Optional<Position> principalOn() {
        boolean here = principal(Position.PRIMARY).isPresent();
        boolean there = principal(Position.MIRROR).isPresent();
        if (here == there) {
            return Optional.empty();
        }
        return Optional.of(here ? Position.PRIMARY : Position.MIRROR);
    }

    /** The principal's status; without one DOWN, unless a side could not be judged. */
    private Status status() {
        Optional<Position> principalOn = principalOn();
        if (principalOn.isPresent()) {
            return side(principalOn.get()).status();
        }
        if (principal(Position.PRIMARY).isPresent()) {
            return Status.DEGRADED;
        }
        boolean judged = judged(primary) && judged(mirror);
        return judged ? Status.DOWN : Status.UNKNOWN;
    }

    /** A side that is too busy to say what it is may well be the principal. */
    private static boolean judged(JdbcSide side) {
        return side.role().isPresent() || side.status() == Status.DOWN;
    }

    private Facts facts() {
        if (primary.role().isEmpty() && mirror.role().isEmpty()) {
            return new Facts.None();
        }
        Optional<Position> principalOn = principalOn();
        if (principalOn.isPresent()) {
            JdbcSide.Principal role = principal(principalOn.get()).orElseThrow();
            OptionalLong lag = role.lagBytes();
            return rows(
                    principalOn,
                    role.mirror(),
                    role.safety(),
                    lag.isPresent()
                            ? OptionalLong.of(Math.ceilDiv(lag.getAsLong(), KB))
                            : OptionalLong.empty());
        }
        if (principal(Position.PRIMARY).isPresent()) {
            return rows(
                    Optional.empty(), MirroringState.UNKNOWN, Safety.UNKNOWN, OptionalLong.empty());
        }
        return withoutPrincipal();
    }

    /** No principal answered: the mirror that does knows only whether it still hears from it. */
    private Facts withoutPrincipal() {
        boolean both = primary.role().isPresent() && mirror.role().isPresent();
        Position answered = primary.role().isPresent() ? Position.PRIMARY : Position.MIRROR;
        boolean receiving =
                side(answered).role().orElseThrow() instanceof JdbcSide.Mirror role
                        && role.receiving();
        return rows(
                both ? Optional.empty() : Optional.of(answered.other()),
                receiving ? MirroringState.UNKNOWN : MirroringState.DISCONNECTED,
                Safety.UNKNOWN,
                OptionalLong.empty());
    }

    private Facts rows(
            Optional<Position> principalOn,
            MirroringState state,
            Safety safety,
            OptionalLong redoQueueKb) {
        List<Facts.MirroringRow> rows =
                store.databases().stream()
                        .map(database ->
                                new Facts.MirroringRow(
                                        database.name(),
                                        principalOn,
                                        state,
                                        safety,
                                        WitnessState.UNKNOWN))
                        .toList();
        return new Facts.OfStore(
                rows,
                Optional.empty(),
                Optional.empty(),
                redoQueueKb,
                OptionalLong.empty(),
                Optional.empty());
    }
}
