package io.understudy.run;

import io.understudy.adapter.spi.StepExecutor;
import io.understudy.runbook.Action;
import io.understudy.runbook.Operation;
import io.understudy.runbook.Runbook;
import io.understudy.runbook.Step;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Which executor carries which action out. */
public final class ExecutorRouting {

    /** Setting that names the executor of a kind of action. */
    public static final String SETTING = "understudy.executors.";

    private final List<StepExecutor> executors;
    private final Map<String, String> routes;

    /**
     * @param routes kind of action, switch-principal for instance, to the executor's name; a kind
     *     that is not named goes to the only executor that supports it
     * @throws IllegalArgumentException when a route names an executor that there is not
     */
    public ExecutorRouting(List<StepExecutor> executors, Map<String, String> routes) {
        this.executors = List.copyOf(executors);
        this.routes = Map.copyOf(routes);
        routes.forEach((kind, name) -> {
            if (executors.stream().noneMatch(e -> e.name().equals(name))) {
                throw new IllegalArgumentException(
                        SETTING
                                + kind
                                + " is "
                                + name
                                + "; there are only "
                                + names(this.executors));
            }
        });
    }

    /**
     * The executor of an action.
     *
     * @throws RunRefusal NO_EXECUTOR when there is none, or several and no route says which
     */
    public StepExecutor of(Action action) {
        String kind = Operation.of(action).map(Operation::setting).orElse("nothing");
        String route = routes.get(kind);
        List<StepExecutor> able =
                executors.stream()
                        .filter(e -> route == null || e.name().equals(route))
                        .filter(e -> e.supports(action))
                        .toList();
        if (able.size() == 1) {
            return able.getFirst();
        }
        if (able.isEmpty()) {
            throw new RunRefusal(
                    RunRefusal.Reason.NO_EXECUTOR,
                    "no executor can carry out " + kind + "; there are " + names(executors),
                    "configure an executor that can, and name it in " + SETTING + kind);
        }
        throw new RunRefusal(
                RunRefusal.Reason.NO_EXECUTOR,
                "several executors can carry out " + kind + ": " + names(able),
                "say which one in " + SETTING + kind);
    }

    /**
     * Makes sure that every step of a runbook that is not optional can be carried out, before the
     * first is.
     *
     * @throws RunRefusal NO_EXECUTOR naming the step
     */
    public void require(Runbook runbook) {
        for (Step step : runbook.steps()) {
            if (step.action().needsExecutor() && !step.optional()) {
                requireFor(step);
            }
        }
    }

    private void requireFor(Step step) {
        try {
            of(step.action());
        } catch (RunRefusal refusal) {
            throw new RunRefusal(
                    refusal.reason(),
                    "step " + step.number() + " (" + step.title() + "): " + refusal.getMessage(),
                    refusal.whatToDo());
        }
    }

    private static String names(List<StepExecutor> executors) {
        return executors.isEmpty()
                ? "none"
                : executors.stream().map(StepExecutor::name).collect(Collectors.joining(", "));
    }
}
