package io.understudy.simulation;

import io.understudy.decision.RunState;
import io.understudy.run.Asked;
import io.understudy.run.Resumption;
import io.understudy.run.Run;
import io.understudy.run.RunRefusal;
import io.understudy.run.RunStore;
import io.understudy.run.StepState;
import io.understudy.runbook.Action;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Operators and approvers: they look at a run, think for a while, and then say something. */
final class People {

    private static final List<String> NAMES = List.of("olga", "ivan", "petra");

    private final Scene scene;
    private final OtherSide otherSide;
    private final Fleet fleet;
    private boolean helpful;

    People(Scene scene, OtherSide otherSide, Fleet fleet) {
        this.scene = scene;
        this.otherSide = otherSide;
        this.fleet = fleet;
    }

    /** Somebody does something now and then. */
    void come() {
        long pause = (helpful ? 12 : 6) * VirtualTime.SECOND;
        scene.time()
                .after(
                        scene.chance().between(0, pause),
                        () -> {
                            Replica replica = fleet.any();
                            replica.begin("person", () -> attend(replica));
                            come();
                        });
    }

    /** From now on nobody cancels anything, and whoever is asked answers. */
    void help() {
        helpful = true;
    }

    private void attend(Replica replica) {
        try {
            List<Run> open = replica.store().open();
            if (!open.isEmpty()) {
                Run run = scene.chance().of(open);
                String who = scene.chance().of(NAMES);
                replica.rest(scene.chance().delay());
                say(replica, run, who);
                replica.wake(run.id());
            }
        } catch (Away away) {
            // whoever has no answer looks again later
        } catch (RunRefusal refusal) {
            scene.note(() -> "refused: " + refusal.getMessage());
        }
    }

    private void say(Replica replica, Run run, String who) {
        if (!helpful && scene.chance().oneIn(12)) {
            interfere(replica, run, who);
            return;
        }
        switch (run.state()) {
            case AWAITING_APPROVAL -> tell(replica, run, r -> r.approve(who, replica.clock()));
            case AWAITING_OPERATOR -> answer(replica, run, who);
            case RUNNING, SUCCEEDED, FAILED, CANCELLED, HANDED_OVER -> {}
        }
    }

    private void interfere(Replica replica, Run run, String who) {
        if (scene.chance().oneIn(2)) {
            tell(replica, run, r -> r.requestCancel(who, "never mind", replica.clock()));
        } else {
            tell(replica, run, r -> r.handOver(who, replica.clock()));
        }
    }

    /** Looks at the world with his own eyes, unless he is careless. */
    private void answer(Replica replica, Run run, String who) {
        StepState asked = run.current().orElseThrow();
        boolean byHand = run.step(asked.number()).action() instanceof Action.ByHand;
        boolean there = byHand || otherSide.effects(run.id(), asked.number()) > 0;
        boolean careless = scene.chance().below(100) < scene.weather().careless();
        if (!careless && !there && otherSide.isUnderWay(run.id(), asked.number())) {
            return;
        }
        Resumption word = there && !careless ? Resumption.TOOK_EFFECT : Resumption.REPEAT;
        Optional<Asked> about =
                scene.defect() == Defect.WORD_WITHOUT_ITS_QUESTION
                        ? Optional.empty()
                        : Optional.of(new Asked(asked.number(), Optional.of(asked.attempts())));
        tell(replica, run, r -> r.resume(who, word, about, replica.clock()));
    }

    /** Whoever hears no answer says it once more. */
    private void tell(Replica replica, Run run, Function<Run, RunStore.Change> word) {
        try {
            replica.store().change(run.id(), Optional.empty(), word);
        } catch (Away away) {
            replica.rest(scene.chance().between(0, 30 * VirtualTime.SECOND));
            replica.store().change(run.id(), Optional.empty(), word);
        }
    }

    /** Whether a run waits for somebody, and says what for. */
    static boolean isAwaitedBy(Run run) {
        return switch (run.state()) {
            case AWAITING_APPROVAL -> run.approvals().size() < run.approvalsNeeded();
            case AWAITING_OPERATOR ->
                    run.outcome().filter(question -> !question.whatToDo().isBlank()).isPresent();
            case RUNNING -> false;
            case SUCCEEDED, FAILED, CANCELLED, HANDED_OVER -> false;
        };
    }

    static boolean hasEnded(Run run) {
        return run.state() != RunState.RUNNING && run.state().ended();
    }
}
