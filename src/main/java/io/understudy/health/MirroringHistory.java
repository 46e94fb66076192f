package io.understudy.health;

import io.understudy.estate.Position;
import io.understudy.health.Facts.MirroringRow;
import java.time.Instant;
import java.util.Optional;

/**
 * What was last told of one mirrored database, and what was true before the partners lost each
 * other.
 *
 * <p>A mirror whose principal has died says DISCONNECTED; whether anything would be lost is known
 * only from the state before (domain.md 4.5, 4.6).
 *
 * @param row the newest row
 * @param at when it was seen
 * @param synchronizedAt when it was last seen SYNCHRONIZED
 * @param apartSince when it was first seen in another state since then
 * @param witnessConnectedAt when the witness was last seen connected
 * @param principalBefore the side that was principal when it was last SYNCHRONIZED
 */
public record MirroringHistory(
        MirroringRow row,
        Instant at,
        Optional<Instant> synchronizedAt,
        Optional<Instant> apartSince,
        Optional<Instant> witnessConnectedAt,
        Optional<Position> principalBefore) {

    static MirroringHistory first(MirroringRow row, Instant at) {
        boolean inStep = row.state() == MirroringState.SYNCHRONIZED;
        return new MirroringHistory(
                row,
                at,
                inStep ? Optional.of(at) : Optional.empty(),
                inStep ? Optional.empty() : Optional.of(at),
                row.witness() == WitnessState.CONNECTED ? Optional.of(at) : Optional.empty(),
                inStep ? row.principalOn() : Optional.empty());
    }

    MirroringHistory next(MirroringRow newer, Instant seenAt) {
        boolean inStep = newer.state() == MirroringState.SYNCHRONIZED;
        return new MirroringHistory(
                newer,
                seenAt,
                inStep ? Optional.of(seenAt) : synchronizedAt,
                inStep ? Optional.empty() : apartSince.or(() -> Optional.of(seenAt)),
                newer.witness() == WitnessState.CONNECTED
                        ? Optional.of(seenAt)
                        : witnessConnectedAt,
                inStep ? newer.principalOn() : principalBefore);
    }
}
