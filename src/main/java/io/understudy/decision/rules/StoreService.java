package io.understudy.decision.rules;

import io.understudy.estate.Store;
import io.understudy.estate.StoreTechnology;
import io.understudy.health.Condition;
import io.understudy.health.Status;
import java.util.Optional;

/** What clients get from a store (domain.md 4.6). */
enum StoreService {
    /** It serves and would survive the loss of a partner. */
    SERVING,
    /** It serves, and one more loss takes it down. */
    EXPOSED,
    UNAVAILABLE,
    UNKNOWN;

    static StoreService of(
            Store store,
            Condition principal,
            Optional<Condition> mirror,
            Optional<Condition> witness,
            Condition whole,
            boolean sideKnown,
            StoreWord.Links links) {
        boolean bothLost = mirror.map(StoreSituation::lost).orElse(true);
        if (whole.status() == Status.DOWN
                || (StoreSituation.lost(principal) && (sideKnown || bothLost))) {
            return UNAVAILABLE;
        }
        if (doubted(whole) || doubted(principal) || StoreSituation.lost(principal)) {
            return UNKNOWN;
        }
        if (principal.status() == Status.UNKNOWN) {
            return whole.status() == Status.UNKNOWN ? UNKNOWN : EXPOSED;
        }
        if (!sideKnown && !known(mirror)) {
            return UNKNOWN;
        }
        if (store.technology() == StoreTechnology.MIRRORING) {
            boolean agreed =
                    mirror.filter(StoreSituation::lost).isPresent()
                            && witness.filter(StoreSituation::lost).isPresent();
            if (agreed) {
                return UNAVAILABLE;
            }
            if (witness.isPresent()
                    && !StoreSituation.alive(whole)
                    && !quorum(mirror, witness, links)) {
                return UNKNOWN;
            }
        }
        boolean redundant =
                store.technology() == StoreTechnology.FAILOVER_CLUSTER
                        || (known(mirror) && (witness.isEmpty() || known(witness)));
        return redundant ? SERVING : EXPOSED;
    }

    /** Whether the principal is told to be linked to one of its two partners (domain.md 4.6). */
    private static boolean quorum(
            Optional<Condition> mirror, Optional<Condition> witness, StoreWord.Links links) {
        boolean byMirror = known(mirror) && !links.partnerCut();
        boolean byWitness =
                known(witness)
                        && !links.witnessCut()
                        && (!links.partnerCut() || links.witnessSeen());
        return links.told() && (byMirror || byWitness);
    }

    private static boolean known(Optional<Condition> partner) {
        return partner.filter(StoreSituation::alive).isPresent();
    }

    /**
     * Somebody says that it is down, and it is not agreed: a store like that is not proven to
     * serve.
     */
    private static boolean doubted(Condition condition) {
        return condition instanceof Condition.Unknown unknown
                && unknown.doubt() != Condition.Doubt.SILENCE;
    }
}
