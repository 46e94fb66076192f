package io.understudy.estate;

import static io.understudy.estate.EstateRuleRow.CHAT;
import static io.understudy.estate.EstateRuleRow.CHAT_STORE;
import static io.understudy.estate.EstateRuleRow.REPORTING_STORE;
import static io.understudy.estate.EstateRuleRow.SHIPPING;
import static io.understudy.estate.EstateRuleRow.STANDARD_PAIR;
import static io.understudy.estate.EstateRuleRow.advice;
import static io.understudy.estate.EstateRuleRow.error;
import static io.understudy.estate.EstateRuleRow.servers;
import static io.understudy.estate.EstateRuleRow.with;

import java.util.List;
import java.util.stream.Stream;

/** What breaks the rules of stores, SQL hosts, next hops, Edge and Persistent Chat pools. */
final class StoreRuleRows {

    private StoreRuleRows() {}

    static Stream<EstateRuleRow> all() {
        return Stream.of(stores(), hosts(), edges(), otherStores(), chat()).flatMap(List::stream);
    }

    private static List<EstateRuleRow> stores() {
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

    private static List<EstateRuleRow> hosts() {
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

    private static List<EstateRuleRow> edges() {
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
                                "NEXT_HOP_ROLE",
                                "/pools/5/nextHopPool",
                                "/pools/6/role = DIRECTOR",
                                "/pools/6/role = FRONT_END")
                        .after(
                                CHAT,
                                CHAT_STORE,
                                "/pools/- = {fqdn: hop.contoso.com, role: MEDIATION, release: SFB_2015, site: redmond}",
                                "/pools/5/nextHopPool = hop.contoso.com"),
                error(
                                "NEXT_HOP_UNEXPECTED",
                                "/pools/5/nextHopPool",
                                "/pools/5/role = MEDIATION",
                                "/pools/5/role = PERSISTENT_CHAT")
                        .after(
                                "/pools/- = {fqdn: edge2.contoso.com, role: EDGE, release: SFB_2015, site: dublin, nextHopPool: pool2.contoso.com}"),
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

    private static List<EstateRuleRow> otherStores() {
        return Stream.of(
                        error(
                                "OTHER_STORES_ROLE",
                                "/pools/4/otherStores",
                                "/pools/4/otherStores = [mon]",
                                "/pools/1/otherStores = [mon]"),
                        error(
                                "OTHER_STORE_IS_OWN",
                                "/pools/0/otherStores/1",
                                "/pools/0/otherStores = [mon, be1]",
                                "/pools/0/otherStores = [mon, be2]"),
                        error(
                                "UNKNOWN_STORE",
                                "/pools/0/otherStores/1",
                                "/pools/0/otherStores = [mon, be9]",
                                "/pools/0/otherStores = [mon]"),
                        error(
                                "CRITICAL_MODE_WITHOUT_ARCHIVING",
                                "/stores/4/criticalMode",
                                "/stores/4/databases = [{name: QoEMetrics, type: MONITORING}]",
                                "/stores/4/databases = [{name: LcsLog, type: ARCHIVING}]"),
                        advice(
                                "REPORTING_STORE_UNNAMED",
                                "/stores/4/name",
                                "/pools/0/otherStores = []",
                                "/pools/1/otherStores = [mon]"))
                .map(row -> row.after(REPORTING_STORE))
                .toList();
    }

    private static List<EstateRuleRow> chat() {
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
}
