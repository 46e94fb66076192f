package io.understudy.adapter.spi;

/** How an order ended. */
public sealed interface StepOutcome {

    /** A sentence for people, in the words of the tool that was called; never a secret. */
    String message();

    /** It was carried out. Verification follows all the same. */
    record Done(String message) implements StepOutcome {}

    /** It certainly had no effect and may work later. */
    record Retryable(String message) implements StepOutcome {}

    /**
     * The other side refuses it, as documented, and will refuse it again until something changes.
     */
    record Refused(String message, String whatToDo) implements StepOutcome {}

    /** It failed and had no effect, and repeating is of no use. */
    record Fatal(String message, String whatToDo) implements StepOutcome {}

    /** It may have worked: a time-out, a lost connection. */
    record Uncertain(String message) implements StepOutcome {}
}
