package io.understudy.document;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.understudy.estate.CentralManagement;
import io.understudy.estate.ComponentId;
import io.understudy.estate.Edition;
import io.understudy.estate.Estate;
import io.understudy.estate.EstateRules;
import io.understudy.estate.Pool;
import io.understudy.estate.StoreName;
import java.util.List;
import org.junit.jupiter.api.Test;

class EstateDocumentTest {

    @Test
    void theSampleEstateBreaksNoRuleAndNeedsNoAdvice() {
        assertEquals(List.of(), EstateRules.check(Samples.estate()));
    }

    @Test
    void theSampleEstateHasBothKindsOfMirroring() {
        Estate estate = Samples.estate();
        assertTrue(estate.store(new StoreName("be1")).orElseThrow().witness().isEmpty());
        assertTrue(estate.store(new StoreName("be3")).orElseThrow().witness().isPresent());
    }

    @Test
    void anEstateIsReadAsItWasWritten() {
        Estate estate = Samples.estate();
        ObjectNode written = EstateDocument.write(estate);
        assertEquals(estate, EstateDocument.read(written));
        assertEquals(Samples.estateDocument(), written);
    }

    @Test
    void everyFieldOfTheContractSurvives() {
        String text =
                """
                name: contoso
                sites: [{name: redmond}, {name: dublin}]
                pools:
                  - fqdn: chat1.contoso.com
                    role: PERSISTENT_CHAT
                    edition: STANDARD
                    release: LYNC_2013
                    site: redmond
                    servers: [{fqdn: c1.contoso.com}, {fqdn: c2.contoso.com, site: dublin, active: false}]
                    store: chat1
                    centralManagement: STANDBY
                    users: 0
                    capacity: 1000000000
                    nextHopPool: pool1.contoso.com
                    backupPool: pool2.contoso.com
                    federationRoute: true
                stores:
                  - name: chat1
                    site: redmond
                    technology: MIRRORING
                    primary: {fqdn: sql1.contoso.com, instance: chat}
                    mirror: {fqdn: sql2.contoso.com, instance: chat}
                    witness: {fqdn: sql3.contoso.com, instance: witness}
                    databases: [{name: mgc, type: PERSISTENT_CHAT}]
                    logShipping: {secondary: {fqdn: sql9.contoso.com, instance: chat, site: dublin}}
                observers: [{name: o-redmond, site: redmond}]
                """;
        assertEquals(Samples.yaml(text), EstateDocument.write(EstateDocument.read(Samples.yaml(text))));
    }

    @Test
    void whatIsAbsentHasItsDefault() {
        Estate estate = EstateDocument.read(Samples.yaml(
                "name: small\npools: [{fqdn: P1.Contoso.COM, role: FRONT_END, release: SFB_2015, site: a, servers: [{fqdn: Fe1.contoso.com}]}]"));
        Pool pool = estate.pools().getFirst();
        assertEquals("p1.contoso.com", pool.fqdn().value());
        assertEquals(Edition.ENTERPRISE, pool.edition());
        assertEquals(CentralManagement.NONE, pool.centralManagement());
        assertTrue(pool.servers().getFirst().active());
        assertEquals("server:fe1.contoso.com", ComponentId.of(pool.servers().getFirst().fqdn()).toString());
        assertEquals(List.of(), estate.stores());
    }

    @Test
    void whatTheCoreRefusesIsPointedAt() {
        InvalidDocument refused = assertThrows(
                InvalidDocument.class,
                () -> EstateDocument.read(Samples.yaml(
                        "name: x\npools: [{fqdn: 'a..b', role: EDGE, release: SFB_2015, site: a}]")));
        assertEquals("/pools/0/fqdn", refused.problems().getFirst().pointer());
    }

    @Test
    void aHostNameThatWouldExhaustAPatternIsRefusedAtOnce() {
        String host = "a.".repeat(49_000) + "a";
        assertThrows(
                InvalidDocument.class,
                () -> EstateDocument.read(Samples.yaml(
                        "name: x\npools: [{fqdn: " + host + ", role: EDGE, release: SFB_2015, site: a}]")));
    }
}
