package io.understudy.adapter.powershell;

import io.understudy.adapter.powershell.Transport.Ended;
import io.understudy.adapter.spi.ManagementServer;
import io.understudy.adapter.spi.Progress;
import io.understudy.adapter.spi.Rehearsal;
import io.understudy.adapter.spi.StepCall;
import io.understudy.adapter.spi.StepExecutor;
import io.understudy.adapter.spi.StepOutcome;
import io.understudy.estate.Estate;
import io.understudy.runbook.Action;
import io.understudy.runbook.Operation;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Carries actions out by the cmdlets of the management shell.
 *
 * <p>On the management server an order is a job of its own, known by run, step and attempt: it goes
 * on when the session, or this process, is lost, it is found again by the next session, and it
 * never begins twice. It also remembers the newest token of each run, for every executor that comes
 * there. Neither an interrupt nor the time limit ends a cmdlet that has begun.
 */
public final class PowerShellExecutor implements StepExecutor {

    private final Supplier<Estate> estate;
    private final PowerShellSettings settings;
    private final Sessions sessions;
    private final Envelope envelope;

    PowerShellExecutor(
            Supplier<Estate> estate,
            PowerShellSettings settings,
            Map<ManagementServer.Transport, Transport> transports,
            InstantSource clock,
            Pause pause) {
        this.estate = estate;
        this.settings = settings;
        this.sessions = new Sessions(transports, settings.reconnect(), clock, pause);
        this.envelope = new Envelope(settings);
    }

    @Override
    public String name() {
        return "powershell";
    }

    @Override
    public boolean supports(Action action) {
        return Operation.of(action).filter(this::supports).isPresent();
    }

    private boolean supports(Operation operation) {
        boolean needsExport =
                operation == Operation.MOVE_RESPONSE_GROUPS
                        || operation == Operation.MOVE_LOCATIONS;
        return Scripts.OPERATIONS.contains(operation)
                && (!needsExport || settings.exportDirectory().isPresent());
    }

    private Order order(StepCall call) {
        return new Orders(estate.get(), settings.exportDirectory()).of(call.action());
    }

    @Override
    public Presence check(StepCall call) {
        if (!supports(call.action())) {
            return Presence.CANNOT_TELL;
        }
        Replies replies = new Replies(Progress.UNHEARD);
        try {
            look(Envelope.Mode.CHECK, order(call), call, replies);
            return replies.result().map(Outcomes::presence).orElse(Presence.CANNOT_TELL);
        } catch (UnfitName e) {
            return Presence.CANNOT_TELL;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Presence.CANNOT_TELL;
        }
    }

    private Ended look(Envelope.Mode mode, Order order, StepCall call, Replies replies)
            throws InterruptedException {
        Duration limit = shorter(call.timeLimit(), settings.checkLimit());
        Transport.Input input = envelope.of(mode, order, run(call), call, 0, limit);
        return sessions.once(call.managementServer(), input, limit, replies);
    }

    @Override
    public StepOutcome act(StepCall call, Progress progress) {
        if (!supports(call.action())) {
            return new StepOutcome.Fatal(
                    "no cmdlet carries out " + call.action().getClass().getSimpleName(),
                    "route this action to another executor, or set"
                            + " understudy.powershell.export-directory where it needs an export");
        }
        Replies replies = new Replies(progress);
        try {
            Order order = order(call);
            Duration limit = limit(call);
            Ended ended =
                    sessions.persistently(
                            call.managementServer(),
                            left ->
                                    envelope.of(
                                            Envelope.Mode.ACT,
                                            order,
                                            run(call),
                                            call,
                                            replies.heard(),
                                            left),
                            limit,
                            replies);
            return replies.result().map(Outcomes::of).orElseGet(() -> outcome(ended, replies));
        } catch (UnfitName e) {
            return new StepOutcome.Fatal(
                    String.valueOf(e.getMessage()), "correct the name in the estate document");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new StepOutcome.Uncertain(
                    "the service stops waiting; what was begun goes on at "
                            + place(call.managementServer()));
        } finally {
            replies.end();
        }
    }

