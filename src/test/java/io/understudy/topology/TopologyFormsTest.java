package io.understudy.topology;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.understudy.document.EstateDocument;
import io.understudy.estate.Edition;
import io.understudy.estate.EstateRules;
import io.understudy.estate.Pool;
import io.understudy.estate.PoolRole;
import io.understudy.estate.Release;
import io.understudy.estate.Store;
import io.understudy.estate.StoreTechnology;
import io.understudy.estate.Violation;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The same topology however it is written down. */
class TopologyFormsTest {

    @ParameterizedTest
    @CsvSource({
        "UTF-8,false",
        "UTF-8,true",
        "UTF-16LE,true",
        "UTF-16BE,true",
        "UTF-16LE,false",
        "UTF-16BE,false"
    })
    void theEncodingIsToldByTheBytesWhateverTheDeclarationSays(String charset, boolean marked) {
        String text = Topologies.text(Topologies.BUILDER);
        byte[] bytes = ((marked ? "\uFEFF" : "") + text).getBytes(Charset.forName(charset));
        assertEquals(
                Topologies.read(Topologies.BUILDER).ignored(), EstateImport.read(bytes).ignored());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\r\n\r\n%s\r\n",
                "<Objects><Object><Property>%s</Property></Object></Objects>",
                "<a:Envelope xmlns:a='urn:x'><a:Body>%s</a:Body></a:Envelope>"
            })
    void aTopologyIsFoundWhateverItIsWrappedIn(String wrapping) {
        Imported plain = Topologies.read(Topologies.PUBLISHED);
        Imported wrapped =
                Topologies.readText(
                        wrapping.formatted(Topologies.text(Topologies.PUBLISHED).strip()));
        assertEquals(EstateDocument.write(plain.estate()), EstateDocument.write(wrapped.estate()));
        assertEquals(plain.untold(), wrapped.untold());
    }

    @Test
    void namespacesDoNotMatter() {
        String text =
                Topologies.text(Topologies.PUBLISHED)
                        .replace("<t:", "<")
                        .replace("</t:", "</")
                        .replaceAll(" xmlns:t=\"[^\"]*\"", "");
        assertEquals(
                EstateDocument.write(Topologies.read(Topologies.PUBLISHED).estate()),
                EstateDocument.write(Topologies.readText(text).estate()));
    }

    @ParameterizedTest
    @CsvSource({"6,LYNC_2013", "7,SFB_2015", "8,SFB_2019", "9,SFB_2019", "5,LYNC_2013"})
    void theServiceVersionTellsTheRelease(String version, Release release) {
        String text =
                Topologies.text(Topologies.PUBLISHED)
                        .replace("ServiceVersion=\"7\"", "ServiceVersion=\"" + version + "\"");
        Imported imported = Topologies.readText(text);
        assertEquals(release, Topologies.pool(imported, "pool1.contoso.example").release());
        boolean known = List.of("6", "7", "8").contains(version);
        assertEquals(
                !known,
                Topologies.pointers(imported).stream().anyMatch(p -> p.endsWith("/release")));
    }

    @Test
    void withoutAServiceVersionOneReleaseIsTakenAndThatIsSaid() {
        Imported imported =
                Topologies.readText(
                        Topologies.text(Topologies.PUBLISHED).replace(" ServiceVersion=\"7\"", ""));
        assertEquals(
                Release.SFB_2015, Topologies.pool(imported, "pool1.contoso.example").release());
        assertTrue(Topologies.pointers(imported).contains("/pools/0/release"));
    }

    @Test
    void twoDatabasesOfOneKindAreTakenForAMirroredPairAndThatIsSaid() {
        Imported imported =
                Topologies.readText(
                        Topologies.text(Topologies.PUBLISHED)
                                .replace("Usage=\"Mirror\"", "Usage=\"Default\""));
        assertEquals(
                "sql2.contoso.example/rtc",
                Topologies.store(imported, "sql1-rtc").mirror().orElseThrow().toString());
        assertTrue(
                imported.untold().stream()
                        .anyMatch(u -> u.what().equals("whether this is the mirror")));
    }

    @Test
    void aMirrorAndAWitnessThatAreNamedByTheirHostsAreTakenOver() {
        Imported imported =
                Topologies.readText(
                        Topologies.text(Topologies.BUILDER)
                                .replaceAll(
                                        "MirrorSqlInstance=\"[^\"]*\"",
                                        "MirrorSqlServerFqdn=\"SQLM.fabrikam.example\"")
                                .replaceAll(
                                        " WitnessSqlInstance=\"[^\"]*\"",
                                        " MirroringWitnessFqdn=\"sqlw.fabrikam.example\""));
        assertEquals(
                Topologies.read(Topologies.BUILDER).estate().stores(), imported.estate().stores());
    }

    @Test
    void aPairThatIsNamedApartFromItsPoolsIsTakenOver() {
        Imported imported =
                Topologies.readText(
                        Topologies.text(Topologies.PUBLISHED)
                                .replaceAll("<t:Dependency Usage=\"Backup\">.*", "")
                                .replace(
                                        "<t:Clusters>",
                                        "<t:PoolPairs><t:PoolPair><t:ClusterId SiteId='2' Number='1'/>"
                                                + "<t:ClusterId SiteId='1' Number='1'/></t:PoolPair></t:PoolPairs><t:Clusters>"));
        assertEquals(
                Topologies.read(Topologies.PUBLISHED).estate().pools(), imported.estate().pools());
    }

    @Test
    void withoutAnythingThatNamesAPairNoneIsMadeUp() {
        Imported imported =
                Topologies.readText(
                        Topologies.text(Topologies.PUBLISHED)
                                .replaceAll("<t:Dependency Usage=\"Backup\">.*", ""));
        assertTrue(imported.estate().pools().stream().allMatch(p -> p.backupPool().isEmpty()));
        assertTrue(
                Topologies.pointers(imported)
                        .contains(
                                Topologies.pointer(
                                        imported.estate(),
                                        "pool2.contoso.example",
                                        "/backupPool")));
    }

    @Test
    void anEmptyTopologyIsAnEmptyEstateAndThatIsSaid() {
        Imported imported =
                Topologies.readText(
                        "<Topology xmlns='urn:schema:Microsoft.Rtc.Management.Deploy.Topology.2008'/>");
        assertEquals(List.of(), imported.estate().pools());
        assertTrue(Topologies.pointers(imported).contains("/pools"));
        EstateDocument.read(EstateDocument.write(imported.estate()));
    }

    @Test
    void whatIsNotDeclaredIsNotMissed() {
        Imported imported =
                Topologies.readText(
                        """
                        <Topology>
                          <Clusters>
                            <Cluster Fqdn="pool"><ClusterId SiteId="7" Number="1"/><Machine Fqdn="fe1"/></Cluster>
                            <Cluster Fqdn="sql"><ClusterId SiteId="7" Number="2"/></Cluster>
                          </Clusters>
                          <Services>
                            <Service><ServiceId SiteId="7" RoleName="UserServices" Instance="1"/>
                              <DependsOn><Dependency><ServiceId SiteId="7" RoleName="UserStore" Instance="1"/></Dependency></DependsOn>
                              <InstalledOn><ClusterId SiteId="7" Number="1"/></InstalledOn></Service>
                            <Service><ServiceId SiteId="7" RoleName="UserStore" Instance="1"/>
                              <InstalledOn><ClusterId SiteId="7" Number="2"/></InstalledOn></Service>
                          </Services>
                        </Topology>
                        """);
        assertEquals(
                "sql-mssqlserver", Topologies.pool(imported, "pool").store().orElseThrow().value());
        assertEquals("site-1", imported.estate().sites().getFirst().name().value());
        assertTrue(Topologies.pointers(imported).contains("/pools/0/site"));
    }

    /** The public Contoso.tbxml of AutomatedLab/SfBAutomatedLab, where one has it. */
    @Test
    void thePublicSampleOfSfBAutomatedLabIsReadInFull() throws IOException {
        Path sample =
                Path.of(System.getProperty("understudy.samples", "../shared/samples"))
                        .resolve("lync/SfBAutomatedLab__Contoso.tbxml");
        assumeTrue(Files.isRegularFile(sample), "no sample at " + sample);
        Imported imported = EstateImport.read(Files.readAllBytes(sample));
        EstateDocument.read(EstateDocument.write(imported.estate()));
        Pool pool = Topologies.pool(imported, "frontendpool.contoso.com");
        assertEquals(4, pool.servers().size());
        assertEquals(Edition.ENTERPRISE, pool.edition());
        assertEquals(Release.SFB_2015, pool.release());
        assertEquals("xsql1-mssqlserver", pool.store().orElseThrow().value());
        Store store = Topologies.store(imported, "xsql1-mssqlserver");
        assertEquals(StoreTechnology.STANDALONE, store.technology());
        assertEquals(9, store.databases().size());
        Pool edge = Topologies.pool(imported, "edgepool.contoso.com");
        assertEquals(PoolRole.EDGE, edge.role());
        assertEquals(3, edge.servers().size());
        assertEquals(pool.fqdn(), edge.nextHopPool().orElseThrow());
        assertEquals(2, imported.estate().pools().size());
        assertTrue(
                EstateRules.check(imported.estate()).stream()
                        .noneMatch(v -> v.severity() == Violation.Severity.ERROR));
    }
}
