package io.understudy.estate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.understudy.document.EstateDocument;
import io.understudy.document.InvalidDocument;
import io.understudy.document.Samples;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** One row per rule: what breaks it, and what just does not. */
class EstateRulesTest {

    private static final String CHAT =
            "/pools/- = {fqdn: chat1.contoso.com, role: PERSISTENT_CHAT, release: SFB_2015, site: redmond, store: chat1, servers: [{fqdn: c1.contoso.com}]}";
    private static final String CHAT_STORE =
            "/stores/- = {name: chat1, site: redmond, technology: MIRRORING, primary: {fqdn: sql11.contoso.com, instance: chat}, mirror: {fqdn: sql12.contoso.com, instance: chat}, databases: [{name: mgc, type: PERSISTENT_CHAT}]}";
    private static final String SHIPPING =
            "/stores/4/logShipping = {secondary: {fqdn: sql13.contoso.com, instance: chat, site: dublin}}";
    private static final String[] STANDARD_PAIR = {
        "/pools/0/edition = STANDARD", "/pools/0/servers = [{fqdn: fe1.contoso.com}]",
                "/pools/0/store -",
        "/pools/1/edition = STANDARD", "/pools/1/servers = [{fqdn: fe4.contoso.com}]",
                "/pools/1/store -",
        "/stores = []", "/pools/2 -", "/pools/2 -"
    };

    /**
     * A row.
     *
     * @param before edits that both documents have
     * @param breaking the edit that breaks the rule
     * @param fine the edit that comes nearest without breaking it
     */
    record Row(
            String code,
            String severity,
            String pointer,
            List<String> before,
            String breaking,
            String fine) {
        Row after(String... edits) {
            return new Row(code, severity, pointer, List.of(edits), breaking, fine);
        }

        @Override
        public String toString() {
            return code + " at " + pointer;
        }
    }

    private static Row error(String code, String pointer, String breaking, String fine) {
        return new Row(code, "ERROR", pointer, List.of(), breaking, fine);
    }

    private static Row advice(String code, String pointer, String breaking, String fine) {
        return new Row(code, "ADVICE", pointer, List.of(), breaking, fine);
    }

    static Stream<Row> rows() {
        return Stream.of(
                        names(),
                        references(),
                        pools(),
                        pairs(),
                        cms(),
                        stores(),
                        hosts(),
                        edges(),
                        chat())
                .flatMap(List::stream);
    }

    private static List<Row> names() {
        return List.of(
                error(
                        "DUPLICATE_SITE",
                        "/sites/3/name",
                        "/sites/- = {name: dublin}",
                        "/sites/- = {name: Dublin}"),
                error(
                        "DUPLICATE_POOL",
                        "/pools/4/fqdn",
                        "/pools/4/fqdn = POOL1.contoso.com",
                        "/pools/4/fqdn = pool11.contoso.com"),
                error(
                        "DUPLICATE_STORE",
                        "/stores/1/name",
                        "/stores/1/name = be1",
                        "/stores/1/name = be11"),
                error(
                        "DUPLICATE_OBSERVER",
                        "/observers/3/name",
                        "/observers/- = {name: o-dublin, site: dublin}",
                        "/observers/- = {name: o-dublin-2, site: dublin}"),
                error(
                        "SERVER_IN_TWO_POOLS",
                        "/pools/4/servers/1/fqdn",
                        "/pools/4/servers/1/fqdn = FE1.contoso.com",
                        "/pools/4/servers/1/fqdn = fe1.fabrikam.com"),
                error(
                        "SERVER_IN_TWO_POOLS",
                        "/pools/4/servers/1/fqdn",
                        "/pools/4/servers/1/fqdn = e1.contoso.com",
                        "/pools/4/servers/1/fqdn = e3.contoso.com"),
                advice(
                        "TOO_FEW_VANTAGE_POINTS",
                        "/observers",
                        "/observers = [{name: a, site: dublin}, {name: b, site: dublin}]",
                        "/observers = [{name: a, site: dublin}, {name: b, site: lisbon}]"),
                advice("TOO_FEW_VANTAGE_POINTS", "", "/observers -", "/observers/0 -"));
    }

