package io.understudy.api;

import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.understudy.access.KeyStore;
import io.understudy.access.Role;
import io.understudy.run.RunStore;
import jakarta.inject.Inject;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.spec.RSAPublicKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Consumer;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.eclipse.microprofile.config.Config;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** People who sign in at an identity provider, by token and by browser, beside keys. */
@QuarkusTest
@QuarkusTestResource(value = IdentityProvider.class, restrictToAnnotatedClass = true)
class OidcApiTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String FREEZE =
            "{\"name\": \"%s\", \"reason\": \"test\", \"scope\": \"store:be2\", \"until\":"
                    + " \"2999-01-01T00:00:00Z\"}";
    private static final Base64.Encoder URL = Base64.getUrlEncoder().withoutPadding();

    private final HttpClient client = HttpClient.newHttpClient();
    private final KeyStore keys;
    private final RunStore runs;
    private final Config config;
    private String issuer = "";

    @TestHTTPResource URI service;

    @Inject
    OidcApiTest(KeyStore keys, RunStore runs, Config config) {
        this.keys = keys;
        this.runs = runs;
        this.config = config;
    }

    @BeforeEach
    void makeKeys() {
        Api.keys(keys);
        issuer = config.getValue("understudy.oidc.auth-server-url", String.class);
    }

    @Test
    void aTokenDoesWhatItsGroupsMayWhereTheyMay() throws Exception {
        String token = minted(claims -> {});
        Credentials.with(token)
                .get("/api/v1/sites")
                .then()
                .statusCode(200)
                .body("items.component", equalTo(List.of("site:dublin")));
        Credentials.with(token).get("/api/v1/pools/pool1.contoso.com").then().statusCode(404);
        Credentials.with(token).get("/api/v1/estate").then().statusCode(403);
        Credentials.json(token, FREEZE.formatted("by-token"))
                .post("/api/v1/freeze")
                .then()
                .statusCode(201)
                .body("by", equalTo(issuer + "#olga"));
        Credentials.with(token).delete("/api/v1/freeze/by-token").then().statusCode(204);
        Api.as(Role.VIEWER).get("/api/v1/estate").then().statusCode(200);
    }

    @Test
    void aTokenWithoutGroupsOfOursMayNothing() throws Exception {
        String token = minted(claims -> claims.putObject("realm_access").putArray("roles"));
        Credentials.with(token).get("/api/v1/sites").then().statusCode(403);
    }

    @Test
    void aTokenThatIsNotGoodIsNobodys() throws Exception {
        long now = Instant.now().getEpochSecond();
        Map<String, String> bad = new TreeMap<>();
        bad.put("expired", minted(c -> c.put("exp", now - 60)));
        bad.put("without an end", minted(c -> c.remove("exp")));
        bad.put("not yet good", minted(c -> c.put("nbf", now + 600)));
        bad.put("of another issuer", minted(c -> c.put("iss", "https://example.com")));
        bad.put("for another service", minted(c -> c.put("aud", "another-service")));
        bad.put("for nobody", minted(c -> c.remove("aud")));
        bad.put("of nobody", minted(c -> c.remove("sub")));
        bad.put("of the service itself by name", minted(c -> c.put("sub", " ")));
        bad.put("an ID token", minted(c -> c.put("aud", IdentityProvider.CLIENT)));
        bad.put("signed by somebody else", minted("/mint?other", c -> {}));
        String good = minted(c -> {});
        bad.put("unsigned", unsigned(good));
        bad.put("signed with the public key", signedWithPublicKey(good));
        bad.put("tampered", tampered(good));
        bad.put("cut short", good.substring(0, good.lastIndexOf('.') + 1));
        bad.put("too long", good + "A".repeat(8_000));
        bad.forEach((what, token) -> {
            Response answer = Credentials.with(token).get("/api/v1/sites");
            assertEquals(401, answer.statusCode(), what);
            answer.then()
                    .body("type", equalTo("urn:understudy:problem:unauthorized"))
                    .header("WWW-Authenticate", startsWith("Bearer"));
        });
        Credentials.with(good).get("/api/v1/sites").then().statusCode(200);
    }

    @Test
    void approvalsAreGivenByPeopleWhoSignedInAndOncePerPerson() throws Exception {
        String id = "approved-by-token-" + UUID.randomUUID();
        var opened = Samples.run(id, 2, "ann", Credentials.BEFORE);
        runs.open(opened.run(), Set.of("test:" + id), opened.journal());
        String path = "/api/v1/runs/" + id + "/";
        Api.as(Role.APPROVER)
                .post(path + "approvals")
                .then()
                .statusCode(403)
                .body("type", equalTo("urn:understudy:problem:approval-by-key"));
        for (int time = 0; time < 2; time++) {
            String token =
                    minted(c -> {
                        c.put("jti", "another time");
                        c.putObject("realm_access").putArray("roles").add("approvers");
                    });
            Credentials.with(token)
                    .post(path + "approvals")
                    .then()
                    .statusCode(200)
                    .body("state", equalTo("AWAITING_APPROVAL"))
                    .body("approvals.actor", equalTo(List.of(issuer + "#olga")));
        }
        Api.json(Role.OPERATOR, "{}").post(path + "cancel").then().statusCode(200);
    }

    @Test
    void aBrowserIsLedToTheProviderAndBackAndKeepsACookieThatScriptsDoNotSee() throws Exception {
        Browser browser = signedIn();

        JsonNode who = JSON.readTree(browser.get("/login").body());
        assertEquals(issuer + "#olga", who.path("name").asText());
        assertEquals("dublin", who.at("/grants/0/sites/0").asText());
        assertTrue(browser.set.stream().anyMatch(c -> c.startsWith("q_session")));
        for (String cookie : browser.set) {
            assertTrue(cookie.toLowerCase(Locale.ROOT).contains("; httponly"), cookie);
            assertTrue(cookie.contains("Secure"), cookie);
            assertTrue(cookie.contains("SameSite=Lax"), cookie);
        }
        HttpResponse<String> sites = browser.get("/api/v1/sites");
        assertEquals(200, sites.statusCode());
        assertEquals("site:dublin", JSON.readTree(sites.body()).at("/items/0/component").asText());
        assertEquals(403, browser.get("/api/v1/estate").statusCode());
    }

    @Test
    void aCookieChangesSomethingOnlyFromAPageOfOurs() throws Exception {
        Browser browser = signedIn();
        String body = FREEZE.formatted("by-browser");

        HttpResponse<String> forged = browser.post("/api/v1/freeze", body);
        assertEquals(403, forged.statusCode());
        assertTrue(forged.body().contains("urn:understudy:problem:cross-site"), forged.body());
        HttpResponse<String> cross =
                browser.post(
                        "/api/v1/freeze",
                        body,
                        SessionFilter.HEADER,
                        "understudy",
                        "Sec-Fetch-Site",
                        "cross-site");
        assertEquals(403, cross.statusCode());
        assertEquals(
                201,
                browser.post(
                                "/api/v1/freeze",
                                body,
                                SessionFilter.HEADER,
                                "understudy",
                                "Sec-Fetch-Site",
                                "same-origin")
                        .statusCode());
        Api.as(Role.OPERATOR).delete("/api/v1/freeze/by-browser").then().statusCode(204);
    }

    @Test
    void nobodyButWhoComesToSignInIsLedAway() throws Exception {
        Api.anonymous().get("/api/v1/sites").then().statusCode(401);
        Browser browser = new Browser();
        assertEquals(401, browser.get("/api/v1/sites").statusCode());
        browser.cookies.put("q_session_sessions", "forged");
        HttpResponse<String> forged = browser.get("/api/v1/sites");
        assertEquals(401, forged.statusCode());
        assertTrue(forged.body().contains("urn:understudy:problem:unauthorized"), forged.body());
        assertEquals(401, new Browser().get("/login?code=stolen&state=guessed").statusCode());
    }

    @Test
    void whoSignsOutIsNobody() throws Exception {
        Browser browser = signedIn();

        assertEquals(204, browser.post("/logout", "").statusCode());

        assertEquals(401, browser.get("/api/v1/sites").statusCode());
        assertEquals(302, browser.get("/login").statusCode());
    }

    private Browser signedIn() throws Exception {
        Browser browser = new Browser();
        HttpResponse<String> away = browser.get("/login");
        assertEquals(302, away.statusCode());
        String there = away.headers().firstValue("Location").orElseThrow();
        assertTrue(there.startsWith(issuer + "/authorize"), there);
        assertFalse(there.contains(IdentityProvider.SECRET));
        String back =
                client.send(
                                HttpRequest.newBuilder(URI.create(there)).build(),
                                HttpResponse.BodyHandlers.discarding())
                        .headers()
                        .firstValue("Location")
                        .orElseThrow();
        assertTrue(back.startsWith(service.resolve("/login").toString()), back);
        HttpResponse<String> here = browser.get(URI.create(back).toString());
        assertEquals(302, here.statusCode(), here.body());
        assertEquals(
                service.resolve("/login").toString(),
                here.headers().firstValue("Location").orElseThrow());
        assertEquals(200, browser.get("/login").statusCode());
        return browser;
    }

    /** Keeps cookies and follows nothing by itself. */
    private final class Browser {

        private final Map<String, String> cookies = new TreeMap<>();
        private final Set<String> set = new TreeSet<>();

        HttpResponse<String> get(String path) throws Exception {
            return send(request(path).build());
        }

        HttpResponse<String> post(String path, String body, String... headers) throws Exception {
            HttpRequest.Builder request =
                    request(path)
                            .header("Content-Type", "application/json")
                            .POST(BodyPublishers.ofString(body));
            return send((headers.length == 0 ? request : request.headers(headers)).build());
        }

        private HttpRequest.Builder request(String path) {
            HttpRequest.Builder request = HttpRequest.newBuilder(service.resolve(path));
            StringBuilder sent = new StringBuilder();
            cookies.forEach((name, value) -> sent.append(name + "=" + value + "; "));
            return sent.isEmpty() ? request : request.header("Cookie", sent.toString());
        }

        private HttpResponse<String> send(HttpRequest request) throws Exception {
            HttpResponse<String> answer =
                    client.send(request, HttpResponse.BodyHandlers.ofString());
            for (String cookie : answer.headers().allValues("Set-Cookie")) {
                String[] pair = cookie.split(";", 2)[0].split("=", 2);
                if (cookie.contains("Max-Age=0")) {
                    cookies.remove(pair[0]);
                } else {
                    cookies.put(pair[0], pair[1]);
                    set.add(cookie);
                }
            }
            return answer;
        }
    }

    private String minted(Consumer<ObjectNode> change) throws Exception {
        return minted("/mint", change);
    }

    private String minted(String path, Consumer<ObjectNode> change) throws Exception {
        long now = Instant.now().getEpochSecond();
        ObjectNode claims = JSON.createObjectNode();
        claims.put("iss", issuer).put("sub", "olga").put("aud", "understudy");
        claims.put("iat", now).put("exp", now + 300);
        claims.putObject("realm_access").putArray("roles").add("ops-dublin");
        change.accept(claims);
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(issuer + path))
                        .POST(BodyPublishers.ofString(claims.toString()))
                        .build();
        return JSON.readTree(client.send(request, HttpResponse.BodyHandlers.ofString()).body())
                .path("token")
                .asText();
    }

    private static String unsigned(String token) {
        return encoded("{\"alg\":\"none\"}") + "." + token.split("\\.")[1] + ".";
    }

    /** The old trick: the public key, which everybody has, taken for a secret. */
    private String signedWithPublicKey(String token) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(issuer + "/jwks")).build();
        JsonNode key =
                JSON.readTree(client.send(request, HttpResponse.BodyHandlers.ofString()).body())
                        .at("/keys/0");
        byte[] secret =
                KeyFactory.getInstance("RSA")
                        .generatePublic(
                                new RSAPublicKeySpec(number(key.path("n")), number(key.path("e"))))
                        .getEncoded();
        String signed =
                encoded("{\"alg\":\"HS256\",\"kid\":\"known\"}") + "." + token.split("\\.")[1];
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret, "HmacSHA256"));
        return signed
                + "."
                + URL.encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.US_ASCII)));
    }

    private static BigInteger number(JsonNode text) {
        return new BigInteger(1, Base64.getUrlDecoder().decode(text.asText()));
    }

    private static String tampered(String token) {
        String[] parts = token.split("\\.");
        String claims = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8);
        return parts[0] + "." + encoded(claims.replace("ops-dublin", "approvers")) + "." + parts[2];
    }

    private static String encoded(String text) {
        return URL.encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
