package io.understudy.counterpart;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;

/** A command that runs in a shell, and what it has written and nobody has fetched yet. */
final class WinRmCommand {

    /** What was there to fetch. */
    record Piece(byte[] output, byte[] error, boolean ended, int exitCode) {
        boolean isEmpty() {
            return output.length == 0 && error.length == 0 && !ended;
        }
    }

    /** A command that nobody fetches from comes to a stop here, as in a full pipe. */
    private static final int MOST_WAITING = 1 << 20;

    private final ByteArrayOutputStream output = new ByteArrayOutputStream();
    private final ByteArrayOutputStream error = new ByteArrayOutputStream();
    private final PipedOutputStream toInput = new PipedOutputStream();
    private final Thread thread;
    private boolean ended;
    private int exitCode = -1;

    WinRmCommand(PowerShell shell, String line, Map<String, String> environment)
            throws IOException {
        InputStream input = new PipedInputStream(toInput, MOST_WAITING);
        thread = Thread.ofVirtual().start(() -> run(shell, line, environment, input));
    }

    private void run(
            PowerShell shell, String line, Map<String, String> environment, InputStream input) {
        int code = -1;
        try {
            code = shell.run(line, environment, input, new Waiting(output), new Waiting(error));
        } catch (IOException | InterruptedException e) {
            // ended from outside: the code stays that of no end of its own
        } finally {
            end(code);
        }
    }

    private synchronized void end(int code) {
        ended = true;
        exitCode = code;
        notifyAll();
    }

    /** What is there, waiting so long for something to be there; at most so many bytes of each. */
    synchronized Piece fetch(Duration wait, int most) throws InterruptedException {
        long until = System.nanoTime() + wait.toNanos();
        while (output.size() == 0 && error.size() == 0 && !ended) {
            long left = (until - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                break;
            }
            wait(left);
        }
        byte[] out = take(output, most);
        byte[] err = take(error, most);
        notifyAll();
        boolean all = ended && output.size() == 0 && error.size() == 0;
        return new Piece(out, err, all, exitCode);
    }

    private static byte[] take(ByteArrayOutputStream from, int most) {
        byte[] all = from.toByteArray();
        int taken = Math.min(most, all.length);
        from.reset();
        from.write(all, taken, all.length - taken);
        return Arrays.copyOf(all, taken);
    }

    /** Standard input. */
    void send(byte[] bytes, boolean last) throws IOException {
        toInput.write(bytes);
        toInput.flush();
        if (last) {
            toInput.close();
        }
    }

    void terminate() {
        thread.interrupt();
    }

    /** A stream that waits while too much has not been fetched. */
    private final class Waiting extends OutputStream {

        private final ByteArrayOutputStream target;

        Waiting(ByteArrayOutputStream target) {
            this.target = target;
        }

        @Override
        public void write(int one) throws IOException {
            write(new byte[] {(byte) one}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            synchronized (WinRmCommand.this) {
                try {
                    while (target.size() > MOST_WAITING) {
                        WinRmCommand.this.wait();
                    }
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new IOException("ended from outside", e);
                }
                target.write(bytes, offset, length);
                WinRmCommand.this.notifyAll();
            }
        }
    }
}
