package io.understudy.adapter.powershell;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.sshd.agent.SshAgent;
import org.apache.sshd.agent.SshAgentFactory;
import org.apache.sshd.agent.SshAgentServer;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.auth.password.UserAuthPasswordFactory;
import org.apache.sshd.client.auth.pubkey.UserAuthPublicKeyFactory;
import org.apache.sshd.client.config.hosts.HostConfigEntryResolver;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.AttributeRepository;
import org.apache.sshd.common.FactoryManager;
import org.apache.sshd.common.channel.ChannelFactory;
import org.apache.sshd.common.kex.KexProposalOption;
import org.apache.sshd.common.keyprovider.KeyIdentityProvider;
import org.apache.sshd.common.session.ConnectionService;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.session.SessionListener;
import org.apache.sshd.core.CoreModuleProperties;

/** The SSH client: nothing of the machine's own settings and keys, and no key that is not known. */
final class SshClients {

    private static final int MOST_UNANSWERED = 3;

    private SshClients() {}

    static SshClient started(PowerShellSettings settings, Optional<Path> agent) {
        SshClient client = SshClient.setUpDefaultClient();
        client.setHostConfigEntryResolver(HostConfigEntryResolver.EMPTY);
        client.setKeyIdentityProvider(KeyIdentityProvider.EMPTY_KEYS_PROVIDER);
        client.setUserAuthFactories(
                List.of(UserAuthPublicKeyFactory.INSTANCE, UserAuthPasswordFactory.INSTANCE));
        client.setServerKeyVerifier((session, _, key) -> {
            SshTransport.Trust trust = trust(session);
            boolean trusted = trust.keys.trusts(key);
            trust.broken = !trusted;
            return trusted;
        });
        client.addSessionListener(new KnownAlgorithms());
        CoreModuleProperties.HEARTBEAT_REQUEST.set(client, "keepalive@openssh.com");
        CoreModuleProperties.HEARTBEAT_INTERVAL.set(client, settings.keepAlive());
        CoreModuleProperties.HEARTBEAT_NO_REPLY_MAX.set(client, MOST_UNANSWERED);
        CoreModuleProperties.IDLE_TIMEOUT.set(client, Duration.ZERO);
        CoreModuleProperties.AUTH_TIMEOUT.set(client, settings.connectLimit());
        agent.ifPresent(socket -> client.setAgentFactory(new AgentFactory(socket)));
        client.start();
        return client;
    }

    private static SshTransport.Trust trust(ClientSession session) {
        AttributeRepository context = session.getConnectionContext();
        SshTransport.Trust trust =
                context == null ? null : context.getAttribute(SshTransport.TRUST);
        if (trust == null) {
            throw new IllegalStateException("a session of somebody else's");
        }
        return trust;
    }

    /** Asks a server that has several host keys for one that is known. */
    private static final class KnownAlgorithms implements SessionListener {
        @Override
        public void sessionNegotiationOptionsCreated(
                Session session, Map<KexProposalOption, String> proposal) {
            Set<String> known = trust((ClientSession) session).keys.algorithms();
            if (!known.isEmpty()) {
                proposal.put(KexProposalOption.SERVERKEYS, String.join(",", known));
            }
        }
    }

    /** Agents that sign for us; nothing is forwarded. */
    private record AgentFactory(Path socket) implements SshAgentFactory {
        @Override
        public List<ChannelFactory> getChannelForwardingFactories(FactoryManager manager) {
            return List.of();
        }

        @Override
        public SshAgent createClient(Session session, FactoryManager manager) throws IOException {
            return AgentSocket.at(socket);
        }

        @Override
        public SshAgentServer createServer(ConnectionService service) throws IOException {
            throw new IOException("agents are not forwarded");
        }
    }
}
