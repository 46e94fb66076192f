package io.understudy.decision;

import io.understudy.estate.ComponentId;
import io.understudy.estate.ComponentKind;
import io.understudy.estate.Estate;
import io.understudy.estate.Pool;
import io.understudy.estate.PoolFqdn;
import io.understudy.estate.StoreName;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a run keeps others away from: at most one at a time per pool, its pair and the CMS, and per
 * store (product.md S8).
 */
public final class Locks {

    private static final String CMS = "cms";

    private Locks() {}

    /** The keys that a run of this remediation holds from its opening to its end. */
    public static Set<String> of(Estate estate, Remediation remediation, ComponentId target) {
        Set<String> keys = new TreeSet<>();
        keys.add(target.toString());
        if (target.kind() == ComponentKind.STORE) {
            estate.poolsUsing(new StoreName(target.name()))
                    .forEach(pool -> keys.add(pool.id().toString()));
        }
        if (target.kind() == ComponentKind.POOL) {
            estate.pool(new PoolFqdn(target.name()))
                    .ifPresent(pool -> withPair(estate, pool, keys));
            keys.add(CMS);
        }
        if (remediation == Remediation.CMS_FAILOVER) {
            keys.add(CMS);
        }
        return keys;
    }

    private static void withPair(Estate estate, Pool pool, Set<String> keys) {
        pool.backupPool().ifPresent(backup -> keys.add(ComponentId.of(backup).toString()));
        pool.nextHopPool()
                .flatMap(estate::pool)
                .ifPresent(hop -> {
                    keys.add(hop.id().toString());
                    withPair(estate, hop, keys);
                });
    }
}
