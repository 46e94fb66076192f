package io.understudy.e2e;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * An estate of any number of Front End pools in pairs over two sites, watched from a third, too.
 * Each has a store that is mirrored without a witness: a lost principal needs a failover by
 * command.
 */
record ManyPools(int pools) {

    ManyPools {
        if (pools < 2 || pools % 2 != 0) {
            throw new IllegalArgumentException("pools come in pairs");
        }
    }

    String document() {
        return """
        {"name": "many", "sites": [{"name": "redmond"}, {"name": "dublin"}, {"name": "lisbon"}],
         "pools": [%s], "stores": [%s],
         "observers": [{"name": "o-redmond", "site": "redmond"}, {"name": "o-dublin", "site": "dublin"},
                       {"name": "o-lisbon", "site": "lisbon"}]}
        """
                .formatted(
                        String.join(",", IntStream.range(0, pools).mapToObj(this::pool).toList()),
                        String.join(",", IntStream.range(0, pools).mapToObj(this::store).toList()));
    }

    String storeName(int number) {
        return "be" + number;
    }

    /** The store's principal while all is well. */
    String principal(int number) {
        return "sql:sqlp%d.contoso.com/rtc".formatted(number);
    }

    /** A component of a pool that nothing happens to. */
    String fileStore(int number) {
        return "fileStore:pool%d.contoso.com".formatted(number);
    }

    private static String site(int number) {
        return number % 2 == 0 ? "redmond" : "dublin";
    }

    private String pool(int number) {
        List<String> servers = new ArrayList<>();
        for (int i = 1; i <= 3; i++) {
            servers.add("{\"fqdn\": \"fe%d-%d.contoso.com\"}".formatted(number, i));
        }
        int other = number % 2 == 0 ? number + 1 : number - 1;
        return """
        {"fqdn": "pool%d.contoso.com", "role": "FRONT_END", "edition": "ENTERPRISE", "release": "SFB_2015",
         "site": "%s", "servers": [%s], "store": "%s", "backupPool": "pool%d.contoso.com",
         "users": 1000, "capacity": 5000}
        """
                .formatted(
                        number, site(number), String.join(",", servers), storeName(number), other);
    }

    private String store(int number) {
        return """
        {"name": "%s", "site": "%s", "technology": "MIRRORING",
         "primary": {"fqdn": "sqlp%d.contoso.com", "instance": "rtc"},
         "mirror": {"fqdn": "sqlm%d.contoso.com", "instance": "rtc"},
         "databases": [{"name": "rtcxds", "type": "USER"}, {"name": "rtcshared", "type": "USER"},
                       {"name": "rgsconfig", "type": "APPLICATION"}]}
        """
                .formatted(storeName(number), site(number), number, number);
    }
}
