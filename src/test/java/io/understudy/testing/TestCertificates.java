package io.understudy.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * A self-signed certificate for a server or client of tests, made anew by the JDK's keytool.
 *
 * @param keyStore a PKCS #12 file with its key
 */
public record TestCertificates(Path keyStore) {

    /** Of every key store and trust store made here. */
    public static final String PASSWORD = "changeit-in-tests";

    private static final String ALIAS = "own";

    /**
     * Makes one.
     *
     * @param names what it is for, as keytool writes it: {@code dns:localhost,ip:127.0.0.1}
     */
    public static TestCertificates make(Path directory, String commonName, String names) {
        try {
            Path file = Files.createTempFile(directory, "keys", ".p12");
            Files.delete(file);
            run(
                    "-genkeypair",
                    "-alias",
                    ALIAS,
                    "-keyalg",
                    "EC",
                    "-validity",
                    "2",
                    "-dname",
                    "CN=" + commonName,
                    "-ext",
                    "SAN=" + names,
                    "-storetype",
                    "PKCS12",
                    "-keystore",
                    file.toString(),
                    "-storepass",
                    PASSWORD);
            return new TestCertificates(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One for these names. */
    public static TestCertificates make(Path directory, String names) {
        return make(directory, "counterpart", names);
    }

    /** One for this machine. */
    public static TestCertificates local(Path directory) {
        return make(directory, "dns:localhost,ip:127.0.0.1,ip:::1");
    }

    /** The certificate itself. */
    public X509Certificate certificate() {
        try {
            return (X509Certificate) load().getCertificate(ALIAS);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The certificate as PEM, in a file of its own. */
    public Path pem() {
        return pem(Path.of(keyStore + ".pem"));
    }

    /** The certificate as PEM, in this file. */
    public Path pem(Path file) {
        try {
            return written(file, "CERTIFICATE", certificate().getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Its key as PEM, in this file. */
    public Path keyPem(Path file) {
        try {
            return written(
                    file, "PRIVATE KEY", load().getKey(ALIAS, PASSWORD.toCharArray()).getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A PKCS #12 file with nothing but the certificate. */
    public Path trustStore() {
        Path file = Path.of(keyStore + ".trust");
        try (OutputStream out = Files.newOutputStream(file)) {
            trusting(this).store(out, PASSWORD.toCharArray());
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** TLS in this name, for a server that asks for no certificate. */
    public SSLContext context() {
        return context(this);
    }

    /** TLS in this name, with one who has the other certificate. */
    public SSLContext context(TestCertificates trusted) {
        try {
            KeyManagerFactory keys =
                    KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(load(), PASSWORD.toCharArray());
            TrustManagerFactory trust =
                    TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusting(trusted));
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyStore trusting(TestCertificates trusted) {
        try {
            KeyStore others = KeyStore.getInstance("PKCS12");
            others.load(null, null);
            others.setCertificateEntry("trusted", trusted.certificate());
            return others;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Path written(Path file, String what, byte[] content) {
        try {
            String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
            return Files.writeString(
                    file, "-----BEGIN %s-----%n%s%n-----END %s-----%n".formatted(what, body, what));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private KeyStore load() {
        try (InputStream in = Files.newInputStream(keyStore)) {
            KeyStore keys = KeyStore.getInstance("PKCS12");
            keys.load(in, PASSWORD.toCharArray());
            return keys;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void run(String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(arguments));
        try {
            Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes());
            if (process.waitFor() != 0) {
                throw new IllegalStateException("keytool: " + said);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
