package io.understudy.adapter.powershell;

import io.understudy.adapter.spi.ManagementServer;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * Starts PowerShell on a management server, hands it one input, and hears what it writes. A
 * transport knows nothing of what the input means.
 */
interface Transport {

    /**
     * What PowerShell is started with.
     *
     * @param bootstrap a constant script of ours that reads the envelope and runs what it says;
     *     handed over as -EncodedCommand. Nothing that varies is ever put into it
     * @param envelope one JSON document, as data: standard input where the transport has one, else
     *     the environment
     */
    record Input(String bootstrap, String envelope) {}

    /** How it ended. */
    sealed interface Ended {

        /** PowerShell ended; {@code error} is the last part of what it wrote to standard error. */
        record Exited(int code, String error) implements Ended {}

        /** Certainly nothing was started: not reachable, not let in, an unknown host key. */
        record NotStarted(Reason reason, String why) implements Ended {

            /** Why nothing was started. */
            enum Reason {
                UNREACHABLE,
                NOT_PERMITTED,
                /** The other side could not prove who it is. */
                UNTRUSTED,
                /** Our own settings or secrets do not allow to try. */
                MISCONFIGURED
            }
        }

        /** The connection was lost or the limit passed: what was started may go on. */
        record Lost(String why) implements Ended {}
    }

    /**
     * Runs it.
     *
     * @param limit after which this gives up and answers Lost
     * @param line hears each line of standard output, without its end, in order; lines beyond the
     *     output limit of the settings are cut, and what is no UTF-8 is replaced
     * @throws InterruptedException when the calling thread is interrupted; what was started may go
     *     on
     */
    Ended run(ManagementServer server, Input input, Duration limit, Consumer<String> line)
            throws InterruptedException;
}
