package io.understudy.counterpart;

import io.understudy.counterpart.WinRmCommand.Piece;
import io.understudy.counterpart.WinRmMessages.Request;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** The shells of a server, and the commands in them. */
final class WinRmShells {

    /** An HTTP status and what is said with it, which may be nothing. */
    record Answer(int status, Optional<String> body) {
        static Answer of(String body) {
            return new Answer(200, Optional.of(body));
        }

        static Answer fault(String body) {
            return new Answer(500, Optional.of(body));
        }
    }

    private record Shell(Map<String, String> environment, Map<String, WinRmCommand> commands) {}

    private static final String TIMED_OUT = "2150858793";

    private final PowerShell powerShell;
    private final int pieceLimit;
    private final Map<String, Shell> shells = new ConcurrentHashMap<>();
    private final List<String> commandLines = new CopyOnWriteArrayList<>();

    /**
     * @param pieceLimit how many bytes of a stream one answer carries
     */
    WinRmShells(PowerShell powerShell, int pieceLimit) {
        this.powerShell = powerShell;
        this.pieceLimit = pieceLimit;
    }

    /** Every command that was ever started, in order. */
    List<String> commandLines() {
        return List.copyOf(commandLines);
    }

    /** How many shells there are. */
    int open() {
        return shells.size();
    }

    Answer answer(Request request) throws IOException, InterruptedException {
        String operation = request.operation();
        if (!request.forCommandShell()) {
            return fault(request, "w:InvalidResourceURI", "2150858752", "no such resource");
        }
        if (operation.equals("Create")) {
            String id = newId();
            shells.put(id, new Shell(request.environment(), new ConcurrentHashMap<>()));
            return Answer.of(WinRmMessages.created(request.id(), id));
        }
        String id = request.shellId().orElse("");
        Shell shell = shells.get(id);
        if (shell == null) {
            // seen so on a real server: no fault, no body at all
            return new Answer(500, Optional.empty());
        }
        return switch (operation) {
            case "Command" -> start(request, shell);
            case "Receive" -> receive(request, shell);
            case "Send" -> send(request, shell);
            case "Signal" -> signal(request, shell);
            case "Delete" -> {
                shells.remove(id);
                shell.commands.values().forEach(WinRmCommand::terminate);
                yield Answer.of(WinRmMessages.done(request.id(), WinRmMessages.TRANSFER, "Delete"));
            }
            default -> fault(request, "a:ActionNotSupported", "2150858752", "no such operation");
        };
    }

    private Answer start(Request request, Shell shell) throws IOException {
        String id = newId();
        commandLines.add(request.commandLine());
        shell.commands.put(
                id, new WinRmCommand(powerShell, request.commandLine(), shell.environment));
        return Answer.of(WinRmMessages.started(request.id(), id));
    }

    private Answer receive(Request request, Shell shell) throws InterruptedException {
        String id = request.commandId("DesiredStream");
        WinRmCommand command = shell.commands.get(id);
        if (command == null) {
            return noCommand(request, id);
        }
        Piece piece = command.fetch(request.operationTimeout(), pieceLimit);
        return piece.isEmpty()
                ? fault(
                        request,
                        "w:TimedOut",
                        TIMED_OUT,
                        "The WS-Management service cannot complete the operation within the time"
                                + " specified in OperationTimeout.")
                : Answer.of(WinRmMessages.received(request.id(), id, piece));
    }

    private Answer send(Request request, Shell shell) throws IOException {
        String id = request.commandId("Stream");
        WinRmCommand command = shell.commands.get(id);
        if (command == null) {
            return noCommand(request, id);
        }
        command.send(request.input(), request.lastInput());
        return Answer.of(WinRmMessages.done(request.id(), WinRmMessages.SHELL, "Send"));
    }

    private Answer signal(Request request, Shell shell) {
        String id = request.commandId("Signal");
        WinRmCommand command = shell.commands.get(id);
        if (command == null) {
            return noCommand(request, id);
        }
        command.terminate();
        return Answer.of(WinRmMessages.done(request.id(), WinRmMessages.SHELL, "Signal"));
    }

    private static Answer noCommand(Request request, String id) {
        return fault(request, "w:InvalidSelectors", "2150858843", "no command " + id);
    }

    private static Answer fault(Request request, String subcode, String code, String message) {
        return Answer.fault(WinRmMessages.fault(request.id(), subcode, code, message));
    }

    private static String newId() {
        return UUID.randomUUID().toString().toUpperCase(java.util.Locale.ROOT);
    }
}
