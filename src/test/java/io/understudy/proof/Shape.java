package io.understudy.proof;

import io.understudy.estate.CentralManagement;
import io.understudy.estate.Estate;
import io.understudy.estate.Pool;
import io.understudy.estate.PoolFqdn;
import io.understudy.testing.Contoso;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What the estate is: a pair of Front End pools of equal size, each with 20,000 users, an Edge pool
 * perhaps.
 *
 * @param cmsAt which of the pools 1 and 2 hosts the Central Management store
 * @param edgeHop to which of them the Edge pool sends sign-ins; 0 for no Edge pool
 * @param capacity how many users each of the pools carries; empty where the estate does not say
 */
record Shape(int frontEnds, boolean witness, int cmsAt, int edgeHop, OptionalInt capacity) {

    static final int USERS_OF_BOTH = 40_000;

    private static final Map<Shape, Estate> ESTATES = new ConcurrentHashMap<>();

    static Shape of(int frontEnds, boolean witness) {
        return new Shape(frontEnds, witness, 1, 1, OptionalInt.of(USERS_OF_BOTH));
    }

    Shape cmsAt(int pool) {
        return new Shape(frontEnds, witness, pool, edgeHop, capacity);
    }

    Shape edgeHop(int pool) {
        return new Shape(frontEnds, witness, cmsAt, pool, capacity);
    }

    Shape capacity(OptionalInt users) {
        return new Shape(frontEnds, witness, cmsAt, edgeHop, users);
    }

    static PoolFqdn fqdn(int pool) {
        return new PoolFqdn("pool" + pool + ".contoso.com");
    }

    Estate estate() {
        return ESTATES.computeIfAbsent(this, Shape::built);
    }

    private Estate built() {
        Contoso contoso = Contoso.USUAL.frontEnds(frontEnds);
        contoso = witness ? contoso.withWitness() : contoso;
        contoso = edgeHop == 0 ? contoso.withoutEdge() : contoso;
        Estate usual = contoso.estate();
        List<Pool> pools = usual.pools().stream().map(this::adapted).toList();
        return new Estate(usual.name(), usual.sites(), pools, usual.stores(), usual.observers());
    }

    private Pool adapted(Pool pool) {
        boolean hostsCms = pool.fqdn().equals(fqdn(cmsAt));
        return new Pool(
                pool.fqdn(),
                pool.role(),
                pool.edition(),
                pool.release(),
                pool.site(),
                pool.servers(),
                pool.store(),
                pool.backupPool(),
                !pool.isFrontEnd()
                        ? CentralManagement.NONE
                        : hostsCms ? CentralManagement.ACTIVE : CentralManagement.STANDBY,
                pool.users(),
                pool.isFrontEnd() ? capacity : OptionalInt.empty(),
                pool.isFrontEnd() ? Optional.empty() : Optional.of(fqdn(edgeHop)),
                pool.federationRoute());
    }
}
