package io.understudy.adapter.webhook;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.understudy.adapter.spi.StepExecutor.Presence;
import io.understudy.adapter.spi.StepOutcome;
import java.util.Optional;

/**
 * What a receiver says of an order.
 *
 * @param said its word; empty when the answer has none that we know
 */
record Answer(Optional<Word> said, String message, String whatToDo) {

    /** The words that a receiver may say. */
    enum Word {
        DONE,
        NOT_DONE,
        UNDER_WAY,
        RETRYABLE,
        REFUSED,
        FATAL,
        UNCERTAIN
    }

    private static final int LONGEST = 2_000;
    private static final ObjectMapper JSON = new ObjectMapper();

    static Answer read(String body) {
        try {
            JsonNode tree = JSON.readTree(body);
            String word = tree.path("outcome").asText();
            return new Answer(
                    word(word),
                    text(tree.path("message"), "the receiver said " + word),
                    text(tree.path("whatToDo"), "see what the receiver says"));
        } catch (JsonProcessingException e) {
            return new Answer(Optional.empty(), "the receiver's answer is no JSON", "");
        }
    }

    private static Optional<Word> word(String text) {
        for (Word word : Word.values()) {
            if (word.name().equals(text)) {
                return Optional.of(word);
            }
        }
        return Optional.empty();
    }

    private static String text(JsonNode node, String otherwise) {
        String text =
                node.isTextual() ? node.textValue().replaceAll("\\p{Cntrl}", " ").strip() : "";
        if (text.isEmpty()) {
            return otherwise.replaceAll("\\p{Cntrl}", " ");
        }
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
    }

    /** How it ended; empty: it has not. */
    Optional<StepOutcome> outcome() {
        if (said.isEmpty()) {
            return Optional.of(
                    new StepOutcome.Uncertain(message + ", and says no outcome that is known"));
        }
        return switch (said.get()) {
            case DONE -> Optional.of(new StepOutcome.Done(message));
            case RETRYABLE, NOT_DONE -> Optional.of(new StepOutcome.Retryable(message));
            case REFUSED -> Optional.of(new StepOutcome.Refused(message, whatToDo));
            case FATAL -> Optional.of(new StepOutcome.Fatal(message, whatToDo));
            case UNCERTAIN -> Optional.of(new StepOutcome.Uncertain(message));
            case UNDER_WAY -> Optional.empty();
        };
    }

    Presence presence() {
        return said.map(word ->
                        switch (word) {
                            case DONE -> Presence.DONE;
                            case NOT_DONE, RETRYABLE, REFUSED, FATAL -> Presence.NOT_DONE;
                            case UNDER_WAY -> Presence.UNDER_WAY;
                            case UNCERTAIN -> Presence.CANNOT_TELL;
                        })
                .orElse(Presence.CANNOT_TELL);
    }
}
