package io.understudy.adapter.spi;

import io.understudy.estate.SiteName;
import java.util.List;
import java.util.Optional;

/**
 * A machine with the management shell, from which cmdlets are run (domain.md 5: those of a pool
 * failover are run in the surviving site).
 *
 * @param name as routes and journals call it
 * @param site where it stands
 * @param transport how PowerShell is started there
 * @param host its name or address; of LOCAL ignored
 * @param port 1 to 65535; empty: 22 for SSH, 5986 for WINRM
 * @param user the account; for Kerberos with its realm
 * @param credential where its password or private key is found, {@code env:NAME}, {@code file:NAME}
 *     or {@code vault:PATH#FIELD}; never the secret itself
 * @param hostKeys for SSH: the public keys that it may show, each as in known_hosts without the
 *     host ("ssh-ed25519 AAAA…"); none means that the known_hosts file of the settings decides
 */
public record ManagementServer(
        String name,
        SiteName site,
        Transport transport,
        String host,
        Optional<Integer> port,
        Optional<String> user,
        Optional<String> credential,
        List<String> hostKeys) {

    /** How PowerShell is started on it. */
    public enum Transport {
        /** A process of this machine. */
        LOCAL,
        SSH,
        /** WS-Management over HTTPS. */
        WINRM
    }

    public ManagementServer {
        hostKeys = List.copyOf(hostKeys);
    }
}
