package io.understudy.app;

import io.understudy.control.ControlListener;
import io.understudy.control.EvaluationLog;
import io.understudy.control.Present;
import io.understudy.run.JournalEntry;
import io.understudy.run.Run;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * Passes on what happens to everybody who listens; one that breaks does not keep it from others.
 */
final class Listeners implements ControlListener {

    private static final System.Logger LOGGER = System.getLogger(Listeners.class.getName());

    private final List<ControlListener> all = new CopyOnWriteArrayList<>();

    void add(ControlListener listener) {
        all.add(listener);
    }

    @Override
    public void evaluated(Present present, EvaluationLog.Change change, Duration took) {
        each(listener -> listener.evaluated(present, change, took));
    }

    @Override
    public void observed(int fresh, int repeated, Duration oldest) {
        each(listener -> listener.observed(fresh, repeated, oldest));
    }

    @Override
    public void runChanged(Run run, List<JournalEntry> lines) {
        each(listener -> listener.runChanged(run, lines));
    }

    private void each(Consumer<ControlListener> tell) {
        for (ControlListener listener : all) {
            try {
                tell.accept(listener);
            } catch (RuntimeException e) {
                LOGGER.log(Level.ERROR, listener.getClass() + " broke when it was told", e);
            }
        }
    }
}
