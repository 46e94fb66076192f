package io.understudy.adapter.secrets;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.understudy.adapter.spi.Secrets.SecretUnavailable;
import io.understudy.testing.TestCertificates;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Secrets by reference: what is read, what is refused, and that none is ever shown. */
class SecretReferencesTest {

    private static final String SECRET = "s3cret \u00e9 with spaces ";
    private static final String TOKEN = "hvs.CAESIJ";

    @TempDir private static Path shared;
    private static HttpsServer vault;
    private static Path certificate;
    private static final CountDownLatch END = new CountDownLatch(1);

    @TempDir private Path directory;

    @BeforeAll
    static void startVault() throws IOException {
        TestCertificates keys = TestCertificates.local(shared);
        certificate = keys.pem();
        vault = HttpsServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        vault.setHttpsConfigurator(new HttpsConfigurator(keys.context(keys)));
        vault.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        vault.createContext("/", SecretReferencesTest::answer);
        vault.start();
    }

    @AfterAll
    static void stopVault() {
        END.countDown();
        vault.stop(0);
    }

    private static void answer(HttpExchange exchange) throws IOException {
        String token = exchange.getRequestHeaders().getFirst("X-Vault-Token");
        String path = exchange.getRequestURI().getPath();
        if (!TOKEN.equals(token)) {
            reply(exchange, 403, "{\"errors\": [\"permission denied for " + token + "\"]}");
            return;
        }
        switch (path) {
            case "/v1/secret/data/understudy/ms1" ->
                    reply(
                            exchange,
                            200,
                            "{\"data\": {\"data\": {\"password\": \""
                                    + SECRET
                                    + "\\n\", \"port\": 5}}}");
            case "/v1/secret/data/huge" -> reply(exchange, 200, " ".repeat(2 << 20));
            case "/v1/secret/data/broken" -> reply(exchange, 200, "{\"data\": " + SECRET);
            case "/v1/secret/data/moved" -> {
                exchange.getResponseHeaders().add("Location", "/v1/secret/data/understudy/ms1");
                reply(exchange, 307, "");
            }
            case "/v1/secret/data/slow" -> {
                exchange.sendResponseHeaders(200, 0);
                exchange.getResponseBody().write('{');
                exchange.getResponseBody().flush();
                await();
                exchange.close();
            }
            default -> reply(exchange, 404, "{\"errors\": []}");
        }
    }

