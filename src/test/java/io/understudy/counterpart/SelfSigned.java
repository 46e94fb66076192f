package io.understudy.counterpart;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** A certificate that a server made itself, by the JDK's keytool. */
public final class SelfSigned {

    private static final String PASSWORD = "changeit";
    private static final String ALIAS = "server";

    private final KeyStore store;

    /**
     * Makes one.
     *
     * @param names what it is for, as keytool writes it: {@code dns:localhost,ip:127.0.0.1}
     */
    public SelfSigned(Path directory, String names)
            throws IOException, GeneralSecurityException, InterruptedException {
        Path file = Files.createTempFile(directory, "server", ".p12");
        Files.delete(file);
        List<String> keytool =
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                        "-genkeypair",
                        "-alias",
                        ALIAS,
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=counterpart",
                        "-ext",
                        "san=" + names,
                        "-validity",
                        "2",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        PASSWORD,
                        "-keystore",
                        file.toString());
        Process process = new ProcessBuilder(keytool).redirectErrorStream(true).start();
        byte[] said = process.getInputStream().readAllBytes();
        if (process.waitFor() != 0) {
            throw new IOException(new String(said, StandardCharsets.UTF_8));
        }
        store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, PASSWORD.toCharArray());
        }
    }

    /** TLS in this name. */
    public SSLContext context() throws GeneralSecurityException {
        KeyManagerFactory keys =
                KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    /** Writes the certificate to a file, as PEM. */
    public Path pem(Path file) throws IOException, GeneralSecurityException {
        String text =
                Base64.getMimeEncoder().encodeToString(store.getCertificate(ALIAS).getEncoded());
        return Files.writeString(
                file, "-----BEGIN CERTIFICATE-----\n" + text + "\n-----END CERTIFICATE-----\n");
    }
}
