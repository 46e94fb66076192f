package io.understudy.app;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.understudy.adapter.secrets.SecretReferences;
import io.understudy.adapter.secrets.SecretsSettings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Where the secrets are that documents and settings refer to. */
@ConfigMapping(prefix = "understudy.secrets")
interface SecretsConfiguration {

    /** The directory whose files {@code file:NAME} means; none by default. */
    Optional<Path> directory();

    Vault vault();

    /** What {@code vault:PATH#FIELD} asks. */
    interface Vault {
        /** Its URL, https; none by default. */
        Optional<URI> address();

        /** The file with the token, read at each use. */
        Optional<Path> tokenFile();

        /** For a whole answer; default 5 s. */
        @WithDefault("PT5S")
        Duration timeLimit();

        /** PEM file of the certificates that may sign its own; default: those that Java trusts. */
        Optional<Path> trustedCertificates();

        /** Of Vault Enterprise; none by default. */
        Optional<String> namespace();
    }

    /** The same in the words of the adapter. */
    default SecretReferences reader() {
        Vault vault = vault();
        Optional<SecretsSettings.Vault> asked =
                vault.address()
                        .map(address ->
                                new SecretsSettings.Vault(
                                        address,
                                        vault.tokenFile()
                                                .orElseThrow(() ->
                                                        new IllegalArgumentException(
                                                                "understudy.secrets.vault.token-file"
                                                                        + " is needed with"
                                                                        + " understudy.secrets.vault.address")),
                                        vault.timeLimit(),
                                        vault.trustedCertificates(),
                                        vault.namespace()));
        return new SecretReferences(
                new SecretsSettings(directory(), asked),
                name -> Optional.ofNullable(System.getenv(name)));
    }
}
