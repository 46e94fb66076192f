package io.understudy.adapter.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.understudy.adapter.spi.Progress;
import io.understudy.adapter.spi.StepCall;
import io.understudy.adapter.spi.StepExecutor.Presence;
import io.understudy.adapter.spi.StepOutcome;
import io.understudy.document.Json;
import io.understudy.estate.ComponentId;
import io.understudy.health.Status;
import io.understudy.testing.Actions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TwinFileTest {

    @TempDir private Path directory;

    private Twin twin(TwinFile file, Instant now) {
        Twin twin = new Twin(TwinBench.estate(true, 3), TwinSettings.DEFAULT, () -> now, file);
        file.load().ifPresent(twin::restore);
        return twin;
    }

    @Test
    void aTwinBroughtBackHasForgottenNothing() {
        TwinFile file = new TwinFile(directory.resolve("twin"));
        Twin before = twin(file, TwinBench.START);
        before.inject(new Fault.Kill(TwinBench.P));
        before.inject(new Fault.Slow(TwinBench.STORE));
        before.inject(new Fault.ExecutorFault(Fault.Misbehaviour.LOST_ANSWER, 2));
        before.inject(new Fault.Kill(ComponentId.parse("site:redmond")));
        SimulatorExecutor executor = new SimulatorExecutor(before, _ -> {});
        StepCall call =
                new StepCall(
                        "r",
                        1,
                        1,
                        9,
                        TwinBench.moveCms(true),
                        Optional.empty(),
                        Duration.ofMinutes(1));
        assertTrue(executor.act(call, Progress.UNHEARD) instanceof StepOutcome.Uncertain);

        Twin after = twin(new TwinFile(directory.resolve("twin")), TwinBench.START);
        assertEquals(before.state(), after.state());
        assertEquals(Presence.DONE, new SimulatorExecutor(after, _ -> {}).check(call));
        StepCall older =
                new StepCall(
                        "r",
                        1,
                        2,
                        8,
                        TwinBench.moveCms(true),
                        Optional.empty(),
                        Duration.ofMinutes(1));
        assertTrue(
                new SimulatorExecutor(after, _ -> {}).act(older, Progress.UNHEARD)
                        instanceof StepOutcome.Refused);
    }

    @Test
    void whatTimeAloneBringsHappensAfterTheReturnToo() {
        TwinFile file = new TwinFile(directory);
        Twin before = twin(file, TwinBench.START);
        before.inject(new Fault.Kill(TwinBench.P));
        Twin after = twin(file, TwinBench.START.plusSeconds(12));
        SimulatorProbe probe = new SimulatorProbe(after);
        assertEquals(Status.UP, probe.read(TwinBench.LISBON, TwinBench.STORE).status());
    }

    @Test
    void anEffectIsKeptBeforeItIsAnswered() {
        List<TwinState> kept = new ArrayList<>();
        Twin twin =
                new Twin(
                        TwinBench.estate(true, 3),
                        TwinSettings.DEFAULT,
                        () -> TwinBench.START,
                        kept::add);
        new SimulatorExecutor(twin, _ -> {})
                .act(
                        new StepCall(
                                "r",
                                1,
                                1,
                                1,
                                TwinBench.toMirror(false),
                                Optional.empty(),
                                Duration.ofMinutes(1)),
                        Progress.UNHEARD);
        assertEquals(twin.effects(), kept.getLast().effects());
        assertEquals(1, twin.effects().size());
    }

    @Test
    void whatCannotBeKeptDoesNotHappen() {
        Twin twin =
                new Twin(
                        TwinBench.estate(true, 3),
                        TwinSettings.DEFAULT,
                        () -> TwinBench.START,
                        _ -> {
                            throw new UncheckedIOException(new IOException("disk full"));
                        });
        assertThrows(UncheckedIOException.class, () -> twin.inject(new Fault.Kill(TwinBench.P)));
        assertEquals(Map.of(), twin.faults());
    }

    /** What the newer version keeps besides is as it was when nobody could change it. */
    @Test
    void aStateThatAnOlderVersionKeptIsStillRead() throws IOException {
        Twin twin = twin(new TwinFile(directory), TwinBench.START);
        twin.inject(new Fault.Kill(TwinBench.P));
        Path file = directory.resolve("twin.json");
        ObjectNode kept = (ObjectNode) Json.mapper().readTree(file.toFile());
        kept.remove(List.of("lags", "forcedServices", "shipped", "chats", "moved", "underWay"));
        kept.get("pools").forEach(pool -> ((ObjectNode) pool).remove("quorumReset"));
        ((ObjectNode) kept.get("centralManagement"))
                .remove(List.of("copiesStale", "replicasBehind"));
        Json.mapper().writeValue(file.toFile(), kept);
        assertEquals(Optional.of(twin.state()), new TwinFile(directory).load());
    }

    @Test
    void everyEffectIsReadAsItWasKept() {
        TwinFile file = new TwinFile(directory);
        TwinState state = TwinState.empty(TwinBench.START);
        List<Effect> effects =
                Actions.carriedOut().stream()
                        .map(action -> new Effect(TwinBench.START, "r", 1, 1, action))
                        .toList();
        file.accept(state.withLog(Map.of("r", 1L), effects));
        assertEquals(effects, file.load().orElseThrow().effects());
    }

    @Test
    void aTwinOfEverythingIsReadAsItWasKept() {
        TwinFile file = new TwinFile(directory);
        TwinState state = TwinBench.wide().twin.state();
        file.accept(state);
        assertEquals(Optional.of(state), file.load());
    }

    @Test
    void aFileThatIsNoStateIsNamed() throws IOException {
        Files.writeString(directory.resolve("twin.json"), "{\"at\": 7");
        UncheckedIOException e =
                assertThrows(UncheckedIOException.class, () -> new TwinFile(directory).load());
        assertTrue(e.getMessage().contains("twin.json is not the state of a twin"));
    }

    @Test
    void aTwinFollowsItsEstate() {
        Twin twin = twin(new TwinFile(directory), TwinBench.START);
        twin.inject(new Fault.Kill(TwinBench.P));
        twin.follow(TwinBench.estate(false, 5));
        assertEquals(8, twin.state().frontEnds().size());
        assertEquals(
                Status.DOWN, new SimulatorProbe(twin).read(TwinBench.LISBON, TwinBench.P).status());
    }
}
