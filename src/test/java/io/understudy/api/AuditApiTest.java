package io.understudy.api;

import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.matchesPattern;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.agroal.api.AgroalDataSource;
import io.quarkus.test.junit.QuarkusTest;
import io.understudy.access.KeyStore;
import io.understudy.access.Role;
import io.understudy.audit.AuditRow;
import io.understudy.audit.ChainHead;
import io.understudy.audit.ChainWalk;
import io.understudy.audit.ExportLine;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The chain of the audit over HTTP, by the service's own role. */
@QuarkusTest
class AuditApiTest {

    private final KeyStore keys;
    private final AgroalDataSource source;

    @Inject
    AuditApiTest(KeyStore keys, AgroalDataSource source) {
        this.keys = keys;
        this.source = source;
    }

    @BeforeEach
    void makeKeys() {
        Api.keys(keys);
    }

    @Test
    void theAuditIsVerified() {
        Api.as(Role.VIEWER)
                .get("/api/v1/audit/verify")
                .then()
                .statusCode(200)
                .body("intact", equalTo(true))
                .body("verified", greaterThan(1))
                .body("head.hash", matchesPattern("[0-9a-f]{64}"))
                .body("anchors.compared", equalTo(0));
    }

    @Test
    void theExportIsAChainThatHoldsFromAnyRowToAny() {
        String all = export("");
        List<AuditRow> rows = all.lines().map(ExportLine::read).toList();
        ChainWalk walk = new ChainWalk(ChainHead.NONE, new TreeMap<>());
        rows.forEach(walk::take);

        assertTrue(walk.holds() && walk.last().equals(rows.getLast().head()));
        assertEquals(
                rows.subList(1, 3), export("?from=2&to=3").lines().map(ExportLine::read).toList());
        assertEquals("", export("?from=2147483647"));
        Api.as(Role.ADMIN).get("/api/v1/audit/export?from=0").then().statusCode(400);
        Api.as(Role.OPERATOR).get("/api/v1/audit/export").then().statusCode(403);
    }

    @Test
    void theServiceCannotChangeTheAudit() throws Exception {
        for (String sql :
                List.of(
                        "update audit set actor = 'nobody'",
                        "delete from audit",
                        "alter table audit disable trigger all")) {
            try (Connection connection = source.getConnection();
                    Statement statement = connection.createStatement()) {
                String refusal =
                        Assertions.assertThrows(SQLException.class, () -> statement.execute(sql))
                                .getMessage();
                assertTrue(
                        refusal.contains("permission denied") || refusal.contains("must be owner"),
                        refusal);
            }
        }
    }

    private static String export(String query) {
        return Api.as(Role.ADMIN)
                .get("/api/v1/audit/export" + query)
                .then()
                .statusCode(200)
                .contentType(AuditChainResource.JSON_LINES)
                .extract()
                .asString();
    }
}
