package io.understudy.topology;

import static io.understudy.topology.Topologies.pool;
import static io.understudy.topology.Topologies.store;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.understudy.document.EstateDocument;
import io.understudy.estate.CentralManagement;
import io.understudy.estate.DatabaseType;
import io.understudy.estate.Edition;
import io.understudy.estate.EstateRules;
import io.understudy.estate.Pool;
import io.understudy.estate.PoolRole;
import io.understudy.estate.Release;
import io.understudy.estate.Store;
import io.understudy.estate.StoreName;
import io.understudy.estate.StoreTechnology;
import io.understudy.estate.Violation;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is read out of a published topology, with things in an order that nobody would choose. */
class PublishedTopologyTest {

    private final Imported imported = Topologies.read(Topologies.PUBLISHED);

    @Test
    void isToldFromATopologyBuilderFile() {
        assertEquals(Imported.Source.PUBLISHED_TOPOLOGY, imported.source());
        assertEquals("contoso.example", imported.estate().name());
    }

    @Test
    void namesOfSitesAreMadeNamesAndThatIsSaid() {
        assertEquals(
                List.of("redmond", "Dublin-Sud"),
                imported.estate().sites().stream().map(site -> site.name().value()).toList());
        assertTrue(Topologies.pointers(imported).contains("/sites/1/name"));
        assertFalse(Topologies.pointers(imported).contains("/sites/0/name"));
    }

    @Test
    void serversStandInTopologyOrder() {
        Pool pool = pool(imported, "pool1.contoso.example");
        assertEquals(
                List.of("fe1.contoso.example", "fe2.contoso.example", "fe3.contoso.example"),
                pool.servers().stream().map(server -> server.fqdn().value()).toList());
        assertEquals(PoolRole.FRONT_END, pool.role());
        assertEquals(Edition.ENTERPRISE, pool.edition());
        assertEquals(Release.SFB_2015, pool.release());
        assertEquals("redmond", pool.site().value());
    }

    @Test
    void aBackupRegistrarIsAPair() {
        assertEquals(
                "pool2.contoso.example",
                pool(imported, "pool1.contoso.example").backupPool().orElseThrow().value());
        assertEquals(
                "pool1.contoso.example",
                pool(imported, "pool2.contoso.example").backupPool().orElseThrow().value());
    }

    @Test
    void theCentralManagementStoreHasAnActiveMasterAndAStandby() {
        assertEquals(
                CentralManagement.ACTIVE,
                pool(imported, "pool1.contoso.example").centralManagement());
        assertEquals(
                CentralManagement.STANDBY,
                pool(imported, "pool2.contoso.example").centralManagement());
    }

    @Test
    void aMirroredStoreHasItsMirrorAndItsWitness() {
        Store store = store(imported, "sql1-rtc");
        assertEquals(Optional.of(store.name()), pool(imported, "pool1.contoso.example").store());
        assertEquals(StoreTechnology.MIRRORING, store.technology());
        assertEquals("sql1.contoso.example/rtc", store.primary().toString());
        assertEquals("sql2.contoso.example/rtc", store.mirror().orElseThrow().toString());
        assertEquals("sql3.contoso.example/wit", store.witness().orElseThrow().toString());
        assertEquals(
                List.of(
                        "rtcxds",
                        "rtcshared",
                        "rtcab",
                        "rgsconfig",
                        "rgsdyn",
                        "cpsdyn",
                        "xds",
                        "lis"),
                store.databases().stream().map(database -> database.name()).toList());
        assertTrue(
                imported.untold().stream()
                        .anyMatch(u ->
                                u.what().contains("principal")
                                        && u.howToTell().contains("Get-CsDatabaseMirrorState")));
    }

    @Test
    void mirrorAndWitnessAreNoStoresOfTheirOwn() {
        assertEquals(
                Set.of("sql1-rtc", "sql3-mon", "sql9-chat", "sql9-comp", "listener2-mssqlserver"),
                Set.copyOf(
                        imported.estate().stores().stream()
                                .map(store -> store.name().value())
                                .toList()));
    }

    @Test
    void anAvailabilityGroupIsTheNameThatClientsUseAndItsOtherReplicaIsUntold() {
        Store store = store(imported, "listener2-mssqlserver");
        assertEquals(StoreTechnology.AVAILABILITY_GROUP, store.technology());
        assertEquals("listener2.contoso.example/mssqlserver", store.primary().toString());
        assertEquals(Optional.empty(), store.mirror());
        Untold untold =
                imported.untold().stream()
                        .filter(u -> u.pointer().endsWith("/mirror"))
                        .findFirst()
                        .orElseThrow();
        assertTrue(untold.why().contains("sqlnode21.contoso.example"), untold.why());
    }

    @Test
    void monitoringAndArchivingAreAnotherStoreOfTheirFrontEndPool() {
        assertEquals(
                Set.of(DatabaseType.MONITORING, DatabaseType.ARCHIVING),
                store(imported, "sql3-mon").databaseTypes());
        assertEquals(
                List.of("sql3-mon"),
                pool(imported, "pool1.contoso.example").otherStores().stream()
                        .map(StoreName::value)
                        .toList());
        assertEquals(List.of(), pool(imported, "pool2.contoso.example").otherStores());
        assertEquals(
                List.of(
                        "/stores/"
                                + imported.estate().stores().indexOf(store(imported, "sql3-mon"))
                                + "/criticalMode"),
                Topologies.pointers(imported).stream()
                        .filter(pointer -> pointer.endsWith("/criticalMode"))
                        .toList());
    }

