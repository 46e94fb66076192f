package io.understudy.adapter.powershell;

import io.understudy.adapter.spi.Secrets;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Whose certificates are trusted. */
final class WinRmTrust {

    private WinRmTrust() {}

    /**
     * TLS that trusts what the settings say, and nothing else.
     *
     * @throws IOException when the file cannot be read or its password is wrong
     * @throws GeneralSecurityException when what is in it is no trust store
     */
    static SSLContext context(WinRmSettings settings, Secrets secrets)
            throws IOException, GeneralSecurityException {
        if (settings.trustStore().isEmpty()) {
            return SSLContext.getDefault();
        }
        Path file = settings.trustStore().get();
        byte[] bytes = Files.readAllBytes(file);
        KeyStore trusted =
                new String(bytes, StandardCharsets.ISO_8859_1).contains("-----BEGIN")
                        ? pem(bytes)
                        : KeyStore.getInstance(
                                file.toFile(),
                                settings.trustStorePassword()
                                        .map(secrets::read)
                                        .orElse("")
                                        .toCharArray());
        if (trusted.size() == 0) {
            throw new CertificateException("there is no certificate in it");
        }
        TrustManagerFactory trust =
                TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    private static KeyStore pem(byte[] bytes) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        for (Certificate one :
                CertificateFactory.getInstance("X.509")
                        .generateCertificates(new ByteArrayInputStream(bytes))) {
            store.setCertificateEntry("trusted-" + store.size(), one);
        }
        return store;
    }
}