    private static void await() {
        try {
            END.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void reply(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private static SecretReferences environment(Map<String, String> variables) {
        return new SecretReferences(
                SecretsSettings.NONE, name -> Optional.ofNullable(variables.get(name)));
    }

    private SecretReferences files() {
        return new SecretReferences(
                new SecretsSettings(Optional.of(directory), Optional.empty()),
                _ -> Optional.empty());
    }

    private SecretReferences vault(Duration limit, Optional<Path> trusted) throws IOException {
        Path token = file("token", TOKEN + "\n", "rw-------");
        return new SecretReferences(
                new SecretsSettings(
                        Optional.empty(),
                        Optional.of(
                                new SecretsSettings.Vault(
                                        URI.create(
                                                "https://localhost:"
                                                        + vault.getAddress().getPort()),
                                        token,
                                        limit,
                                        trusted,
                                        Optional.of("team")))),
                _ -> Optional.empty());
    }

    private SecretReferences vault() throws IOException {
        return vault(Duration.ofSeconds(20), Optional.of(certificate));
    }

    private Path file(String name, String text, String permissions) throws IOException {
        Path file = Files.writeString(directory.resolve(name), text);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    }

    private static String refusal(SecretReferences secrets, String reference) {
        String message =
                assertThrows(SecretUnavailable.class, () -> secrets.read(reference)).getMessage();
        assertFalse(message.contains(SECRET.strip()), message);
        assertFalse(message.contains(TOKEN), message);
        return message;
    }

    @Test
    void ofTheEnvironmentOnlyWhatIsMeantToBeASecretIsRead() {
        SecretReferences secrets =
                environment(
                        Map.of(
                                "UNDERSTUDY_SECRET_MS1",
                                SECRET + "\r\n",
                                "PATH",
                                SECRET,
                                "UNDERSTUDY_ADMIN_KEY",
                                SECRET));
        assertEquals(SECRET, secrets.read("env:UNDERSTUDY_SECRET_MS1"));
        assertTrue(
                refusal(secrets, "env:UNDERSTUDY_SECRET_MS2")
                        .contains("env:UNDERSTUDY_SECRET_MS2"));
        refusal(secrets, "env:PATH");
        refusal(secrets, "env:UNDERSTUDY_ADMIN_KEY");
        refusal(secrets, "env:UNDERSTUDY_SECRET_");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", ":", "env", "s3cret", "http://x", "env:", "file:", "vault:", "FILE:a"})
    void whatIsNoReferenceIsRefused(String reference) {
        refusal(files(), reference);
    }

    @Test
    void aFileIsReadAtEachUseWithoutItsLastLineEnd() throws IOException {
        file("ms1", SECRET + "\n", "rw-r-----");
        SecretReferences secrets = files();
        assertEquals(SECRET, secrets.read("file:ms1"));
        file("ms1", "other\nline\n\n", "rw-------");
        assertEquals("other\nline\n", secrets.read("file:ms1"));
    }

    @Test
    void aFileThatEverybodyMayReadIsRefused() throws IOException {
        file("ms1", SECRET, "rw-r--r--");
        assertTrue(refusal(files(), "file:ms1").contains("everybody"));
        file("ms1", SECRET, "rw-----w-");
        assertTrue(refusal(files(), "file:ms1").contains("everybody"));
    }

    @Test
    void nothingOutsideTheDirectoryIsReadByPathOrLink(@TempDir Path elsewhere) throws IOException {
        Path outside = Files.writeString(elsewhere.resolve("outside"), SECRET);
        Files.setPosixFilePermissions(outside, PosixFilePermissions.fromString("rw-------"));
        Files.createSymbolicLink(directory.resolve("link"), outside);
        Files.createDirectory(directory.resolve("inner"));
        Path inside = file("inner/inside", SECRET, "rw-------");
        Files.createSymbolicLink(directory.resolve("within"), inside);
        SecretReferences secrets = files();
        assertTrue(refusal(secrets, "file:link").contains("leads out"));
        assertEquals(SECRET, secrets.read("file:within"));
        for (String path :
                new String[] {
                    "../outside",
                    outside.toString(),
                    "inner/inside",
                    "..",
                    ".",
                    ".hidden",
                    "a\u0000b"
                }) {
            refusal(secrets, "file:" + path);
        }
        refusal(secrets, "file:inner");
        refusal(environment(Map.of()), "file:ms1");
    }

    @Test
    void whatIsEmptyTooLongOrNoTextIsRefused() throws IOException {
        file("empty", "", "rw-------");
        file("long", "x".repeat(SecretFiles.MOST_BYTES + 1), "rw-------");
        file("just", "x".repeat(SecretFiles.MOST_BYTES), "rw-------");
        Files.write(file("binary", "", "rw-------"), new byte[] {(byte) 0xc3, 0x28});
        refusal(files(), "file:empty");
        refusal(files(), "file:long");
        refusal(files(), "file:binary");
        assertTrue(refusal(files(), "file:none").contains("file:none"));
        assertEquals(SecretFiles.MOST_BYTES, files().read("file:just").length());
    }

    @Test
    void aFieldOfAVaultsSecretIsRead() throws IOException {
        assertEquals(SECRET, vault().read("vault:secret/understudy/ms1#password"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "secret/understudy/ms1#nothing",
                "secret/understudy/ms1#port",
                "secret/none#password",
                "secret/huge#password",
                "secret/broken#password",
                "secret/moved#password",
                "secret#password",
                "secret/a/../b#c",
                "secret/a",
                "secret/a?x=y#c"
            })
    void whatTheVaultDoesNotGiveIsRefusedNamingTheReference(String reference) throws IOException {
        assertTrue(refusal(vault(), "vault:" + reference).contains("vault:"));
    }

    @Test
    void aVaultThatDripsIsGivenUpAtTheLimit() throws IOException {
        SecretReferences slow = vault(Duration.ofMillis(300), Optional.of(certificate));
        assertTrue(refusal(slow, "vault:secret/slow#x").contains("PT0.3S"));
    }

    @Test
    void aVaultThatCannotProveWhoItIsGetsNoToken() throws IOException {
        assertTrue(
                refusal(
                                vault(Duration.ofSeconds(20), Optional.empty()),
                                "vault:secret/understudy/ms1#password")
                        .contains("cannot be asked"));
    }

    @Test
    void aTokenThatIsNotPermittedOrNoneIsNotShown() throws IOException {
        SecretReferences secrets = vault();
        file("token", "hvs.other", "rw-------");
        String refused = refusal(secrets, "vault:secret/understudy/ms1#password");
        assertFalse(refused.contains("hvs.other"), refused);
        file("token", "two\nlines", "rw-------");
        assertFalse(refusal(secrets, "vault:secret/understudy/ms1#password").contains("two"));
        file("token", TOKEN, "rw-r--r--");
        assertTrue(refusal(secrets, "vault:secret/understudy/ms1#password").contains("everybody"));
    }

    @Test
    void aVaultWithoutTlsIsRefusedAtTheStart() {
        for (String address :
                new String[] {
                    "http://vault:8200", "https://u:p@vault", "https://vault/x", "vault"
                }) {
            assertThrows(
                    IllegalArgumentException.class,
                    () ->
                            new SecretsSettings.Vault(
                                    URI.create(address),
                                    Path.of("token"),
                                    Duration.ofSeconds(1),
                                    Optional.empty(),
                                    Optional.empty()));
        }
    }
}
