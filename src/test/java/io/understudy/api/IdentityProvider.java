package io.understudy.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * An OpenID Connect provider over real HTTP: discovery, keys, the code flow with PKCE, held to what
 * the specifications say of it. POST /mint signs whatever claims a test wants.
 */
public final class IdentityProvider implements QuarkusTestResourceLifecycleManager {

    static final String CLIENT = "understudy-console";
    static final String SECRET = "a secret of the client that is long enough";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Base64.Encoder URL = Base64.getUrlEncoder().withoutPadding();

    private final Map<String, Map<String, String>> codes = new ConcurrentHashMap<>();
    private final KeyPair known = pair();
    private final KeyPair other = pair();
    private HttpServer server;
    private String issuer = "";

    @Override
    public Map<String, String> start() {
        try {
            server =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        issuer = "http://127.0.0.1:" + server.getAddress().getPort();
        server.createContext("/.well-known/openid-configuration", e -> answer(e, discovery()));
        server.createContext("/jwks", e -> answer(e, keys()));
        server.createContext("/authorize", this::authorize);
        server.createContext("/token", this::token);
        server.createContext("/mint", this::mint);
        server.start();
        String prefix = "understudy.oidc.";
        return Map.ofEntries(
                Map.entry(prefix + "auth-server-url", issuer),
                Map.entry(prefix + "audience", "understudy"),
                Map.entry(prefix + "client-id", CLIENT),
                Map.entry(prefix + "client-secret", SECRET),
                Map.entry(prefix + "groups-claim", "realm_access/roles"),
                Map.entry(prefix + "grants.\"ops-dublin\".role", "OPERATOR"),
                Map.entry(prefix + "grants.\"ops-dublin\".sites", "dublin"),
                Map.entry(prefix + "grants.approvers.role", "approver"));
    }

    @Override
    public void stop() {
        server.stop(0);
    }

    private ObjectNode discovery() {
        ObjectNode discovery = JSON.createObjectNode();
        discovery.put("issuer", issuer);
        discovery.put("authorization_endpoint", issuer + "/authorize");
        discovery.put("token_endpoint", issuer + "/token");
        discovery.put("jwks_uri", issuer + "/jwks");
        discovery.putArray("response_types_supported").add("code");
        discovery.putArray("subject_types_supported").add("public");
        discovery.putArray("id_token_signing_alg_values_supported").add("RS256");
        return discovery;
    }

    private ObjectNode keys() {
        RSAPublicKey key = (RSAPublicKey) known.getPublic();
        ObjectNode keys = JSON.createObjectNode();
        keys.putArray("keys")
                .addObject()
                .put("kty", "RSA")
                .put("use", "sig")
                .put("alg", "RS256")
                .put("kid", "known")
                .put("n", URL.encodeToString(unsigned(key.getModulus())))
                .put("e", URL.encodeToString(unsigned(key.getPublicExponent())));
        return keys;
    }

    /** Nobody has to type a password here: whoever comes is Olga of Dublin. */
    private void authorize(HttpExchange exchange) throws IOException {
        Map<String, String> asked = form(exchange.getRequestURI().getRawQuery());
        boolean good =
                CLIENT.equals(asked.get("client_id"))
                        && "code".equals(asked.get("response_type"))
                        && "S256".equals(asked.get("code_challenge_method"))
                        && asked.containsKey("nonce")
                        && asked.getOrDefault("scope", "").contains("openid");
        if (!good) {
            exchange.sendResponseHeaders(400, -1);
            exchange.close();
            return;
        }
        String code = UUID.randomUUID().toString();
        codes.put(code, asked);
        exchange.getResponseHeaders()
                .add(
                        "Location",
                        asked.get("redirect_uri")
                                + "?code="
                                + code
                                + "&state="
                                + asked.get("state"));
        exchange.sendResponseHeaders(302, -1);
        exchange.close();
    }

    private void token(HttpExchange exchange) throws IOException {
        Map<String, String> asked = form(body(exchange));
        Map<String, String> before = codes.remove(asked.getOrDefault("code", ""));
        String credentials =
                Base64.getEncoder()
                        .encodeToString((CLIENT + ":" + SECRET).getBytes(StandardCharsets.UTF_8));
        boolean good =
                before != null
                        && ("Basic " + credentials)
                                .equals(exchange.getRequestHeaders().getFirst("Authorization"))
                        && before.get("redirect_uri").equals(asked.get("redirect_uri"))
                        && before.get("code_challenge")
                                .equals(sha256(asked.getOrDefault("code_verifier", "")));
        if (!good) {
            exchange.sendResponseHeaders(400, -1);
            exchange.close();
            return;
        }
        ObjectNode answer = JSON.createObjectNode();
        answer.put("access_token", signed(claims("another-service", ""), known.getPrivate()));
        answer.put("id_token", signed(claims(CLIENT, before.get("nonce")), known.getPrivate()));
        answer.put("token_type", "Bearer").put("expires_in", 300);
        answer(exchange, answer);
    }

    private ObjectNode claims(String audience, String nonce) {
        long now = Instant.now().getEpochSecond();
        ObjectNode claims = JSON.createObjectNode();
        claims.put("iss", issuer).put("sub", "olga").put("aud", audience).put("nonce", nonce);
        claims.put("iat", now).put("exp", now + 300);
        claims.putObject("realm_access").putArray("roles").add("ops-dublin");
        return claims;
    }

    /** Signs claims: with the key that is published, or with another that says to be it. */
    private void mint(HttpExchange exchange) throws IOException {
        boolean good = !"other".equals(exchange.getRequestURI().getQuery());
        JsonNode claims = JSON.readTree(body(exchange));
        answer(
                exchange,
                JSON.createObjectNode()
                        .put("token", signed(claims, (good ? known : other).getPrivate())));
    }

    private static String signed(JsonNode claims, PrivateKey key) {
        String header =
                URL.encodeToString(
                        "{\"alg\":\"RS256\",\"kid\":\"known\"}".getBytes(StandardCharsets.UTF_8));
        String signed =
                header
                        + "."
                        + URL.encodeToString(claims.toString().getBytes(StandardCharsets.UTF_8));
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(key);
            signature.update(signed.getBytes(StandardCharsets.US_ASCII));
            return signed + "." + URL.encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyPair pair() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String sha256(String text) {
        try {
            return URL.encodeToString(
                    MessageDigest.getInstance("SHA-256")
                            .digest(text.getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] unsigned(BigInteger number) {
        byte[] bytes = number.toByteArray();
        return bytes[0] == 0 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes;
    }

    private static Map<String, String> form(String text) {
        Map<String, String> form = new TreeMap<>();
        for (String pair : text.split("&")) {
            String[] parts = pair.split("=", 2);
            form.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        return form;
    }

    private static String body(HttpExchange exchange) throws IOException {
        return new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    }

    private static void answer(HttpExchange exchange, JsonNode answer) throws IOException {
        byte[] bytes = answer.toString().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