    private static List<Row> references() {
        return List.of(
                error(
                        "UNKNOWN_SITE",
                        "/pools/4/site",
                        "/pools/4/site = mars",
                        "/pools/4/site = lisbon"),
                error(
                        "UNKNOWN_SITE",
                        "/stores/3/site",
                        "/stores/3/site = mars",
                        "/stores/3/site = lisbon"),
                error(
                        "UNKNOWN_SITE",
                        "/observers/0/site",
                        "/observers/0/site = mars",
                        "/observers/0/site = dublin"),
                error(
                                "UNKNOWN_SITE",
                                "/pools/5/servers/0/site",
                                "/pools/5/servers/0/site = mars",
                                "/pools/5/servers/0/site = dublin")
                        .after(CHAT, CHAT_STORE),
                error(
                                "UNKNOWN_SITE",
                                "/stores/4/logShipping/secondary/site",
                                "/stores/4/logShipping/secondary/site = mars",
                                "/stores/4/logShipping/secondary/site = lisbon")
                        .after(CHAT, CHAT_STORE, SHIPPING),
                error(
                        "UNKNOWN_STORE",
                        "/pools/0/store",
                        "/pools/0/store = be9",
                        "/pools/0/store = be2"),
                error(
                        "UNKNOWN_BACKUP_POOL",
                        "/pools/0/backupPool",
                        "/pools/0/backupPool = pool9.contoso.com",
                        "/pools/0/backupPool = POOL2.contoso.com"),
                error(
                        "UNKNOWN_NEXT_HOP",
                        "/pools/4/nextHopPool",
                        "/pools/4/nextHopPool = pool9.contoso.com",
                        "/pools/4/nextHopPool = pool2.contoso.com"),
                advice(
                        "STORE_UNUSED",
                        "/stores/2/name",
                        "/pools/2/store -",
                        "/pools/2/store = be3"),
                advice(
                        "STORE_UNUSED",
                        "/stores/4/name",
                        "/stores/- = {name: m, site: redmond, technology: STANDALONE, primary: {fqdn: sql10.contoso.com, instance: m}, databases: [{name: mgc, type: PERSISTENT_CHAT}]}",
                        "/stores/- = {name: m, site: redmond, technology: STANDALONE, primary: {fqdn: sql10.contoso.com, instance: m}, databases: [{name: LcsCDR, type: MONITORING}]}"));
    }

