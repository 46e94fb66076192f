package io.understudy.adapter.powershell;

import io.cloudsoft.winrm4j.client.shell.CommandStateType;
import io.cloudsoft.winrm4j.client.shell.ReceiveResponse;
import io.cloudsoft.winrm4j.client.shell.StreamType;
import io.cloudsoft.winrm4j.client.wsman.CommandResponse;
import java.util.List;
import java.util.OptionalInt;
import org.apache.cxf.message.Message;
import org.apache.cxf.phase.AbstractPhaseInterceptor;
import org.apache.cxf.phase.Phase;

/**
 * Sees every answer before the client library does: the library would make text of each piece by
 * itself, does not tell whether the command was taken, and forgets how it ended when tidying up
 * after it fails.
 */
final class WinRmWatch extends AbstractPhaseInterceptor<Message> {

    private final WinRmOutput output;
    private volatile boolean commandTaken;
    private volatile OptionalInt exitCode = OptionalInt.empty();

    WinRmWatch(WinRmOutput output) {
        super(Phase.PRE_INVOKE);
        this.output = output;
    }

    /** Whether the server has said that it took the command. */
    boolean commandTaken() {
        return commandTaken;
    }

    /** How the command ended; empty while it has not. */
    OptionalInt exitCode() {
        return exitCode;
    }

    @Override
    public void handleMessage(Message message) {
        List<?> answers = message.getContent(List.class);
        if (answers == null) {
            return;
        }
        for (Object answer : answers) {
            if (answer instanceof CommandResponse) {
                commandTaken = true;
            } else if (answer instanceof ReceiveResponse received) {
                received.getStream().forEach(this::pass);
                note(received.getCommandState());
            }
        }
    }

    private void note(CommandStateType state) {
        if (state != null && state.getState().endsWith("/Done") && state.getExitCode() != null) {
            exitCode = OptionalInt.of(state.getExitCode().intValue());
        }
    }

    private void pass(StreamType piece) {
        byte[] bytes = piece.getValue();
        if (bytes == null) {
            return;
        }
        if ("stdout".equals(piece.getName())) {
            output.output(bytes);
        } else {
            output.error(bytes);
        }
    }
}
