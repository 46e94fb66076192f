package io.understudy.testing;

import io.understudy.estate.Database;
import io.understudy.estate.Position;
import io.understudy.estate.Store;
import io.understudy.health.Facts;
import io.understudy.health.MirroringState;
import io.understudy.health.Safety;
import io.understudy.health.WitnessState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;

/** What is told of a store; a test says what is different from one that is well. */
public record StoreTold(Facts.OfStore facts) {

    /** Every database so, and its principal there; the witness is connected where there is one. */
    public static StoreTold mirrored(Store store, MirroringState state, Position principalOn) {
        WitnessState witness =
                store.witness().isPresent() ? WitnessState.CONNECTED : WitnessState.UNKNOWN;
        return nothing()
                .rows(
                        store.databases().stream()
                                .map(Database::name)
                                .map(name ->
                                        new Facts.MirroringRow(
                                                name,
                                                Optional.of(principalOn),
                                                state,
                                                Safety.FULL,
                                                witness))
                                .toList());
    }

    /** Nothing is told of it. */
    public static StoreTold nothing() {
        return new StoreTold(
                new Facts.OfStore(
                        List.of(),
                        Optional.empty(),
                        Optional.empty(),
                        OptionalLong.empty(),
                        OptionalLong.empty(),
                        Optional.empty()));
    }

    public StoreTold group(Facts.AvailabilityGroup group) {
        return new StoreTold(
                new Facts.OfStore(
                        facts.mirroring(),
                        Optional.of(group),
                        facts.logShipping(),
                        facts.redoQueueKb(),
                        facts.redoRateKbPerSecond(),
                        facts.transactionLogFull(),
                        facts.forcedServiceAt()));
    }

    /** One database has its principal on another side than the others. */
    public StoreTold principal(String database, Position on) {
        return each(row ->
                row.database().equals(database)
                        ? new Facts.MirroringRow(
                                database, Optional.of(on), row.state(), row.safety(), row.witness())
                        : row);
    }

    public StoreTold state(String database, MirroringState state) {
        return each(row ->
                row.database().equals(database)
                        ? new Facts.MirroringRow(
                                database, row.principalOn(), state, row.safety(), row.witness())
                        : row);
    }

    public StoreTold witness(WitnessState witness) {
        return each(row ->
                new Facts.MirroringRow(
                        row.database(), row.principalOn(), row.state(), row.safety(), witness));
    }

    public StoreTold safety(Safety safety) {
        return each(row ->
                new Facts.MirroringRow(
                        row.database(), row.principalOn(), row.state(), safety, row.witness()));
    }

    private StoreTold each(UnaryOperator<Facts.MirroringRow> change) {
        return rows(facts.mirroring().stream().map(change).toList());
    }

    private StoreTold rows(List<Facts.MirroringRow> rows) {
        return new StoreTold(
                new Facts.OfStore(
                        rows,
                        facts.availabilityGroup(),
                        facts.logShipping(),
                        facts.redoQueueKb(),
                        facts.redoRateKbPerSecond(),
                        facts.transactionLogFull(),
                        facts.forcedServiceAt()));
    }

    /** The log on the mirror that is not redone, in KB, and KB redone each second. */
    public StoreTold redo(long queue, long rate) {
        return new StoreTold(
                new Facts.OfStore(
                        facts.mirroring(),
                        facts.availabilityGroup(),
                        facts.logShipping(),
                        OptionalLong.of(queue),
                        OptionalLong.of(rate),
                        facts.transactionLogFull(),
                        facts.forcedServiceAt()));
    }

    public StoreTold logFull(boolean full) {
        return new StoreTold(
                new Facts.OfStore(
                        facts.mirroring(),
                        facts.availabilityGroup(),
                        facts.logShipping(),
                        facts.redoQueueKb(),
                        facts.redoRateKbPerSecond(),
                        Optional.of(full),
                        facts.forcedServiceAt()));
    }

    public StoreTold forcedAt(Instant at) {
        return new StoreTold(
                new Facts.OfStore(
                        facts.mirroring(),
                        facts.availabilityGroup(),
                        facts.logShipping(),
                        facts.redoQueueKb(),
                        facts.redoRateKbPerSecond(),
                        facts.transactionLogFull(),
                        Optional.of(at)));
    }

    public StoreTold shipped(Optional<Duration> backupAge, Optional<Duration> restoreLatency) {
        return new StoreTold(
                new Facts.OfStore(
                        facts.mirroring(),
                        facts.availabilityGroup(),
                        Optional.of(new Facts.ShippedLog(backupAge, restoreLatency)),
                        facts.redoQueueKb(),
                        facts.redoRateKbPerSecond(),
                        facts.transactionLogFull(),
                        facts.forcedServiceAt()));
    }
}
