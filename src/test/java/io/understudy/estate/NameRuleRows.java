package io.understudy.estate;

import static io.understudy.estate.EstateRuleRow.CHAT;
import static io.understudy.estate.EstateRuleRow.CHAT_STORE;
import static io.understudy.estate.EstateRuleRow.SHIPPING;
import static io.understudy.estate.EstateRuleRow.advice;
import static io.understudy.estate.EstateRuleRow.error;

import java.util.List;
import java.util.stream.Stream;

/** What breaks the rules of names and references. */
final class NameRuleRows {

    private NameRuleRows() {}

    static Stream<EstateRuleRow> all() {
        return Stream.of(names(), references()).flatMap(List::stream);
    }

    private static List<EstateRuleRow> names() {
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

    private static List<EstateRuleRow> references() {
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
}