    private static List<Row> pools() {
        return List.of(
                error(
                        "FRONT_END_POOL_EMPTY",
                        "/pools/0/fqdn",
                        "/pools/0/servers = []",
                        "/pools/0/servers = [{fqdn: fe1.contoso.com}]"),
                error("TOO_MANY_FRONT_ENDS", "/pools/0/servers", servers(0, 13), servers(0, 12)),
                error("TOO_MANY_FRONT_ENDS", "/pools/0/servers", servers(0, 17), servers(0, 16))
                        .after("/pools/0/release = SFB_2019"),
                error(
                                "TWO_FRONT_ENDS_UNSUPPORTED",
                                "/pools/0/servers",
                                servers(0, 2),
                                servers(0, 3))
                        .after("/pools/0/release = SFB_2019"),
                advice(
                        "TWO_FRONT_ENDS_DISCOURAGED",
                        "/pools/0/servers",
                        servers(0, 2),
                        servers(0, 3)),
                advice("ONE_FRONT_END", "/pools/0/servers", servers(0, 1), servers(0, 3)),
                error("STANDARD_POOL_OF_SEVERAL", "/pools/0/servers", servers(0, 2), servers(0, 1))
                        .after(STANDARD_PAIR),
                error(
                                "STANDARD_POOL_WITH_STORE_REDUNDANCY",
                                "/pools/0/store",
                                "/stores = [{name: be1, site: redmond, technology: MIRRORING, primary: {fqdn: fe1.contoso.com, instance: rtc}}]",
                                "/stores = [{name: be1, site: redmond, technology: STANDALONE, primary: {fqdn: fe1.contoso.com, instance: rtc}}]")
                        .after(with(STANDARD_PAIR, "/pools/0/store = be1")),
                error(
                        "ENTERPRISE_POOL_WITHOUT_STORE",
                        "/pools/0/fqdn",
                        "/pools/0/store -",
                        "/pools/0/store = be1"),
                advice(
                        "STORE_OF_TWO_POOLS",
                        "/pools/2/store",
                        "/pools/2/store = be1",
                        "/pools/2/store = be3"),
                advice(
                        "STORE_AT_ANOTHER_SITE",
                        "/pools/0/store",
                        "/stores/0/site = lisbon",
                        "/stores/0/site = redmond"),
                error(
                        "MIRRORING_IN_2019",
                        "/pools/0/store",
                        "/pools/0/release = SFB_2019",
                        "/pools/0/release = LYNC_2013"),
                error(
                                "AVAILABILITY_GROUP_IN_2013",
                                "/pools/0/store",
                                "/pools/0/release = LYNC_2013",
                                "/pools/0/release = SFB_2015")
                        .after("/stores/0/technology = AVAILABILITY_GROUP"),
                error(
                        "STRETCHED_POOL",
                        "/pools/0/servers/1/site",
                        "/pools/0/servers/1/site = dublin",
                        "/pools/0/servers/1/site = redmond"));
    }

    private static List<Row> pairs() {
        return List.of(
                error(
                        "BACKUP_OF_ITSELF",
                        "/pools/0/backupPool",
                        "/pools/0/backupPool = pool1.contoso.com",
                        "/pools/0/backupPool = pool3.contoso.com"),
                error(
                        "PAIR_NOT_RECIPROCAL",
                        "/pools/0/backupPool",
                        "/pools/1/backupPool -",
                        "/pools/1/backupPool = pool1.contoso.com"),
                error(
                        "PAIR_NOT_RECIPROCAL",
                        "/pools/2/backupPool",
                        "/pools/2/backupPool = pool2.contoso.com",
                        "/pools/2/backupPool -"),
                error(
                        "POOL_IN_TWO_PAIRS",
                        "/pools/2/backupPool",
                        "/pools/2/backupPool = pool2.contoso.com",
                        "/pools/2/backupPool = pool4.contoso.com"),
                error(
                        "PAIR_OF_OTHER_ROLES",
                        "/pools/4/backupPool",
                        "/pools/4/backupPool = pool1.contoso.com",
                        "/pools/4/nextHopPool = pool1.contoso.com"),
                error(
                        "PAIR_MIXES_EDITIONS",
                        "/pools/0/backupPool",
                        "/pools/1/edition = STANDARD",
                        "/pools/1/edition -"),
                error(
                        "PAIR_MIXES_EDITIONS",
                        "/pools/1/backupPool",
                        "/pools/1/edition = STANDARD",
                        "/pools/1/edition -"),
                error(
                        "PAIR_MIXES_STORE_TECHNOLOGIES",
                        "/pools/0/backupPool",
                        "/stores/1/technology = FAILOVER_CLUSTER",
                        "/stores/1/technology = MIRRORING"),
                advice(
                        "PAIR_MIXES_RELEASES",
                        "/pools/0/backupPool",
                        "/pools/1/release = LYNC_2013",
                        "/pools/1/release = SFB_2015"),
                advice(
                        "PAIR_AT_ONE_SITE",
                        "/pools/0/backupPool",
                        "/pools/1/site = redmond",
                        "/pools/1/site = lisbon"),
                advice(
                        "PAIR_CAPACITY_TOO_SMALL",
                        "/pools/0/capacity",
                        "/pools/0/capacity = 34999",
                        "/pools/0/capacity = 35000"),
                advice(
                        "PAIR_CAPACITY_TOO_SMALL",
                        "/pools/0/capacity",
                        "/pools/0/users = 1000000000",
                        "/pools/0/capacity -"));
    }

