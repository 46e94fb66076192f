package io.understudy.control;

import static io.understudy.control.LoopBench.PRINCIPAL;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.understudy.estate.ObserverName;
import io.understudy.health.Observation;
import io.understudy.health.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;

class WatchTest {

    private static final int LOOKS = 4; // two observers, two instances
    private static final int CONFIRMATIONS = 3;

    private final LoopBench bench = new LoopBench();
    private final List<Runnable> waiting = new ArrayList<>();

    @Test
    void everyLookCountsButOnlyNewsWithItsConfirmationsAndAHeartbeatAreKept() {
        Watch watch = watch(Runnable::run);
        watch.tick();
        assertEquals(LOOKS, bench.observations.kept.size());

        for (int second = 1; second < 30; second++) {
            bench.clock.advance(Duration.ofSeconds(1));
            watch.tick();
        }
        assertEquals(LOOKS, bench.observations.kept.size(), "nothing new was seen");
        bench.clock.advance(Duration.ofSeconds(1));
        watch.tick();
        assertEquals(2 * LOOKS, bench.observations.kept.size(), "the heartbeat");

        bench.seen.put(PRINCIPAL, Status.DOWN);
        bench.clock.advance(Duration.ofSeconds(1));
        watch.tick();
        assertEquals(2 * LOOKS + 2, bench.observations.kept.size(), "news of two observers");
        bench.clock.advance(Duration.ofSeconds(1));
        watch.tick();
        bench.loop.tick();
        assertEquals(
                Status.DOWN, bench.loop.present().orElseThrow().conditions().status(PRINCIPAL));
        assertEquals(2 * LOOKS + 4, bench.observations.kept.size(), "their second looks");
        for (int second = 0; second < 20; second++) {
            bench.clock.advance(Duration.ofSeconds(1));
            watch.tick();
        }
        assertEquals(
                2 * LOOKS + 2 * (1 + CONFIRMATIONS),
                bench.observations.kept.size(),
                "no more than what confirms it");
    }

    @Test
    void whatWasKeptOfALossSettlesItAgainAsItWasSettled() {
        Watch watch = watch(Runnable::run);
        watch.tick();
        bench.seen.put(PRINCIPAL, Status.DOWN);
        for (int second = 0; second < 2; second++) {
            bench.clock.advance(Duration.ofSeconds(1));
            watch.tick();
        }
        LoopBench restarted = new LoopBench();
        restarted.clock.advance(Duration.between(restarted.clock.instant(), bench.clock.instant()));
        restarted.loop.accept(List.copyOf(bench.observations.kept.values()));
        restarted.loop.tick();
        assertEquals(
                Status.DOWN, restarted.loop.present().orElseThrow().conditions().status(PRINCIPAL));
    }

    @Test
    void onlyWhatIsForThisProcessIsLookedAt() {
        ObserverName dublin = new ObserverName("o-dublin");
        watch(Runnable::run).tick((observer, _) -> observer.equals(dublin));

        assertEquals(LOOKS / 2, bench.observations.kept.size());
        assertTrue(
                bench.observations.kept.values().stream()
                        .allMatch(kept -> kept.observer().equals(dublin)));
    }

    @Test
    void whatAnotherProcessHasKeptIsNoNewsWhenTheLookingChangesHands() {
        watch(Runnable::run).tick();
        Watch next = watch(Runnable::run);
        next.heard(List.copyOf(bench.observations.kept.values()));
        bench.told.clear();

        bench.clock.advance(Duration.ofSeconds(1));
        next.tick();

        assertEquals(LOOKS, bench.observations.kept.size());
        assertEquals(List.of(), bench.told);
    }

    @Test
    void aChangeThatAnotherProcessHasKeptIsConfirmedByWhoLooksNext() {
        Watch first = watch(Runnable::run);
        Watch next = watch(Runnable::run);
        first.tick();
        next.heard(List.copyOf(bench.observations.kept.values()));
        bench.seen.put(PRINCIPAL, Status.DOWN);
        bench.clock.advance(Duration.ofSeconds(1));
        first.tick();
        next.heard(List.copyOf(bench.observations.kept.values()));
        int kept = bench.observations.kept.size();
        for (int second = 0; second < 10; second++) {
            bench.clock.advance(Duration.ofSeconds(1));
            next.tick();
        }

        assertEquals(kept + 2 * CONFIRMATIONS, bench.observations.kept.size());
    }

    @Test
    void whatIsHeardLateChangesNothing() {
        Watch watch = watch(Runnable::run);
        watch.tick();
        List<Observation> old = List.copyOf(bench.observations.kept.values());
        bench.seen.put(PRINCIPAL, Status.DOWN);
        bench.clock.advance(Duration.ofSeconds(1));
        watch.tick();
        watch.heard(old);
        bench.told.clear();

        bench.clock.advance(Duration.ofSeconds(1));
        watch.tick();
        assertEquals(List.of(), bench.told, "no news");
    }

    @Test
    void aLookThatIsStillUnderWayIsNotBegunAgain() {
        Watch watch = watch(waiting::add);
        watch.tick();
        watch.tick();
        assertEquals(LOOKS, waiting.size());

        waiting.forEach(Runnable::run);
        watch.tick();
        assertEquals(2 * LOOKS, waiting.size());
    }

    private Watch watch(Executor executor) {
        return new Watch(
                bench.estate,
                bench.vantage,
                bench.observations,
                bench.loop,
                executor,
                () -> bench.told.add("wake"),
                new WatchSettings(Duration.ofSeconds(1), Duration.ofSeconds(30), CONFIRMATIONS));
    }
}
