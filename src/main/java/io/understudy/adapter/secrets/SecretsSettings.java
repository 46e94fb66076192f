package io.understudy.adapter.secrets;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Where secrets may be.
 *
 * @param directory whose files {@code file:NAME} means; without one such a reference is refused
 * @param vault what {@code vault:PATH#FIELD} asks; without one such a reference is refused
 */
public record SecretsSettings(Optional<Path> directory, Optional<Vault> vault) {

    /** Only the environment. */
    public static final SecretsSettings NONE =
            new SecretsSettings(Optional.empty(), Optional.empty());

    /**
     * HashiCorp Vault, or what speaks like it.
     *
     * @param address its URL, https, without a path
     * @param tokenFile a file with a token, read at each use
     * @param timeLimit for a whole answer, more than nothing; default 5 s
     * @param trusted a PEM file of the certificates that may sign its own; those that Java trusts
     *     where absent
     * @param namespace of Vault Enterprise
     */
    public record Vault(
            URI address,
            Path tokenFile,
            Duration timeLimit,
            Optional<Path> trusted,
            Optional<String> namespace) {

        public Vault {
            if (!"https".equals(address.getScheme())
                    || address.getHost() == null
                    || address.getUserInfo() != null
                    || !address.getPath().matches("/?")) {
                throw new IllegalArgumentException(
                        "understudy.secrets.vault.address is an https URL of a host and a port: a"
                                + " token goes there");
            }
            if (!timeLimit.isPositive()) {
                throw new IllegalArgumentException(
                        "understudy.secrets.vault.time-limit is more than nothing");
            }
        }
    }
}
