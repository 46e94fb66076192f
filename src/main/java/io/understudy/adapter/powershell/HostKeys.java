package io.understudy.adapter.powershell;

import io.understudy.adapter.spi.ManagementServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.sshd.client.config.hosts.KnownHostEntry;
import org.apache.sshd.common.config.keys.AuthorizedKeyEntry;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.config.keys.PublicKeyEntryResolver;

/** The keys that one SSH server may show; any other is refused, none is ever learned. */
record HostKeys(List<PublicKey> trusted, List<PublicKey> revoked) {

    HostKeys {
        trusted = List.copyOf(trusted);
        revoked = List.copyOf(revoked);
    }

    /**
     * Those that the server's own entry names, else those of known_hosts.
     *
     * @throws IOException when a key or the file cannot be read, saying which
     */
    static HostKeys of(ManagementServer server, int port, Optional<Path> knownHosts)
            throws IOException {
        List<PublicKey> trusted = new ArrayList<>();
        for (String key : server.hostKeys()) {
            trusted.add(
                    key(PublicKeyEntry.parsePublicKeyEntry(key), "a host key of " + server.name()));
        }
        if (!trusted.isEmpty() || knownHosts.isEmpty()) {
            return new HostKeys(trusted, List.of());
        }
        return known(server.host(), port, knownHosts.get());
    }

    private static HostKeys known(String host, int port, Path file) throws IOException {
        if (!Files.isReadable(file)) {
            throw new IOException("the file of known hosts cannot be read: " + file);
        }
        List<PublicKey> trusted = new ArrayList<>();
        List<PublicKey> revoked = new ArrayList<>();
        for (KnownHostEntry entry : KnownHostEntry.readKnownHostEntries(file)) {
            AuthorizedKeyEntry key = entry.getKeyEntry();
            if (entry.isHostMatch(host, port) && key != null) {
                boolean bad = "revoked".equals(entry.getMarker());
                (bad ? revoked : trusted).add(key(key, "a key of " + host + " in " + file));
            }
        }
        return new HostKeys(trusted, revoked);
    }

    private static PublicKey key(PublicKeyEntry entry, String what) throws IOException {
        try {
            return entry.resolvePublicKey(null, Map.of(), PublicKeyEntryResolver.FAILING);
        } catch (GeneralSecurityException | RuntimeException e) {
            throw new IOException(what + " cannot be read: " + e.getMessage(), e);
        }
    }

    boolean trusts(PublicKey shown) {
        return revoked.stream().noneMatch(key -> KeyUtils.compareKeys(key, shown))
                && trusted.stream().anyMatch(key -> KeyUtils.compareKeys(key, shown));
    }

    /** The signatures by which such a key is shown, so that the server chooses one we know. */
    Set<String> algorithms() {
        Set<String> types = new TreeSet<>();
        trusted.forEach(key -> types.add(KeyUtils.getKeyType(key)));
        Set<String> algorithms = new LinkedHashSet<>();
        for (String type : types) {
            if (type.equals("ssh-rsa")) {
                algorithms.add("rsa-sha2-512");
                algorithms.add("rsa-sha2-256");
            } else {
                algorithms.add(type);
            }
        }
        return algorithms;
    }
}
