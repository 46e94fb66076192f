package io.understudy.app;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.understudy.adapter.powershell.WinRmSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** How PowerShell is reached over WS-Management; HTTPS with a checked certificate in any case. */
@ConfigMapping(prefix = "understudy.powershell.winrm")
interface WinRmConfiguration {

    /** NTLM or KERBEROS; default NTLM. */
    @WithDefault("NTLM")
    WinRmSettings.Authentication authentication();

    /**
     * Whose certificates are trusted: PEM certificates, or a PKCS #12 or JKS key store. Default:
     * those that the JVM trusts.
     */
    Optional<Path> trustStore();

    /** Where the password of such a key store is found: env:NAME and so on. */
    Optional<String> trustStorePassword();

    /** How long until a connection stands; default 10 s. */
    @WithDefault("PT10S")
    Duration connectTimeout();

    /** How long the server may wait for output before it is asked again; default 20 s. */
    @WithDefault("PT20S")
    Duration operationTimeout();

    /** How late an answer may be after that before the connection is lost; default 30 s. */
    @WithDefault("PT30S")
    Duration answerTimeout();

    /** How many bytes of a line of standard output are passed on; default 4,194,304. */
    @WithDefault("4194304")
    int outputLimit();

    /** How many bytes of standard error are kept, the last ones; default 16,384. */
    @WithDefault("16384")
    int errorLimit();

    /** The same in the words of the transport. */
    default WinRmSettings settings() {
        return new WinRmSettings(
                authentication(),
                trustStore(),
                trustStorePassword(),
                connectTimeout(),
                operationTimeout(),
                answerTimeout(),
                outputLimit(),
                errorLimit());
    }
}
