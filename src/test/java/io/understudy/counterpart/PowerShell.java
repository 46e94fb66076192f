package io.understudy.counterpart;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;

/** What a counterpart starts when it is asked to run a command. */
@FunctionalInterface
public interface PowerShell {

    /**
     * Runs a command to its end.
     *
     * @param commandLine as it was sent: program and arguments
     * @param environment what the client set, besides which there is none
     * @return the exit code
     * @throws InterruptedException when the command is ended from outside
     */
    int run(
            String commandLine,
            Map<String, String> environment,
            InputStream stdin,
            OutputStream stdout,
            OutputStream stderr)
            throws IOException, InterruptedException;
}
