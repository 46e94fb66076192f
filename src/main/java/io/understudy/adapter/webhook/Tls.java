package io.understudy.adapter.webhook;

import io.understudy.adapter.spi.Secrets;
import io.understudy.adapter.spi.Secrets.SecretUnavailable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Arrays;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** Whom we trust and who we are, read anew for each call, so that changed files count at once. */
final class Tls {

    private Tls() {}

    /**
     * What the settings say; empty when they say nothing and Java's own holds.
     *
     * @throws SecretUnavailable when a file cannot be read
     */
    static Optional<SSLContext> context(WebhookSettings settings, Secrets secrets) {
        if (settings.identity().isEmpty() && settings.trusted().isEmpty()) {
            return Optional.empty();
        }
        try {
            KeyManager @Nullable [] keys =
                    settings.identity().isPresent()
                            ? keys(settings.identity().get(), secrets)
                            : null;
            TrustManager @Nullable [] trust =
                    settings.trusted().isPresent() ? trust(settings.trusted().get()) : null;
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys, trust, null);
            return Optional.of(context);
        } catch (IOException | GeneralSecurityException e) {
            throw new SecretUnavailable(
                    "the webhook's key store or trusted certificates cannot be read: "
                            + e.getClass().getSimpleName(),
                    e);
        }
    }

    private static KeyManager[] keys(WebhookSettings.Identity identity, Secrets secrets)
            throws IOException, GeneralSecurityException {
        char[] password = secrets.read(identity.password()).toCharArray();
        try (InputStream in = Files.newInputStream(identity.keyStore())) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(in, password);
            KeyManagerFactory keys =
                    KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store, password);
            return keys.getKeyManagers();
        } finally {
            Arrays.fill(password, ' ');
        }
    }

    private static TrustManager[] trust(Path file) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        try (InputStream pem = Files.newInputStream(file)) {
            int number = 0;
            for (Certificate certificate :
                    CertificateFactory.getInstance("X.509").generateCertificates(pem)) {
                store.setCertificateEntry("trusted-" + number++, certificate);
            }
        }
        TrustManagerFactory trust =
                TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        return trust.getTrustManagers();
    }
}