    private static List<Row> cms() {
        return List.of(
                error(
                        "CENTRAL_MANAGEMENT_TWICE",
                        "/pools/1/centralManagement",
                        "/pools/1/centralManagement = ACTIVE",
                        "/pools/1/centralManagement = STANDBY"),
                advice(
                        "CENTRAL_MANAGEMENT_NOWHERE",
                        "",
                        "/pools/0/centralManagement -",
                        "/pools/0/centralManagement = ACTIVE"),
                error(
                        "CENTRAL_MANAGEMENT_ROLE",
                        "/pools/4/centralManagement",
                        "/pools/4/centralManagement = STANDBY",
                        "/pools/4/centralManagement = NONE"),
                error(
                        "STANDBY_NOT_IN_PAIR",
                        "/pools/2/centralManagement",
                        "/pools/2/centralManagement = STANDBY",
                        "/pools/2/centralManagement = NONE"),
                advice(
                        "STANDBY_MISSING",
                        "/pools/0/centralManagement",
                        "/pools/1/centralManagement = NONE",
                        "/pools/1/centralManagement = STANDBY"),
                advice(
                        "CENTRAL_MGMT_DATABASES_MISSING",
                        "/pools/1/store",
                        "/stores/1/databases = [{name: rtcxds, type: USER}]",
                        "/stores/1/databases = [{name: xds, type: CENTRAL_MGMT}]"));
    }

    private static List<Row> stores() {
        return List.of(
                error(
                        "MIRROR_MISSING",
                        "/stores/0/technology",
                        "/stores/0/mirror -",
                        "/stores/0/mirror/fqdn = sql10.contoso.com"),
                error(
                        "MIRROR_UNEXPECTED",
                        "/stores/0/mirror",
                        "/stores/0/technology = STANDALONE",
                        "/stores/0/technology = AVAILABILITY_GROUP"),
                error(
                        "MIRROR_UNEXPECTED",
                        "/stores/0/mirror",
                        "/stores/0/technology = FAILOVER_CLUSTER",
                        "/stores/0/technology = MIRRORING"),
                error(
                        "WITNESS_UNEXPECTED",
                        "/stores/2/witness",
                        "/stores/2/technology = AVAILABILITY_GROUP",
                        "/stores/2/technology = MIRRORING"),
                error(
                        "DUPLICATE_DATABASE",
                        "/stores/0/databases/1/name",
                        "/stores/0/databases/1/name = RTCXDS",
                        "/stores/0/databases/1/name = rtcxds2"),
                advice(
                        "DATABASE_OF_ANOTHER_TYPE",
                        "/stores/0/databases/1/type",
                        "/stores/0/databases/1/type = APPLICATION",
                        "/stores/0/databases/1 = {name: ours, type: APPLICATION}"),
                advice(
                        "STORE_WITHOUT_DATABASES",
                        "/stores/2/name",
                        "/stores/2/databases -",
                        "/stores/2/databases = [{name: rtcxds, type: USER}]"),
                error(
                                "LOG_SHIPPING_OF_OTHER_STORE",
                                "/stores/4/logShipping",
                                "/stores/4/databases = [{name: mgccomp, type: PERSISTENT_CHAT_COMPLIANCE}]",
                                "/stores/4/databases = [{name: mgc, type: PERSISTENT_CHAT}]")
                        .after(CHAT, CHAT_STORE, SHIPPING),
                advice(
                                "LOG_SHIPPING_TO_SAME_SITE",
                                "/stores/4/logShipping/secondary/site",
                                "/stores/4/logShipping/secondary/site = redmond",
                                "/stores/4/logShipping/secondary/site = lisbon")
                        .after(CHAT, CHAT_STORE, SHIPPING));
    }

