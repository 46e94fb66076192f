package io.understudy.simulation;

import io.understudy.adapter.spi.Probe;
import io.understudy.adapter.spi.Progress;
import io.understudy.adapter.spi.StepCall;
import io.understudy.adapter.spi.StepExecutor;
import io.understudy.adapter.spi.StepOutcome;
import io.understudy.estate.ComponentId;
import io.understudy.health.Facts;
import io.understudy.health.Status;
import io.understudy.run.Sight;
import io.understudy.runbook.Action;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One replica's way to act on the other side and to look at it: what is said may be lost. */
final class Remedies implements StepExecutor, Sight {

    private final Scene scene;
    private final Replica replica;
    private final OtherSide otherSide;
    private final Line line;

    /** What comes back of an order. */
    private static final class Answer {
        private @Nullable StepOutcome outcome;
    }

    Remedies(Scene scene, Replica replica, OtherSide otherSide, Line line) {
        this.scene = scene;
        this.replica = replica;
        this.otherSide = otherSide;
        this.line = line;
    }

    @Override
    public String name() {
        return "simulated";
    }

    @Override
    public boolean supports(Action action) {
        return true;
    }

    @Override
    public Presence check(StepCall call) {
        scene.oracle().looks(replica.name(), call);
        if (scene.defect() == Defect.REPEAT_WITHOUT_LOOK) {
            return Presence.NOT_DONE;
        }
        try {
            Presence seen = line.ask("look", () -> true, () -> otherSide.look(call));
            Presence said =
                    scene.chance().oneIn(scene.weather().oneBlindIn())
                            ? Presence.CANNOT_TELL
                            : seen;
            scene.note(() -> replica.name() + " looks at " + OtherSide.name(call) + ": " + said);
            return said;
        } catch (Away away) {
            return Presence.CANNOT_TELL;
        }
    }

    @Override
    public StepOutcome act(StepCall call, Progress progress) {
        replica.crossBorder();
        scene.oracle().ordered(replica.name(), call);
        if (scene.chance().oneIn(6)) {
            progress.said("I begin");
        }
        if (scene.chance().oneIn(scene.weather().oneLateIn())) {
            replica.stop(scene.chance().between(0, 60 * VirtualTime.SECOND));
        }
        replica.rest(scene.chance().atOnce() ? 0 : scene.chance().delay());
        if (!line.isOpen()) {
            return new StepOutcome.Retryable("nobody was reached");
        }
        scene.note(() -> replica.name() + " orders " + OtherSide.name(call));
        Answer answer = new Answer();
        Runnable woken = scene.time().alarm();
        send(call, answer, woken);
        if (scene.chance().oneIn(scene.weather().oneCopyIn())) {
            send(call, answer, woken);
        }
        scene.time().after(micros(call.timeLimit()), woken);
        scene.time().await();
        replica.standStill();
        StepOutcome outcome = answer.outcome;
        StepOutcome told = outcome == null ? new StepOutcome.Uncertain("no answer") : outcome;
        scene.note(() -> replica.name() + " hears of " + OtherSide.name(call) + ": " + told);
        return told;
    }

    private void send(StepCall call, Answer answer, Runnable woken) {
        long sent = scene.time().now();
        scene.time()
                .after(
                        scene.chance().delay(),
                        () -> {
                            boolean tooLate = scene.time().now() - sent > micros(call.timeLimit());
                            if (line.isOpen()
                                    && !lost()
                                    && !(tooLate && scene.weather().strict())) {
                                otherSide.receive(
                                        call,
                                        Runbooks.isSeen(call),
                                        outcome -> reply(answer, outcome, woken));
                            } else {
                                scene.count(Happening.LOST_ORDER);
                            }
                        });
    }

    private void reply(Answer answer, StepOutcome outcome, Runnable woken) {
        if (line.isOpen() && !lost()) {
            scene.time()
                    .after(
                            scene.chance().delay(),
                            () -> {
                                answer.outcome = outcome;
                                woken.run();
                            });
        } else {
            scene.count(Happening.LOST_ANSWER_OF_AN_ORDER);
        }
    }

    private boolean lost() {
        return scene.chance().oneIn(scene.weather().oneLossIn());
    }

    @Override
    public List<Probe.Reading> of(ComponentId component, Instant since) {
        try {
            boolean there =
                    line.ask("read", () -> true, () -> Runbooks.tookEffect(otherSide, component));
            return scene.chance().oneIn(scene.weather().oneBlindIn())
                    ? List.of()
                    : List.of(
                            new Probe.Reading(
                                    there ? Status.UP : Status.DOWN,
                                    new Facts.None(),
                                    "effect " + there));
        } catch (Away away) {
            return List.of();
        }
    }

    private static long micros(Duration time) {
        return time.toNanos() / 1_000;
    }
}
