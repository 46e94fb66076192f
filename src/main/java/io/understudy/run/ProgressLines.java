package io.understudy.run;

import io.understudy.adapter.spi.Progress;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Journals what a tool says in one attempt of a step: so many lines, each so long, since a journal
 * is kept for ever.
 */
final class ProgressLines implements Progress {

    private static final System.Logger LOGGER = System.getLogger(ProgressLines.class.getName());

    private final StepContext context;
    private final int step;
    private final AtomicInteger heard = new AtomicInteger();

    ProgressLines(StepContext context, int step) {
        this.context = context;
        this.step = step;
    }

    @Override
    public void said(String line) {
        int most = context.pace().progressLines();
        int number = heard.incrementAndGet();
        if (number <= most) {
            journal(shortened(line));
        } else if (number == most + 1) {
            journal("it says more than " + most + " lines; the others are not kept");
        }
    }

    private String shortened(String line) {
        int longest = context.pace().progressLength();
        if (line.length() <= longest) {
            return line;
        }
        // no half of a character that takes two
        int end = Character.isHighSurrogate(line.charAt(longest - 1)) ? longest - 1 : longest;
        return line.substring(0, end) + "…";
    }

    /** A line that cannot be journalled is not worth a step. */
    private void journal(String line) {
        try {
            context.store().write(owned -> owned.said(step, line));
        } catch (RuntimeException e) {
            LOGGER.log(System.Logger.Level.DEBUG, "a line of progress was not journalled", e);
        }
    }
}