    private static List<Row> hosts() {
        return List.of(
                error(
                        "MIRROR_ON_PRIMARY_HOST",
                        "/stores/0/mirror/fqdn",
                        "/stores/0/mirror = {fqdn: sql1.contoso.com, instance: other}",
                        "/stores/0/mirror = {fqdn: sql10.contoso.com, instance: rtc}"),
                error(
                        "MIRROR_ON_PRIMARY_HOST",
                        "/stores/0/mirror/fqdn",
                        "/stores/0/mirror = {fqdn: SQL1.contoso.com, instance: rtc}",
                        "/stores/0/mirror = {fqdn: sql10.contoso.com, instance: rtc}"),
                error(
                        "WITNESS_ON_PARTNER_HOST",
                        "/stores/2/witness/fqdn",
                        "/stores/2/witness/fqdn = sql6.contoso.com",
                        "/stores/2/witness/fqdn = sqlw.contoso.com"),
                error(
                                "LOG_SHIPPING_TO_PARTNER_HOST",
                                "/stores/4/logShipping/secondary/fqdn",
                                "/stores/4/logShipping/secondary/fqdn = sql12.contoso.com",
                                "/stores/4/logShipping/secondary/fqdn = sql14.contoso.com")
                        .after(CHAT, CHAT_STORE, SHIPPING),
                error(
                        "SQL_INSTANCE_IN_TWO_STORES",
                        "/stores/1/primary/fqdn",
                        "/stores/1/primary = {fqdn: sql2.contoso.com, instance: RTC}",
                        "/stores/1/primary = {fqdn: sql2.contoso.com, instance: other}"),
                error(
                        "SQL_INSTANCE_IN_TWO_STORES",
                        "/stores/3/witness/fqdn",
                        "/stores/3/witness = {fqdn: sql1.contoso.com, instance: rtc}",
                        "/stores/3/witness = {fqdn: sqlw3.contoso.com, instance: witness}"),
                advice(
                        "WITNESS_SHARED",
                        "/stores/3/witness/fqdn",
                        "/stores/3/witness = {fqdn: sqlw3.contoso.com, instance: witness}",
                        "/stores/3/witness = {fqdn: sqlw3.contoso.com, instance: other}"),
                advice(
                        "SQL_HOST_SHARED",
                        "/stores/3/witness/fqdn",
                        "/stores/3/witness = {fqdn: sqlw3.contoso.com, instance: other}",
                        "/stores/3/witness = {fqdn: sqlw3.contoso.com, instance: witness}"),
                error(
                        "SQL_HOST_IS_A_SERVER",
                        "/stores/0/primary/fqdn",
                        "/stores/0/primary/fqdn = fe7.contoso.com",
                        "/stores/0/primary/fqdn = fe77.contoso.com"),
                error(
                                "SQL_HOST_IS_A_SERVER",
                                "/stores/0/primary/fqdn",
                                "/stores = [{name: be1, site: redmond, technology: STANDALONE, primary: {fqdn: e1.contoso.com, instance: rtc}}]",
                                "/stores = [{name: be1, site: redmond, technology: STANDALONE, primary: {fqdn: fe1.contoso.com, instance: rtc}}]")
                        .after(with(STANDARD_PAIR, "/pools/0/store = be1")));
    }

    private static List<Row> edges() {
        return List.of(
                error("TOO_MANY_EDGE_SERVERS", "/pools/4/servers", servers(4, 13), servers(4, 12)),
                advice(
                        "EDGE_WITHOUT_NEXT_HOP",
                        "/pools/4/fqdn",
                        "/pools/4/nextHopPool -",
                        "/pools/4/nextHopPool = pool2.contoso.com"),
                error(
                                "NEXT_HOP_ROLE",
                                "/pools/4/nextHopPool",
                                "/pools/5/role = MEDIATION",
                                "/pools/5/role = DIRECTOR")
                        .after(
                                "/pools/- = {fqdn: dir1.contoso.com, role: DIRECTOR, release: SFB_2015, site: redmond}",
                                "/pools/4/nextHopPool = dir1.contoso.com"),
                error(
                        "FEDERATION_ROUTE_ROLE",
                        "/pools/0/federationRoute",
                        "/pools/0/federationRoute = true",
                        "/pools/0/federationRoute = false"),
                error(
                                "FEDERATION_ROUTE_TWICE",
                                "/pools/5/federationRoute",
                                "/pools/5/federationRoute = true",
                                "/pools/5/federationRoute = false")
                        .after(
                                "/pools/- = {fqdn: edge2.contoso.com, role: EDGE, release: SFB_2015, site: dublin}"));
    }

