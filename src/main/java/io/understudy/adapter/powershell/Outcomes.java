package io.understudy.adapter.powershell;

import io.understudy.adapter.spi.StepExecutor.Presence;
import io.understudy.adapter.spi.StepOutcome;

/** From what a script, or the way to it, answers to how an order ended. */
final class Outcomes {

    private static final String LOOK =
            "see what the cmdlet says, and the log of the management server";

    private Outcomes() {}

    static StepOutcome of(Result result) {
        String message = result.sentence("the cmdlet said nothing");
        String whatToDo = result.whatToDo().isBlank() ? LOOK : result.whatToDo();
        return switch (result.result()) {
            case "DONE" -> new StepOutcome.Done(message);
            case "NOT_STARTED" -> new StepOutcome.Retryable(message);
            case "FAILED" -> failed(result, message, whatToDo);
            case "DEAD" -> unlessSeen(result, message);
            default -> new StepOutcome.Uncertain(message);
        };
    }

    private static StepOutcome failed(Result result, String message, String whatToDo) {
        boolean without = result.presence().equals("NOT_DONE");
        return switch (result.category()) {
            case "ALREADY_DONE" -> new StepOutcome.Done(message);
            case "REFUSED", "NOT_PERMITTED" -> new StepOutcome.Refused(message, whatToDo);
            case "UNREACHABLE" ->
                    without ? new StepOutcome.Retryable(message) : unlessSeen(result, message);
            case "FAILED" ->
                    without
                            ? new StepOutcome.Fatal(message, whatToDo)
                            : unlessSeen(result, message);
            // TIMED_OUT: it may go on inside the product
            default -> unlessSeen(result, message);
        };
    }

    private static StepOutcome unlessSeen(Result result, String message) {
        return result.presence().equals("DONE")
                ? new StepOutcome.Done(message)
                : new StepOutcome.Uncertain(message);
    }

    /** Nothing was started, for certain. */
    static StepOutcome of(Transport.Ended.NotStarted ended) {
        return switch (ended.reason()) {
            case UNREACHABLE -> new StepOutcome.Retryable(ended.why());
            case NOT_PERMITTED ->
                    new StepOutcome.Refused(
                            ended.why(),
                            "let the account in, or correct its user and credential in the routing");
            case UNTRUSTED ->
                    new StepOutcome.Refused(
                            ended.why(),
                            "find out whether it is the right server; then put its key or"
                                    + " certificate among those that are trusted");
            case MISCONFIGURED ->
                    new StepOutcome.Fatal(
                            ended.why(), "correct the settings or the secret that it names");
        };
    }

    /** Whether the effect is there. */
    static Presence presence(Result result) {
        return switch (result.presence()) {
            case "DONE" -> Presence.DONE;
            case "NOT_DONE" -> Presence.NOT_DONE;
            case "UNDER_WAY" -> Presence.UNDER_WAY;
            default -> Presence.CANNOT_TELL;
        };
    }
}
