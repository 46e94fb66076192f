package io.understudy.adapter.simulator;

import io.understudy.adapter.simulator.Twin.Verdict;
import io.understudy.adapter.spi.StepExecutor.Presence;
import io.understudy.adapter.spi.StepOutcome;
import java.time.Duration;
import java.util.Optional;

/** What a cmdlet does to the twin: looked at, begun, and after a while ended. */
interface Order {

    /** Whether its effect is there. */
    Presence presence(TwinView view);

    /** Refuses, or starts; Done when it may go on. */
    Verdict begin(TwinView view);

    /** How long it takes from here on. */
    Duration takes(TwinView view);

    /** What is true at its end; it may still be refused, for the world went on meanwhile. */
    Verdict end(TwinView view);

    /** Nothing has changed. */
    static Verdict nothing(TwinView view, String message) {
        return new Verdict(view.state(), new StepOutcome.Done(message));
    }

    static Verdict refused(TwinView view, String message, String whatToDo) {
        return new Verdict(view.state(), new StepOutcome.Refused(message, whatToDo));
    }

    /** Refused, as an answer to the question whether it is. */
    static Optional<Verdict> no(TwinView view, String message, String whatToDo) {
        return Optional.of(refused(view, message, whatToDo));
    }

    /** Retryable, as an answer to the question whether it is refused. */
    static Optional<Verdict> later(TwinView view, String message) {
        return Optional.of(retryable(view, message));
    }

    /** Fatal, as an answer to the question whether it makes sense. */
    static Optional<Verdict> never(TwinView view, String message) {
        return Optional.of(fatal(view, message, "correct the estate document"));
    }

    static Verdict retryable(TwinView view, String message) {
        return new Verdict(view.state(), new StepOutcome.Retryable(message));
    }

    static Verdict fatal(TwinView view, String message, String whatToDo) {
        return new Verdict(view.state(), new StepOutcome.Fatal(message, whatToDo));
    }
}
