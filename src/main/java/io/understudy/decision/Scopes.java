package io.understudy.decision;

import io.understudy.estate.ComponentId;
import io.understudy.estate.ComponentKind;
import io.understudy.estate.Estate;
import io.understudy.estate.Pool;
import io.understudy.estate.PoolFqdn;
import io.understudy.estate.StoreName;
import java.util.ArrayList;
import java.util.List;

/** What a policy may name to mean a target. */
public final class Scopes {

    private Scopes() {}

    /** The target itself, its site, and the store or the pools that belong to it. */
    public static List<ComponentId> of(Estate estate, ComponentId target) {
        List<ComponentId> scopes = new ArrayList<>(4);
        scopes.add(target);
        estate.siteOf(target).map(ComponentId::of).ifPresent(scopes::add);
        if (target.kind() == ComponentKind.STORE) {
            estate.poolsUsing(new StoreName(target.name())).forEach(pool -> scopes.add(pool.id()));
        }
        if (target.kind() == ComponentKind.POOL) {
            estate.pool(new PoolFqdn(target.name()))
                    .flatMap(Pool::store)
                    .ifPresent(store -> scopes.add(ComponentId.of(store)));
        }
        return scopes;
    }
}
