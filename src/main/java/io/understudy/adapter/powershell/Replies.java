package io.understudy.adapter.powershell;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.understudy.adapter.spi.Progress;
import io.understudy.document.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Hears what the scripts write, over one session or several of the same order. Whatever is no
 * message of ours, a banner or what a profile prints, is noise. Safe on any thread.
 */
final class Replies implements Consumer<String> {

    private static final String MARK = "#understudy ";
    private static final int NOISE_LINES = 20;
    private static final int NOISE_LENGTH = 500;

    private final Progress progress;
    private final List<String> noise = new ArrayList<>();
    private int heard;
    private boolean greeted;
    private boolean ended;
    private Optional<Result> result = Optional.empty();
    private Optional<String> broken = Optional.empty();
    private Optional<JsonNode> facts = Optional.empty();

    Replies(Progress progress) {
        this.progress = progress;
    }

    @Override
    public synchronized void accept(String line) {
        // a terminal may have put something before it
        int mark = line.indexOf(MARK);
        if (mark < 0) {
            noise(line.strip());
        } else {
            try {
                message(Json.mapper().readTree(line.substring(mark + MARK.length())));
            } catch (JsonProcessingException e) {
                // half a message is none: the result is asked for again
                return;
            }
        }
    }

    private void noise(String line) {
        if (!line.isEmpty() && noise.size() < NOISE_LINES) {
            noise.add(line.length() <= NOISE_LENGTH ? line : line.substring(0, NOISE_LENGTH));
        }
    }

    /** The first lines that were no messages: what -WhatIf says is among them. */
    synchronized List<String> noise() {
        return List.copyOf(noise);
    }

    private void message(JsonNode told) {
        switch (told.path("kind").asText()) {
            case "hello" -> greeted = true;
            case "progress" -> progress(told);
            case "facts" -> facts = Optional.of(told);
            case "result" -> result = Optional.of(Result.of(told));
            case "broken" -> broken = Optional.of(told.path("message").asText());
            default -> {
                // job and beat say that it is alive
            }
        }
    }

    private void progress(JsonNode told) {
        int number = told.path("number").asInt();
        if (number > heard && !ended) {
            heard = number;
            progress.said(told.path("text").asText());
        }
    }

    /** Nobody waits any more: what comes late is not passed on. */
    synchronized void end() {
        ended = true;
    }

    /** How many lines of progress have been heard. */
    synchronized int heard() {
        return heard;
    }

    /** Whether a script of ours has run at all. */
    synchronized boolean greeted() {
        return greeted;
    }

    synchronized Optional<Result> result() {
        return result;
    }

    /** Why the bootstrap did not run the script. */
    synchronized Optional<String> broken() {
        return broken;
    }

    synchronized Optional<JsonNode> facts() {
        return facts;
    }
}