    private static List<Row> chat() {
        return Stream.of(
                        error(
                                "CHAT_IN_2019",
                                "/pools/5/release",
                                "/pools/5/release = SFB_2019",
                                "/pools/5/release = LYNC_2013"),
                        error(
                                "TOO_MANY_CHAT_SERVERS",
                                "/pools/5/servers",
                                servers(5, 9),
                                servers(5, 8)),
                        error(
                                "TOO_MANY_ACTIVE_CHAT_SERVERS",
                                "/pools/5/servers",
                                servers(5, 5),
                                servers(5, 4)),
                        error(
                                "TOO_MANY_ACTIVE_CHAT_SERVERS",
                                "/pools/5/servers",
                                servers(5, 5),
                                servers(5, 5).replaceFirst("}", ", active: false}")),
                        advice(
                                "CHAT_POOL_WITHOUT_STORE",
                                "/pools/5/fqdn",
                                "/pools/5/store -",
                                "/pools/5/store = chat1"),
                        error(
                                "CHAT_STORE_IN_AVAILABILITY_GROUP",
                                "/pools/5/store",
                                "/stores/4/technology = AVAILABILITY_GROUP",
                                "/stores/4/technology = MIRRORING"),
                        advice(
                                "CHAT_DATABASE_MISSING",
                                "/pools/5/store",
                                "/stores/4/databases = [{name: mgccomp, type: PERSISTENT_CHAT_COMPLIANCE}]",
                                "/stores/4/databases = [{name: mgc, type: PERSISTENT_CHAT}]"))
                .map(row -> row.after(CHAT, CHAT_STORE))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("rows")
    void aRuleIsSeenWhereItIsBrokenAndNotWhereItIsJustKept(Row row) {
        ObjectNode broken = edited(row.before, row.breaking);
        List<Violation> violations = EstateRules.check(EstateDocument.read(broken));
        assertTrue(
                violations.stream()
                        .anyMatch(v ->
                                v.code().equals(row.code)
                                        && v.pointer().equals(row.pointer)
                                        && v.severity().name().equals(row.severity)),
                () -> violations.toString());
        assertPointersResolve(broken, violations, "");
        assertFalse(
                EstateRules.check(EstateDocument.read(edited(row.before, row.fine))).stream()
                        .anyMatch(
                                v -> v.code().equals(row.code) && v.pointer().equals(row.pointer)),
                row.fine);
    }

    @Test
    void everyRuleHasARow() {
        assertEquals(
                new TreeSet<>(EstateRules.codes()),
                rows().map(Row::code).collect(Collectors.toCollection(TreeSet::new)));
    }

    @Test
    void aLegalPairOfStandardPoolsBreaksNoRule() {
        ObjectNode document =
                edited(List.of(STANDARD_PAIR), "/pools/2/nextHopPool = pool1.contoso.com");
        assertEquals(List.of(), EstateRules.check(EstateDocument.read(document)));
    }

    @Test
    void aLegalPersistentChatPoolBreaksNoRule() {
        ObjectNode document =
                edited(
                        List.of(CHAT, CHAT_STORE, SHIPPING),
                        "/pools/5/servers/- = {fqdn: c2.contoso.com, site: dublin}");
        assertEquals(List.of(), EstateRules.check(EstateDocument.read(document)));
    }

    @Test
    void anEmptyEstateCanBeSavedButCanCondemnNothing() {
        assertEquals(
                List.of("TOO_FEW_VANTAGE_POINTS"),
                EstateRules.check(EstateDocument.read(Samples.yaml("name: empty"))).stream()
                        .map(Violation::code)
                        .toList());
    }

    @Test
    void everyViolationSaysWhatIsWrongAndWhereTheRuleStands() {
        Set<String> codes = new HashSet<>();
        rows().forEach(row ->
                EstateRules.check(EstateDocument.read(edited(row.before, row.breaking)))
                        .forEach(v -> {
                            assertTrue(v.message().length() > 20, v.toString());
                            assertTrue(v.source().matches("(domain|product)\\.md.*"), v.toString());
                            codes.add(v.code());
                        }));
        assertEquals(new HashSet<>(EstateRules.codes()), codes);
    }

    @Test
    void pointersResolveHoweverTheDocumentIsBent() {
        long seed = 8151;
        Random random = new Random(seed);
        List<String> edits = rows().flatMap(row -> Stream.of(row.breaking, row.fine)).toList();
        for (int round = 0; round < 500; round++) {
            ObjectNode document = edited(List.of(CHAT, CHAT_STORE, SHIPPING), null);
            List<String> made = new ArrayList<>();
            for (int i = random.nextInt(8); i >= 0; i--) {
                String edit = edits.get(random.nextInt(edits.size()));
                if (apply(document, edit)) {
                    made.add(edit);
                }
            }
            String story = "seed " + seed + ", round " + round + ": " + made;
            try {
                assertPointersResolve(
                        document, EstateRules.check(EstateDocument.read(document)), story);
            } catch (InvalidDocument unreadable) {
                assertFalse(unreadable.problems().isEmpty(), story);
            }
        }
    }

    private static void assertPointersResolve(
            JsonNode document, List<Violation> violations, String story) {
        for (Violation violation : violations) {
            assertFalse(document.at(violation.pointer()).isMissingNode(), story + " " + violation);
        }
    }

    private static String servers(int pool, int count) {
        return "/pools/"
                + pool
                + "/servers = "
                + Stream.iterate(1, i -> i <= count, i -> i + 1)
                        .map(i -> "{fqdn: member" + i + ".contoso.com}")
                        .collect(Collectors.joining(", ", "[", "]"));
    }

    private static String[] with(String[] edits, String more) {
        List<String> all = new ArrayList<>(List.of(edits));
        all.add(more);
        return all.toArray(String[]::new);
    }

    private static ObjectNode edited(List<String> before, String last) {
        ObjectNode document = Samples.estateDocument();
        before.forEach(edit -> assertTrue(apply(document, edit), edit));
        if (last != null) {
            assertTrue(apply(document, last), last);
        }
        return document;
    }

    /**
     * Carries out {@code pointer = yaml} or {@code pointer -}; false when there is no such place.
     */
    private static boolean apply(ObjectNode document, String edit) {
        String[] parts = edit.split(" ", 3);
        JsonPointer pointer = JsonPointer.compile(parts[0]);
        JsonNode parent = document.at(pointer.head());
        String field = pointer.last().getMatchingProperty();
        boolean removes = parts[1].equals("-");
        JsonNode value = removes ? null : Samples.yaml("v: " + parts[2]).path("v");
        if (parent instanceof ObjectNode object) {
            if (removes) {
                object.remove(field);
            } else {
                object.set(field, value);
            }
            return true;
        }
        return parent instanceof ArrayNode array && applyTo(array, field, removes, value);
    }

    private static boolean applyTo(ArrayNode array, String field, boolean removes, JsonNode value) {
        if (field.equals("-")) {
            array.add(value);
            return true;
        }
        int index = Integer.parseInt(field);
        if (index >= array.size()) {
            return false;
        }
        if (removes) {
            array.remove(index);
        } else {
            array.set(index, value);
        }
        return true;
    }
}