    @Test
    void theComplianceStoreOfAChatPoolIsToldAsLeftOutOfIt() {
        assertEquals(List.of(), pool(imported, "chat1.contoso.example").otherStores());
        assertEquals(
                Set.of(DatabaseType.PERSISTENT_CHAT_COMPLIANCE),
                store(imported, "sql9-comp").databaseTypes());
        assertEquals(
                List.of("that chat1.contoso.example uses sql9-comp"),
                Topologies.ignored(imported).stream()
                        .filter(what -> what.startsWith("that "))
                        .toList());
    }

    @Test
    void aChatPoolIsReachedThroughTheFrontEndPoolThatItDependsOn() {
        assertEquals(
                "pool1.contoso.example",
                pool(imported, "chat1.contoso.example").nextHopPool().orElseThrow().value());
    }

    @Test
    void aChatPoolThatDependsOnADirectorOnlyHasNoNextHopAndThatIsSaid() {
        String text = Topologies.text(Topologies.PUBLISHED);
        int chat = text.indexOf("RoleName=\"PersistentChatService\"");
        String toPool = "SiteId=\"1\" RoleName=\"Registrar\" Instance=\"1\"";
        String toDirector = "SiteId=\"2\" RoleName=\"Registrar\" Instance=\"2\"";
        Imported bent =
                Topologies.readText(
                        text.substring(0, chat)
                                + text.substring(chat).replaceFirst(toPool, toDirector));
        assertEquals(Optional.empty(), pool(bent, "chat1.contoso.example").nextHopPool());
        assertTrue(
                Topologies.pointers(bent)
                        .contains(
                                Topologies.pointer(
                                        bent.estate(), "chat1.contoso.example", "/nextHopPool")));
    }

    @Test
    void anEdgePoolHasItsNextHopAndTheFederationRouteOfItsSite() {
        Pool edge = pool(imported, "edge1.contoso.example");
        assertEquals(PoolRole.EDGE, edge.role());
        assertEquals("pool1.contoso.example", edge.nextHopPool().orElseThrow().value());
        assertTrue(edge.federationRoute());
        Pool other = pool(imported, "edge2.contoso.example");
        assertEquals("director2.contoso.example", other.nextHopPool().orElseThrow().value());
        assertFalse(other.federationRoute());
    }

    @Test
    void directorAndMediationArePoolsAndMediationBesideAFrontEndIsNone() {
        assertEquals(PoolRole.DIRECTOR, pool(imported, "director2.contoso.example").role());
        assertEquals(PoolRole.MEDIATION, pool(imported, "mediation2.contoso.example").role());
        assertEquals(7, imported.estate().pools().size());
    }

    @Test
    void aChatPoolHasItsRoomsAndShipsTheirLog() {
        Pool chat = pool(imported, "chat1.contoso.example");
        assertEquals(PoolRole.PERSISTENT_CHAT, chat.role());
        assertEquals("sql9-chat", chat.store().orElseThrow().value());
        Store store = store(imported, "sql9-chat");
        assertEquals(
                "sql29.contoso.example/chat",
                store.logShipping().orElseThrow().secondary().toString());
        assertEquals("Dublin-Sud", store.logShipping().orElseThrow().site().value());
        assertTrue(
                Topologies.pointers(imported)
                        .contains(
                                Topologies.pointer(
                                        imported.estate(), "chat1.contoso.example", "/servers")));
    }

    @Test
    void whatHasNoPlaceInAnEstateIsListedWithTheReason() {
        List<String> ignored = Topologies.ignored(imported);
        assertTrue(
                ignored.containsAll(
                        List.of(
                                "cluster office.contoso.example (WacService)",
                                "cluster files.contoso.example (FileStore)",
                                "SQL instance listener2.contoso.example\\spare",
                                "element Gadgets",
                                "element InternalDomains")),
                ignored::toString);
    }

    @Test
    void usersCapacityAndObserversAreForAPersonToFillIn() {
        List<String> pointers = Topologies.pointers(imported);
        for (String field : List.of("/users", "/capacity")) {
            assertTrue(
                    pointers.contains(
                            Topologies.pointer(imported.estate(), "pool1.contoso.example", field)),
                    pointers::toString);
        }
        assertTrue(pointers.contains("/observers"));
        assertFalse(pointers.stream().anyMatch(pointer -> pointer.endsWith("/backupPool")));
        assertFalse(pointers.stream().anyMatch(pointer -> pointer.endsWith("/federationRoute")));
    }

    @Test
    void theEstateIsADocumentAndOnlyWhatTheFileSaysIsWrongWithIt() {
        assertEquals(
                EstateDocument.write(imported.estate()),
                EstateDocument.write(EstateDocument.read(EstateDocument.write(imported.estate()))));
        assertEquals(
                Set.of("PAIR_MIXES_STORE_TECHNOLOGIES"),
                Set.copyOf(
                        EstateRules.check(imported.estate()).stream()
                                .filter(v -> v.severity() == Violation.Severity.ERROR)
                                .map(Violation::code)
                                .toList()));
    }
}