    private static StepOutcome outcome(Ended ended, Replies replies) {
        if (replies.broken().isPresent()) {
            return new StepOutcome.Fatal(
                    "the management server does not run our script: " + replies.broken().get(),
                    "see that PowerShell there is 5.1 or newer and in full language mode");
        }
        return switch (ended) {
            case Ended.NotStarted not -> Outcomes.of(not);
            case Ended.Lost lost ->
                    new StepOutcome.Uncertain(lost.why() + "; what was begun goes on");
            case Ended.Exited exited ->
                    new StepOutcome.Fatal(
                            "PowerShell did not start: exit code "
                                    + exited.code()
                                    + (exited.error().isBlank() ? "" : ": " + exited.error()),
                            "check understudy.powershell.program and that the account may run it");
        };
    }

    @Override
    public Rehearsal rehearse(StepCall call) {
        if (!supports(call.action())) {
            return new Rehearsal(
                    Rehearsal.Verdict.WOULD_BE_REFUSED,
                    "no cmdlet carries it out",
                    Optional.empty());
        }
        List<String> said = new ArrayList<>();
        Replies replies = new Replies(said::add);
        try {
            Order order = order(call);
            Ended ended = look(Envelope.Mode.REHEARSE, order, call, replies);
            said.addAll(replies.noise());
            return replies.result()
                    .map(result -> rehearsed(result, said, order))
                    .orElseGet(() ->
                            new Rehearsal(
                                    Rehearsal.Verdict.CANNOT_TELL,
                                    outcome(ended, replies).message(),
                                    Optional.of(order.command())));
        } catch (UnfitName e) {
            return new Rehearsal(
                    Rehearsal.Verdict.WOULD_BE_REFUSED,
                    String.valueOf(e.getMessage()),
                    Optional.empty());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Rehearsal(Rehearsal.Verdict.CANNOT_TELL, "interrupted", Optional.empty());
        }
    }

    private static Rehearsal rehearsed(Result result, List<String> said, Order order) {
        Rehearsal.Verdict verdict =
                switch (result.presence()) {
                    case "DONE" -> Rehearsal.Verdict.ALREADY_DONE;
                    case "UNDER_WAY" -> Rehearsal.Verdict.WOULD_BE_REFUSED;
                    default -> refusal(result);
                };
        String message = result.sentence(String.join("; ", said));
        return new Rehearsal(verdict, message, Optional.of(order.command()));
    }

    private static Rehearsal.Verdict refusal(Result result) {
        return switch (result.category()) {
            case "" ->
                    result.presence().equals("NOT_DONE")
                            ? Rehearsal.Verdict.WOULD_ACT
                            : Rehearsal.Verdict.CANNOT_TELL;
            case "REFUSED", "NOT_PERMITTED" -> Rehearsal.Verdict.WOULD_BE_REFUSED;
            case "ALREADY_DONE" -> Rehearsal.Verdict.ALREADY_DONE;
            default -> Rehearsal.Verdict.CANNOT_TELL;
        };
    }

    private Duration limit(StepCall call) {
        return Operation.of(call.action())
                .flatMap(operation -> Optional.ofNullable(settings.timeLimits().get(operation)))
                .map(own -> shorter(own, call.timeLimit()))
                .orElse(call.timeLimit());
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    /** A run's id as a name of files; ids of ours are, others are told by their checksum. */
    private static String run(StepCall call) {
        return call.runId().matches("[A-Za-z0-9_]{1,20}(-[A-Za-z0-9_]{1,20}){0,6}")
                ? call.runId()
                : Scripts.sha256(call.runId());
    }

    private static String place(Optional<ManagementServer> server) {
        return server.map(ManagementServer::name).orElse("this machine");
    }
}
