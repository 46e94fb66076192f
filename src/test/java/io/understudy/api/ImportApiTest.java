package io.understudy.api;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.understudy.access.KeyStore;
import io.understudy.access.Role;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A topology in, an estate and what it lacks out; nothing is stored and nothing fetched. */
@QuarkusTest
class ImportApiTest {

    private static final String IMPORT = "/api/v1/estate/import";
    private static final String TOPOLOGY =
            "<Topology xmlns='urn:schema:Microsoft.Rtc.Management.Deploy.Topology.2008'>";

    private final KeyStore keys;

    @Inject
    ImportApiTest(KeyStore keys) {
        this.keys = keys;
    }

    @BeforeEach
    void makeKeys() {
        Api.keys(keys);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/xml",
                "text/xml",
                "application/octet-stream",
                "Text/XML; charset=utf-16"
            })
    void aTopologyIsTakenAsWhateverXmlIsCalled(String type) throws IOException {
        sent(type, topology("published.xml"))
                .then()
                .statusCode(200)
                .body("source", equalTo("PUBLISHED_TOPOLOGY"))
                .body("estate.name", equalTo("contoso.example"))
                .body("estate.pools[0].backupPool", equalTo("pool2.contoso.example"))
                .body("untold.pointer", hasItem("/observers"))
                .body("untold.howToTell", everyItem(not(equalTo(""))))
                .body("ignored.what", hasItem("cluster office.contoso.example (WacService)"));
    }

    @Test
    void everyPointerLeadsIntoTheEstateOrToAFieldThatIsMissingThere() throws IOException {
        for (String name : new String[] {"published.xml", "builder.tbxml"}) {
            JsonNode answer =
                    new ObjectMapper().readTree(sent("text/xml", topology(name)).asString());
            for (JsonNode untold : answer.path("untold")) {
                String pointer = untold.path("pointer").asText();
                String parent = pointer.substring(0, Math.max(0, pointer.lastIndexOf('/')));
                assertEquals(
                        false, answer.path("estate").at(parent).isMissingNode(), untold.toString());
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"builder.tbxml,true", "published.xml,false"})
    void whatComesOutCanBeValidatedAsItIs(String name, boolean valid) throws IOException {
        JsonNode answer = new ObjectMapper().readTree(sent("text/xml", topology(name)).asString());
        Api.json(Role.VIEWER, answer.path("estate").toString())
                .post("/api/v1/estate/validate")
                .then()
                .statusCode(200)
                .body("valid", equalTo(valid))
                .body("violations.code", hasItem("TOO_FEW_VANTAGE_POINTS"));
    }

    @Test
    void nothingIsStored() throws IOException {
        String before = Api.as(Role.VIEWER).get("/api/v1/estate").header("ETag");
        sent("text/xml", topology("builder.tbxml")).then().statusCode(200);
        Api.as(Role.VIEWER).get("/api/v1/estate").then().header("ETag", before);
    }

    @Test
    void whatPowerShellWritesToAFileIsTakenAsItIs() throws IOException {
        String text = new String(topology("published.xml"), StandardCharsets.UTF_8);
        sent("application/xml", ("\uFEFF" + text).getBytes(StandardCharsets.UTF_16LE))
                .then()
                .statusCode(200)
                .body("estate.name", equalTo("contoso.example"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"application/json", "text/plain", "application/yaml", "multipart/form-data"})
    void whatIsNotCalledXmlIsRefused(String type) throws IOException {
        sent(type, topology("builder.tbxml"))
                .then()
                .statusCode(415)
                .body("type", equalTo("urn:understudy:problem:unsupported-media-type"))
                .body("whatToDo", containsString("application/xml"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><a>&x;</a>|DOCTYPE",
                "<a xmlns:x='http://www.w3.org/2001/XInclude'><x:include href='/etc/passwd'/></a>|XINCLUDE",
                "<a>|NOT_XML",
                "hello|NOT_XML"
            })
    void hostileAndBrokenXmlIsRefusedWithItsPlace(String xml, String code) {
        sent("application/xml", xml.getBytes(StandardCharsets.UTF_8))
                .then()
                .statusCode(400)
                .body("type", equalTo("urn:understudy:problem:malformed-document"))
                .body("errors[0].code", equalTo(code))
                .body("detail", containsString("(line 1, column "))
                .body("whatToDo", containsString("Get-CsTopology -AsXml"))
                .body(not(containsString("root:")));
    }

    @Test
    void deepXmlIsRefusedByANamedLimit() {
        String xml = TOPOLOGY + "<a>".repeat(200_000) + "</a>".repeat(200_000) + "</Topology>";
        sent("application/xml", xml.getBytes(StandardCharsets.UTF_8))
                .then()
                .statusCode(400)
                .body("errors[0].code", equalTo("TOO_DEEP"))
                .body("detail", containsString("64 levels"));
    }

    @Test
    void xmlOfAnotherKindIsRefusedByItsRootElement() {
        sent("application/xml", "<html/>".getBytes(StandardCharsets.UTF_8))
                .then()
                .statusCode(422)
                .body("type", equalTo("urn:understudy:problem:invalid-document"))
                .body("errors[0].code", equalTo("NOT_A_TOPOLOGY"))
                .body("detail", startsWith("the root element is html"));
    }

    @Test
    void whatAnEstateCannotHoldIsSaidAndNotCut() {
        StringBuilder xml = new StringBuilder(TOPOLOGY);
        xml.append("<Cluster Fqdn='p.example' UniqueId='1'>");
        for (int i = 0; i < 65; i++) {
            xml.append("<Machine Fqdn='m").append(i).append("'/>");
        }
        xml.append(
                "</Cluster><Service UniqueId='2' RoleName='EdgeServer' InstalledOn='1'/></Topology>");
        sent("text/xml", xml.toString().getBytes(StandardCharsets.UTF_8))
                .then()
                .statusCode(422)
                .body("errors[0].pointer", equalTo("/pools/0/servers"));
    }

    @Test
    void anEmptyBodyAndAGreatOneAreRefused() {
        sent("text/xml", new byte[0]).then().statusCode(400);
        byte[] great = new byte[17 * 1024 * 1024];
        java.util.Arrays.fill(great, (byte) ' ');
        sent("text/xml", great).then().statusCode(413).body("detail", containsString("16777216"));
    }

    private static Response sent(String type, byte[] body) {
        return Api.as(Role.VIEWER).contentType(type).body(body).post(IMPORT);
    }

    private static byte[] topology(String name) throws IOException {
        try (InputStream in = ImportApiTest.class.getResourceAsStream("/topologies/" + name)) {
            return Objects.requireNonNull(in, name).readAllBytes();
        }
    }
}
