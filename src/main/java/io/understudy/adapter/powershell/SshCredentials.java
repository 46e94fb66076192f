package io.understudy.adapter.powershell;

import io.understudy.adapter.powershell.Transport.Ended.NotStarted;
import io.understudy.adapter.powershell.Transport.Ended.NotStarted.Reason;
import io.understudy.adapter.spi.ManagementServer;
import io.understudy.adapter.spi.Secrets;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.util.Optional;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.NamedResource;
import org.apache.sshd.common.config.keys.FilePasswordProvider;
import org.apache.sshd.common.util.security.SecurityUtils;

/** What a session may prove itself by: the server's credential, else the agent. */
final class SshCredentials {

    private final Secrets secrets;
    private final Optional<Path> agent;

    SshCredentials(Secrets secrets, Optional<Path> agent) {
        this.secrets = secrets;
        this.agent = agent;
    }

    /** Gives it to the session; says why when there is nothing to give. */
    Optional<NotStarted> offer(ManagementServer server, ClientSession session) {
        if (server.user().isEmpty()) {
            return misconfigured(server.name() + " names no user");
        }
        if (server.credential().isEmpty() && agent.isEmpty()) {
            return misconfigured(
                    server.name() + " names no credential, and no SSH agent is configured");
        }
        return server.credential().flatMap(reference -> offered(server, reference, session));
    }

    /** Whether the agent is asked: only for servers without a credential of their own. */
    boolean byAgent(ManagementServer server) {
        return server.credential().isEmpty();
    }

    private Optional<NotStarted> offered(
            ManagementServer server, String reference, ClientSession session) {
        try {
            String secret = secrets.read(reference);
            if (!secret.startsWith("-----BEGIN ")) {
                session.addPasswordIdentity(secret);
                return Optional.empty();
            }
            for (KeyPair pair : pairs(session, secret)) {
                session.addPublicKeyIdentity(pair);
            }
            return Optional.empty();
        } catch (Secrets.SecretUnavailable e) {
            return misconfigured(String.valueOf(e.getMessage()));
        } catch (IOException | GeneralSecurityException e) {
            // the message of a parser might quote what it parses
            return misconfigured(
                    "the private key of "
                            + server.name()
                            + " cannot be read: it must be unencrypted, in OpenSSH or PEM form ("
                            + e.getClass().getSimpleName()
                            + ")");
        }
    }

    private static Iterable<KeyPair> pairs(ClientSession session, String key)
            throws IOException, GeneralSecurityException {
        byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
        Iterable<KeyPair> pairs =
                SecurityUtils.loadKeyPairIdentities(
                        session,
                        NamedResource.ofName("credential"),
                        new ByteArrayInputStream(bytes),
                        FilePasswordProvider.EMPTY);
        if (pairs == null || !pairs.iterator().hasNext()) {
            throw new IOException("no key");
        }
        return pairs;
    }

    private static Optional<NotStarted> misconfigured(String why) {
        return Optional.of(new NotStarted(Reason.MISCONFIGURED, why));
    }
}
