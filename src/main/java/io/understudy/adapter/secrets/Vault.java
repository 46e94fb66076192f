package io.understudy.adapter.secrets;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.understudy.adapter.spi.Secrets.SecretUnavailable;
import io.understudy.outbound.Addresses;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Secrets of a Vault's key-value engine, version 2. */
final class Vault {

    /** The longest answer, in bytes. */
    private static final long MOST_BYTES = 1 << 20;

    private static final String PART = "[A-Za-z0-9_][A-Za-z0-9_.-]*";
    private static final Pattern REFERENCE =
            Pattern.compile("(" + PART + ")/(" + PART + "(?:/" + PART + ")*)#([A-Za-z0-9_.-]+)");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final SecretsSettings.Vault settings;
    private final HttpClient client;

    Vault(SecretsSettings.Vault settings) {
        this.settings = settings;
        HttpClient.Builder builder =
                HttpClient.newBuilder()
                        .connectTimeout(settings.timeLimit())
                        .followRedirects(HttpClient.Redirect.NEVER);
        settings.trusted().ifPresent(file -> builder.sslContext(trusting(file)));
        this.client = builder.build();
    }

    private static SSLContext trusting(Path file) {
        try (InputStream pem = Files.newInputStream(file)) {
            KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
            trusted.load(null, null);
            int number = 0;
            for (Certificate certificate :
                    CertificateFactory.getInstance("X.509").generateCertificates(pem)) {
                trusted.setCertificateEntry("trusted-" + number++, certificate);
            }
            TrustManagerFactory managers =
                    TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            managers.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, managers.getTrustManagers(), null);
            return context;
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalArgumentException(
                    "understudy.secrets.vault.trusted-certificates is no PEM file of certificates: "
                            + file,
                    e);
        }
    }

    /** The field of a secret; {@code mount/path#field}. */
    String read(String pathAndField) {
        Matcher parts = REFERENCE.matcher(pathAndField);
        if (!parts.matches()) {
            throw new SecretUnavailable("vault:PATH#FIELD is vault:<mount>/<path>#<field>");
        }
        String reference = "vault:" + pathAndField;
        HttpResponse<byte[]> answer =
                ask(request(parts.group(1), parts.group(2), reference), reference);
        return switch (answer.statusCode()) {
            case 200 -> field(answer.body(), parts.group(3), reference);
            case 403 ->
                    throw new SecretUnavailable(
                            reference + ": the Vault does not permit it: check token and policy");
            case 404 -> throw new SecretUnavailable(reference + " is not in the Vault");
            default ->
                    throw new SecretUnavailable(
                            reference + ": the Vault answered " + answer.statusCode());
        };
    }

    private HttpRequest request(String mount, String path, String reference) {
        String token =
                SecretFiles.text(settings.tokenFile(), reference + ": the Vault's token file");
        HttpRequest.Builder request =
                HttpRequest.newBuilder(
                                URI.create(
                                        "https://"
                                                + settings.address().getRawAuthority()
                                                + "/v1/"
                                                + mount
                                                + "/data/"
                                                + path))
                        .header("Accept", "application/json");
        settings.namespace().ifPresent(name -> request.header("X-Vault-Namespace", name));
        try {
            return request.header("X-Vault-Token", token).build();
        } catch (IllegalArgumentException e) {
            // its message would show the token
            throw new SecretUnavailable(reference + ": the Vault's token file holds no token");
        }
    }

    private HttpResponse<byte[]> ask(HttpRequest request, String reference) {
        refuseForbidden(request.uri().getHost(), reference);
        CompletableFuture<HttpResponse<byte[]>> answer =
                client.sendAsync(
                        request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), MOST_BYTES));
        try {
            return answer.get(settings.timeLimit().toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new SecretUnavailable(
                    reference + ": the Vault cannot be asked: " + e.getMessage(), e);
        } catch (TimeoutException e) {
            throw new SecretUnavailable(
                    reference + ": the Vault did not answer within " + settings.timeLimit());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SecretUnavailable(reference + ": interrupted while asking the Vault");
        } finally {
            answer.cancel(true);
        }
    }

    private static void refuseForbidden(String host, String reference) {
        try {
            Addresses.refusal(host)
                    .ifPresent(why -> {
                        throw new SecretUnavailable(reference + ": the Vault's address " + why);
                    });
        } catch (UnknownHostException e) {
            throw new SecretUnavailable(
                    reference + ": the Vault cannot be asked: " + host + " has no address", e);
        }
    }

    private static String field(byte[] body, String field, String reference) {
        try {
            JsonNode value =
                    JSON.readTree(new String(body, StandardCharsets.UTF_8))
                            .path("data")
                            .path("data")
                            .path(field);
            if (!value.isTextual() || value.textValue().isEmpty()) {
                throw new SecretUnavailable(reference + ": the secret has no such text field");
            }
            return SecretReferences.withoutNewline(value.textValue());
        } catch (JsonProcessingException e) {
            // its message would show a part of the answer
            throw new SecretUnavailable(reference + ": the Vault's answer is no JSON");
        }
    }
}
