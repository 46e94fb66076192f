package io.understudy.api;

/** Good documents of tests. */
final class Samples {

    static final String ESTATE =
            """
            {"name": "contoso",
             "sites": [{"name": "redmond"}, {"name": "dublin"}, {"name": "lisbon"}],
             "pools": [
               {"fqdn": "pool1.contoso.com", "role": "FRONT_END", "edition": "ENTERPRISE", "release": "SFB_2015", "site": "redmond",
                "servers": [{"fqdn": "fe1.contoso.com"}, {"fqdn": "fe2.contoso.com"}, {"fqdn": "fe3.contoso.com"}],
                "store": "be1", "backupPool": "pool2.contoso.com", "centralManagement": "ACTIVE", "users": 20000, "capacity": 40000},
               {"fqdn": "pool2.contoso.com", "role": "FRONT_END", "edition": "ENTERPRISE", "release": "SFB_2015", "site": "dublin",
                "servers": [{"fqdn": "fe4.contoso.com"}, {"fqdn": "fe5.contoso.com"}, {"fqdn": "fe6.contoso.com"}],
                "store": "be2", "backupPool": "pool1.contoso.com", "centralManagement": "STANDBY", "users": 20000, "capacity": 40000}],
             "stores": [
               {"name": "be1", "site": "redmond", "technology": "MIRRORING",
                "primary": {"fqdn": "sql1.contoso.com", "instance": "rtc"}, "mirror": {"fqdn": "sql2.contoso.com", "instance": "rtc"},
                "databases": [{"name": "rtcxds", "type": "USER"}, {"name": "rtcab", "type": "USER"}, {"name": "rgsconfig", "type": "APPLICATION"}, {"name": "xds", "type": "CENTRAL_MGMT"}]},
               {"name": "be2", "site": "dublin", "technology": "MIRRORING",
                "primary": {"fqdn": "sql3.contoso.com", "instance": "rtc"}, "mirror": {"fqdn": "sql4.contoso.com", "instance": "rtc"},
                "databases": [{"name": "rtcxds", "type": "USER"}, {"name": "rtcab", "type": "USER"}, {"name": "rgsconfig", "type": "APPLICATION"}, {"name": "xds", "type": "CENTRAL_MGMT"}]}],
             "observers": [{"name": "o-redmond", "site": "redmond"}, {"name": "o-dublin", "site": "dublin"}, {"name": "o-lisbon", "site": "lisbon"}]}
            """;

    static final String POLICY =
            """
            {"thresholds": {"consecutive": 2, "maxAge": "PT2M"},
             "modes": [{"remediation": "MIRROR_FAILOVER", "scope": "store:be1", "mode": "ADVISE"}],
             "backEndBudget": "PT30M", "primaryStoreVotes": "ALL_POOLS"}
            """;

    static final String MAPPING =
            """
            {"rules": [{"name": "store", "labels": {"job": "sql"}, "component": "store:{store}", "status": "DOWN", "samples": 2}],
             "observers": [{"label": "observer", "names": "OBSERVER"}]}
            """;

    static final String OBSERVATIONS =
            """
            [{"id": "malformed-1", "component": "site:lisbon", "status": "UP", "observer": "o-dublin",
              "observedAt": "2026-01-01T00:00:00Z", "samples": 1}]
            """;

    static final String NOTIFICATION =
            """
            {"version": "4", "status": "firing", "receiver": "understudy",
             "alerts": [{"status": "firing", "labels": {"alertname": "PrincipalDown", "store": "be1"},
               "startsAt": "2026-01-01T00:00:00Z", "endsAt": "0001-01-01T00:00:00Z", "fingerprint": "61a95a5ffe2d315f"}]}
            """;

    /** Principal lost without witness, mirror SYNCHRONIZED before, seen from three sites. */
    static final String EVALUATION =
            "{\"estate\": "
                    + ESTATE
                    + ", \"at\": \"2026-01-01T00:05:00Z\", \"observations\": "
                    + """
                    [{"id": "e1", "component": "site:lisbon", "status": "UP", "observer": "o-dublin", "observedAt": "2026-01-01T00:00:00Z"}]}
                    """;

    private Samples() {}
}
