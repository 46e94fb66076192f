package io.understudy.api;

import io.understudy.run.JournalEntry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A line of a run's journal as it is shown; {@code index} counts from 0. */
record JournalLine(
        int index,
        Instant at,
        int step,
        JournalEntry.Kind kind,
        long token,
        String actor,
        String message) {

    /** Lines of which the first has the index {@code from}. */
    static List<JournalLine> from(int from, List<JournalEntry> entries) {
        List<JournalLine> lines = new ArrayList<>();
        for (JournalEntry e : entries) {
            lines.add(
                    new JournalLine(
                            from + lines.size(),
                            e.at(),
                            e.step(),
                            e.kind(),
                            e.token(),
                            e.actor(),
                            e.message()));
        }
        return lines;
    }
}
