package io.understudy.estate;

import static io.understudy.estate.EstateRuleRow.STANDARD_PAIR;
import static io.understudy.estate.EstateRuleRow.advice;
import static io.understudy.estate.EstateRuleRow.error;
import static io.understudy.estate.EstateRuleRow.servers;
import static io.understudy.estate.EstateRuleRow.with;

import java.util.List;
import java.util.stream.Stream;

/** What breaks the rules of pools, pairs and the Central Management store. */
final class PoolRuleRows {

    private PoolRuleRows() {}

    static Stream<EstateRuleRow> all() {
        return Stream.of(pools(), pairs(), cms()).flatMap(List::stream);
    }

    private static List<EstateRuleRow> pools() {
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

    private static List<EstateRuleRow> pairs() {
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

    private static List<EstateRuleRow> cms() {
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
}
