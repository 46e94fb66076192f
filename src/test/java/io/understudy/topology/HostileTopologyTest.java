package io.understudy.topology;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.understudy.topology.UnreadableTopology.Reason;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** XML that means harm, or is no topology, is refused with the reason and the place. */
class HostileTopologyTest {

    private static final String OPEN =
            "<Topology xmlns='urn:schema:Microsoft.Rtc.Management.Deploy.Topology.2008'>";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<!DOCTYPE Topology>\n<Topology/>",
                "<!DOCTYPE Topology SYSTEM 'file:///etc/passwd'>\n<Topology/>",
                "<!DOCTYPE Topology PUBLIC 'x' 'http://127.0.0.1:1/x.dtd'>\n<Topology/>",
                "<!DOCTYPE t [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>\n<Topology>&x;</Topology>",
                "<!DOCTYPE t [<!ENTITY % x SYSTEM 'http://127.0.0.1:1/x'> %x;]>\n<Topology/>",
                "<!DOCTYPE t [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;'>"
                        + "<!ENTITY c '&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;'>]>\n<Topology>&c;</Topology>"
            })
    void aDocumentTypeIsRefusedBeforeAnythingOfItIsRead(String xml) {
        UnreadableTopology refused = refused(xml);
        assertEquals(Reason.DOCTYPE, refused.reason());
        assertTrue(
                String.valueOf(refused.getMessage()).contains("(line 1, column "),
                refused.getMessage());
    }

    @Test
    void anEntityThatNobodyDeclaredIsRefused() {
        assertTrue(
                java.util.Set.of(Reason.ENTITY, Reason.NOT_XML)
                        .contains(refused(OPEN + "&x;</Topology>").reason()));
    }

    @Test
    void xIncludeIsRefused() {
        UnreadableTopology refused =
                refused(
                        OPEN
                                + "\n<x:include xmlns:x='http://www.w3.org/2001/XInclude' href='file:///etc/passwd'/></Topology>");
        assertEquals(Reason.XINCLUDE, refused.reason());
        assertTrue(refused.getMessage().contains("line 2"), refused.getMessage());
    }

    @ParameterizedTest
    @CsvSource({"63,false", "64,true", "100000,true"})
    void deepNestingIsRefusedByANamedLimit(int below, boolean isRefused) {
        String xml = OPEN + "<a>".repeat(below) + "</a>".repeat(below) + "</Topology>";
        if (isRefused) {
            UnreadableTopology refused = refused(xml);
            assertEquals(Reason.TOO_DEEP, refused.reason());
            assertTrue(refused.getMessage().contains("64 levels"), refused.getMessage());
        } else {
            assertEquals(0, Topologies.readText(xml).estate().pools().size());
        }
    }

    @Test
    void moreElementsThanAnyTopologyHasAreRefusedByANamedLimit() {
        String most = OPEN + "<a/>".repeat(XmlReader.MOST_ELEMENTS - 1) + "</Topology>";
        assertEquals(0, Topologies.readText(most).estate().pools().size());
        UnreadableTopology refused =
                refused(OPEN + "<a/>".repeat(XmlReader.MOST_ELEMENTS) + "</Topology>");
        assertEquals(Reason.TOO_MANY_ELEMENTS, refused.reason());
        assertTrue(refused.getMessage().contains("200000 elements"), refused.getMessage());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                " ",
                "hello",
                "{\"name\": \"contoso\"}",
                "PS C:\\> Get-CsTopology -AsXml",
                "<Topology>",
                "<Topology></topology>",
                "<Topology/><Topology/>",
                "<Topology a='1' a='2'/>",
                "<Topology>&#0;</Topology>",
                "<t:Topology/>",
                "<Topology><Cluster Fqdn='a'b='c'/></Topology>",
                "<?xml version='1.0'?><?xml version='1.0'?><Topology/>"
            })
    void whatIsNotXmlIsRefused(String text) {
        UnreadableTopology refused = refused(text);
        assertEquals(Reason.NOT_XML, refused.reason(), refused.getMessage());
        assertTrue(refused.getMessage().length() < 400, refused.getMessage());
    }

    @Test
    void thePlaceOfAMistakeCountsTheBlankLinesBeforeTheMarkup() {
        UnreadableTopology refused = refused("\n\n" + OPEN + "\n<a></b></Topology>");
        assertTrue(refused.getMessage().contains("(line 4, column"), refused.getMessage());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<html xmlns='http://www.w3.org/1999/xhtml'/>",
                "<Topology xmlns='urn:somebody:else'><Node/></Topology>",
                "<TopologyBuilder xmlns='urn:schema:Microsoft.Rtc.Management.Deploy.TopologyBuilder.2008'/>",
                "<Objs xmlns='http://schemas.microsoft.com/powershell/2004/04'><S>x</S></Objs>"
            })
    void xmlOfAnotherKindIsRefusedByItsRootElement(String xml) {
        UnreadableTopology refused = refused(xml);
        assertEquals(Reason.NOT_A_TOPOLOGY, refused.reason());
        String root = xml.substring(1, xml.indexOf(' '));
        assertTrue(
                refused.getMessage()
                        .startsWith("the root element is " + root + " in the namespace "),
                refused.getMessage());
        assertTrue(refused.getMessage().contains("Get-CsTopology -AsXml"), refused.getMessage());
    }

    @Test
    void bytesThatAreNoTextAreRefusedWithTheirPlace() {
        byte[] latin = (OPEN + "\n<a b='ü'/></Topology>").getBytes(StandardCharsets.ISO_8859_1);
        UnreadableTopology refused =
                assertThrows(UnreadableTopology.class, () -> EstateImport.read(latin));
        assertEquals(Reason.NOT_UNICODE, refused.reason());
        assertTrue(refused.getMessage().contains("(line 2, column 7)"), refused.getMessage());
        for (byte[] bytes :
                new byte[][] {
                    new byte[1000], {(byte) 0xFF}, {(byte) 0xFF, (byte) 0xFE, 0}, {'<', 0}
                }) {
            assertThrows(UnreadableTopology.class, () -> EstateImport.read(bytes));
        }
    }

    @Test
    void manyThingsOfOneNameTakeNoLongerThanManyOfDifferentNames() {
        String site = "<CentralSite SiteId='%d'><Name>x</Name></CentralSite>";
        String cluster = "<Cluster Fqdn='p%1$d.x'><ClusterId SiteId='1' Number='%1$d'/></Cluster>";
        String service =
                "<Service UniqueId='s%1$d' RoleName='UserServices' InstalledOn='1:%1$d'><DependsOn>"
                        + "<Dependency ServiceUniqueId='s1' Usage='Backup'/></DependsOn></Service>";
        StringBuilder xml = new StringBuilder(OPEN);
        for (int i = 0; i < 5_000; i++) {
            xml.append(site.formatted(i)).append(cluster.formatted(i)).append(service.formatted(i));
        }
        String document = xml.append("</Topology>").toString();
        Imported imported =
                assertTimeoutPreemptively(
                        Duration.ofSeconds(60), () -> Topologies.readText(document));
        assertEquals(5_000, imported.estate().pools().size());
    }

    private static UnreadableTopology refused(String xml) {
        return assertThrows(UnreadableTopology.class, () -> Topologies.readText(xml));
    }
}
