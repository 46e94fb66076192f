package io.understudy.api;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import javax.security.auth.x500.X500Principal;

/** Whom the certificate is for that a client has shown, and that TLS has found valid. */
final class ClientCertificate {

    private static final int EMAIL = 1;
    private static final int DNS = 2;
    private static final int URI = 6;

    private ClientCertificate() {}

    /**
     * Whether a certificate is for {@code whom}.
     *
     * @param whom {@code subject:CN=…}, compared as X.500 names are; {@code dns:…}, {@code uri:…}
     *     or {@code email:…} for one of the alternative names, compared letter by letter
     * @throws IllegalArgumentException when it is written otherwise
     */
    static boolean isFor(String whom, X509Certificate certificate) {
        int colon = whom.indexOf(':');
        String name = whom.substring(colon + 1);
        return switch (whom.substring(0, Math.max(colon, 0))) {
            case "subject" -> new X500Principal(name).equals(certificate.getSubjectX500Principal());
            case "dns" -> alternative(certificate, DNS, name);
            case "uri" -> alternative(certificate, URI, name);
            case "email" -> alternative(certificate, EMAIL, name);
            default ->
                    throw new IllegalArgumentException(
                            "a certificate is told by subject:, dns:, uri: or email:, not by "
                                    + whom);
        };
    }

    private static boolean alternative(X509Certificate certificate, int kind, String name) {
        try {
            Collection<List<?>> names = certificate.getSubjectAlternativeNames();
            return names != null
                    && names.stream()
                            .anyMatch(each -> each.get(0).equals(kind) && name.equals(each.get(1)));
        } catch (CertificateParsingException e) {
            return false;
        }
    }
}
