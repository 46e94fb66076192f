package io.understudy.control;

import io.understudy.run.JournalEntry;
import io.understudy.run.Run;
import java.time.Duration;
import java.util.List;

/** Hears of everything that happens, after it is durable; must return quickly and never throw. */
public interface ControlListener {

    /** An evaluation is done. {@code change} is empty when nothing changed. */
    default void evaluated(Present present, EvaluationLog.Change change, Duration took) {}

    /** Observations were accepted. {@code oldest} is the age of the oldest of them. */
    default void observed(int fresh, int repeated, Duration oldest) {}

    /** A run has gained these lines. */
    default void runChanged(Run run, List<JournalEntry> lines) {}
}
