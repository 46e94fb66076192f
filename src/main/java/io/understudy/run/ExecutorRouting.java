package io.understudy.run;

import io.understudy.adapter.spi.ManagementServer;
import io.understudy.adapter.spi.StepExecutor;
import io.understudy.estate.Estate;
import io.understudy.routing.Route;
import io.understudy.routing.RouteChoice;
import io.understudy.routing.Routing;
import io.understudy.runbook.Action;
import io.understudy.runbook.Operation;
import io.understudy.runbook.Runbook;
import io.understudy.runbook.Step;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Who carries which action out: by the routing document, below it by settings. */
public final class ExecutorRouting {

    /** Setting that names the executor of a kind of action. */
    public static final String SETTING = "understudy.executors.";

    private static final String DOCUMENT = "/api/v1/routing";
    private static final RouteChoice NOWHERE =
            new RouteChoice(
                    Routing.NONE, new Estate("none", List.of(), List.of(), List.of(), List.of()));

    private final List<StepExecutor> executors;
    private final Map<String, String> settings;
    private final Supplier<RouteChoice> choice;

    /**
     * @param settings what holds where no route fits: kind of action, switch-principal for
     *     instance, to the executor's name; a kind that is not named goes to the only executor that
     *     supports it
     * @param choice by the routing and the estate in force, asked anew for each step
     * @throws IllegalArgumentException when two executors bear one name, or a setting names one
     *     that there is not
     */
    public ExecutorRouting(
            List<StepExecutor> executors,
            Map<String, String> settings,
            Supplier<RouteChoice> choice) {
        this.executors = List.copyOf(executors);
        this.settings = Map.copyOf(settings);
        this.choice = choice;
        Set<String> seen = new HashSet<>();
        this.executors.forEach(executor -> requireNew(seen, executor.name()));
        settings.forEach((kind, name) -> {
            if (!names().contains(name)) {
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

    private static void requireNew(Set<String> seen, String name) {
        if (!seen.add(name)) {
            throw new IllegalArgumentException(
                    "two executors are called "
                            + name
                            + ", so that no route could say which; take one of them away: of those"
                            + " that come in archives of understudy.adapters.directory, each needs"
                            + " a name of its own");
        }
    }

    /** By settings alone. */
    public ExecutorRouting(List<StepExecutor> executors, Map<String, String> settings) {
        this(executors, settings, () -> NOWHERE);
    }

    /** The names of all executors that there are. */
    public Set<String> names() {
        return executors.stream().map(StepExecutor::name).collect(Collectors.toSet());
    }

    /**
     * Who carries an action out.
     *
     * @throws RunRefusal NO_EXECUTOR when nobody can, or several and nothing says who, or a
     *     management server is needed and there is none
     */
    public Routed of(Action action) {
        RouteChoice now = choice.get();
        Optional<Route> route = now.route(action);
        StepExecutor executor = executor(action, route);
        Optional<ManagementServer> server = now.managementServer(action, route);
        if (server.isEmpty() && executor.needsManagementServer(action)) {
            throw refusal(
                    executor.name()
                            + " does "
                            + what(action)
                            + " by way of a management server, and the routing has none",
                    "name one under managementServers of " + DOCUMENT);
        }
        return new Routed(executor, server, route.flatMap(Route::timeLimit));
    }

    /**
     * Who was told to carry an action out, as he is configured now; empty when he is no longer: the
     * executor is gone or cannot do it any more, or the management server is gone or another
     * machine bears its name.
     */
    Optional<Routed> still(Action action, Carrier carrier) {
        Optional<ManagementServer> server =
                carrier.managementServer()
                        .flatMap(machine -> choice.get().routing().managementServer(machine.name()))
                        .filter(s ->
                                carrier.managementServer()
                                        .equals(Optional.of(Carrier.Machine.of(s))));
        if (server.isPresent() != carrier.managementServer().isPresent()) {
            return Optional.empty();
        }
        return executors.stream()
                .filter(e -> e.name().equals(carrier.executor()) && e.supports(action))
                .findFirst()
                .map(executor -> new Routed(executor, server, carrier.timeLimit()));
    }

    private StepExecutor executor(Action action, Optional<Route> route) {
        Optional<String> named =
                route.map(Route::executor)
                        .or(() -> Optional.ofNullable(settings.get(setting(action))));
        List<StepExecutor> able =
                executors.stream()
                        .filter(e -> named.map(e.name()::equals).orElse(true))
                        .filter(e -> e.supports(action))
                        .toList();
        if (able.size() == 1) {
            return able.getFirst();
        }
        if (able.size() > 1) {
            throw refusal(
                    "no route fits "
                            + what(action)
                            + ", which several executors can carry out: "
                            + names(able),
                    missing(action));
        }
        if (named.isPresent()) {
            throw refusal(
                    (route.isPresent() ? "the route of " : "the setting of ")
                            + what(action)
                            + " names "
                            + named.get()
                            + ", which cannot carry it out; there are "
                            + names(executors),
                    "configure it for that, or name another; " + missing(action));
        }
        throw refusal(
                "no route fits "
                        + what(action)
                        + ", and no executor can carry it out; there are "
                        + names(executors),
                "configure an executor that can; then " + missing(action));
    }

    private static RunRefusal refusal(String message, String whatToDo) {
        return new RunRefusal(RunRefusal.Reason.NO_EXECUTOR, message, whatToDo);
    }

    /** The route that is missing. */
    private static String missing(Action action) {
        String scope =
                action.target()
                        .map(target -> ", " + target.kind().label() + ": " + target.name())
                        .orElse("");
        return "say who does it in a route of "
                + DOCUMENT
                + ", {operations: ["
                + Operation.of(action).map(Enum::name).orElse("")
                + "]"
                + scope
                + ", executor: …}, or for all targets in "
                + SETTING
                + setting(action);
    }

    private static String setting(Action action) {
        return Operation.of(action).map(Operation::setting).orElse("nothing");
    }

    private static String what(Action action) {
        return Operation.of(action).map(Enum::name).orElse("nothing")
                + action.target().map(target -> " of " + target).orElse("");
    }

    /**
     * Who was told to carry an action out, as he is configured now.
     *
     * @throws RunRefusal NO_EXECUTOR when he is no longer
     */
    Routed same(Action action, Carrier carrier) {
        return still(action, carrier).orElseThrow(() -> gone(carrier));
    }

    private static RunRefusal gone(Carrier carrier) {
        return refusal(
                "it was given to " + carrier.told() + ", which is not configured any more",
                "configure it as it was, or look yourself what became of the step");
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
