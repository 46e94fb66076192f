package io.understudy.adapter.powershell;

import org.apache.cxf.message.Message;
import org.apache.cxf.phase.AbstractPhaseInterceptor;
import org.apache.cxf.phase.Phase;
import org.apache.cxf.transport.http.HTTPConduit;

/**
 * Has every request sent once. By default CXF repeats what was answered 401, on and on where the
 * answer does not say how to be let in, and each time is one more wrong password until the account
 * is locked. Redirections, for which a management server has no reason, are not followed either.
 */
final class WinRmOneAttempt extends AbstractPhaseInterceptor<Message> {

    /**
     * Bytes of a request that are ready before its first answer. What NTLM has sent anew after a
     * challenge is as much as was ready by then, and no more; above 64 KiB CXF keeps it in a file.
     */
    private static final int WHOLE = 1 << 18;

    WinRmOneAttempt() {
        super(Phase.SETUP);
    }

    @Override
    public void handleMessage(Message message) {
        if (message.getExchange().getConduit(message) instanceof HTTPConduit conduit) {
            conduit.getClient().setMaxRetransmits(0);
            conduit.getClient().setChunkLength(WHOLE);
        }
    }
}
