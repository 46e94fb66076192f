package io.understudy.topology;

import static io.understudy.topology.Topologies.pool;
import static io.understudy.topology.Topologies.store;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.understudy.document.EstateDocument;
import io.understudy.estate.Edition;
import io.understudy.estate.EstateRules;
import io.understudy.estate.Pool;
import io.understudy.estate.Release;
import io.understudy.estate.Store;
import io.understudy.estate.StoreTechnology;
import io.understudy.estate.Violation;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is read out of a Topology Builder file. */
class TopologyBuilderTest {

    private final Imported imported = Topologies.read(Topologies.BUILDER);

    @Test
    void theNewTopologyIsReadAndNotTheOneBeforeTheEdit() {
        assertEquals(Imported.Source.TOPOLOGY_BUILDER, imported.source());
        assertEquals(
                List.of("paris", "nantes", "lyon"),
                imported.estate().sites().stream().map(site -> site.name().value()).toList());
    }

    @Test
    void thatItIsAPlanIsSaid() {
        assertEquals("", imported.untold().getFirst().pointer());
        assertTrue(imported.untold().getFirst().why().contains("not published"));
    }

    @Test
    void aPoolWithItsOwnDatabasesIsStandardEdition() {
        Pool pool = pool(imported, "se1.fabrikam.example");
        assertEquals(Edition.STANDARD, pool.edition());
        assertEquals(Release.LYNC_2013, pool.release());
        assertEquals(
                List.of("se1.fabrikam.example"),
                pool.servers().stream().map(server -> server.fqdn().value()).toList());
        Store store = store(imported, "se1-rtc");
        assertEquals(StoreTechnology.STANDALONE, store.technology());
        assertTrue(
                imported.untold().stream().noneMatch(u -> u.pointer().endsWith("/technology")),
                "a local store is no failover cluster");
    }

    @Test
    void aPairThatIsNamedOnOneSideIsCompletedAndThatIsSaid() {
        assertEquals(
                "se2.fabrikam.example",
                pool(imported, "se1.fabrikam.example").backupPool().orElseThrow().value());
        assertEquals(
                "se1.fabrikam.example",
                pool(imported, "se2.fabrikam.example").backupPool().orElseThrow().value());
        Untold untold =
                imported.untold().stream()
                        .filter(u ->
                                u.pointer()
                                        .equals(
                                                Topologies.pointer(
                                                        imported.estate(),
                                                        "se2.fabrikam.example",
                                                        "/backupPool")))
                        .findFirst()
                        .orElseThrow();
        assertTrue(untold.why().contains("not the reverse"), untold.why());
    }

    @Test
    void withoutOrdinalsServersStandAsTheyAreWritten() {
        assertEquals(
                List.of("fe32.fabrikam.example", "fe31.fabrikam.example", "fe33.fabrikam.example"),
                pool(imported, "pool3.fabrikam.example").servers().stream()
                        .map(server -> server.fqdn().value())
                        .toList());
    }

    @Test
    void aMirrorThatTheInstanceNamesIsTakenOver() {
        Store store = store(imported, "sqlp-rtc");
        assertEquals(StoreTechnology.MIRRORING, store.technology());
        assertEquals("sqlm.fabrikam.example/rtc", store.mirror().orElseThrow().toString());
        assertEquals("sqlw.fabrikam.example/mssqlserver", store.witness().orElseThrow().toString());
        assertEquals(3, imported.estate().stores().size());
    }

    @Test
    void aReleaseThatIsNotKnownIsTakenForTheNearestAndThatIsSaid() {
        assertEquals(Release.LYNC_2013, pool(imported, "pool3.fabrikam.example").release());
        assertTrue(
                Topologies.pointers(imported)
                        .contains(
                                Topologies.pointer(
                                        imported.estate(), "pool3.fabrikam.example", "/release")));
    }

    @Test
    void aSurvivableBranchApplianceAndAHostThatIsNoneAreLeftOut() {
        assertEquals(3, imported.estate().pools().size());
        List<String> ignored = Topologies.ignored(imported);
        assertTrue(
                ignored.contains("cluster sba.fabrikam.example (MediationServer, Registrar)"),
                ignored::toString);
        assertTrue(ignored.contains("pool not a host.fabrikam.example"), ignored::toString);
    }

    @Test
    void whichPoolHasTheCentralManagementStoreIsAskedOnce() {
        assertEquals(
                List.of("/pools/0/centralManagement"),
                Topologies.pointers(imported).stream()
                        .filter(pointer -> pointer.endsWith("/centralManagement"))
                        .toList());
    }

    @Test
    void theEstateIsADocumentWithoutErrors() {
        EstateDocument.read(EstateDocument.write(imported.estate()));
        assertEquals(
                Set.of(),
                Set.copyOf(
                        EstateRules.check(imported.estate()).stream()
                                .filter(v -> v.severity() == Violation.Severity.ERROR)
                                .toList()));
    }
}
