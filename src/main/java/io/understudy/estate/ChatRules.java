package io.understudy.estate;

import static io.understudy.estate.EstateRule.faultIf;
import static io.understudy.estate.EstateRule.ofPools;
import static io.understudy.estate.Violation.Severity.ADVICE;
import static io.understudy.estate.Violation.Severity.ERROR;

import io.understudy.estate.EstateRule.Fault;
import java.util.List;

/** Persistent Chat pools (domain.md 6). */
final class ChatRules {

    private static final int MOST_SERVERS = 8;
    private static final int MOST_ACTIVE = 4;

    static final List<EstateRule> ALL = List.of(
            ofPools("CHAT_IN_2019", ERROR, "domain.md, version map", ChatRules::in2019),
            ofPools("TOO_MANY_CHAT_SERVERS", ERROR, "domain.md 6.1", ChatRules::tooMany),
            ofPools("TOO_MANY_ACTIVE_CHAT_SERVERS", ERROR, "domain.md 6.1", ChatRules::tooManyActive),
            ofPools("CHAT_POOL_WITHOUT_STORE", ADVICE, "domain.md 6.1", ChatRules::withoutStore),
            ofPools("CHAT_STORE_IN_AVAILABILITY_GROUP", ERROR, "domain.md 4.10", ChatRules::availabilityGroup),
            ofPools("CHAT_DATABASE_MISSING", ADVICE, "domain.md 4.1", ChatRules::databaseMissing));

    private ChatRules() {}

    private static List<Fault> in2019(Estate estate, Pool pool) {
        return faultIf(
                isChat(pool) && pool.release() == Release.SFB_2019,
                "/release",
                "there is no Persistent Chat in 2019: its release is LYNC_2013 or SFB_2015");
    }

    private static List<Fault> tooMany(Estate estate, Pool pool) {
        return faultIf(
                isChat(pool) && pool.servers().size() > MOST_SERVERS,
                "/servers",
                "a Persistent Chat pool has at most " + MOST_SERVERS + " servers, not " + pool.servers().size());
    }

    private static List<Fault> tooManyActive(Estate estate, Pool pool) {
        long active = pool.servers().stream().filter(Server::active).count();
        return faultIf(
                isChat(pool) && active > MOST_ACTIVE,
                "/servers",
                "at most " + MOST_ACTIVE + " Persistent Chat servers are active, not " + active
                        + ": say active false of those that are idle");
    }

    private static List<Fault> withoutStore(Estate estate, Pool pool) {
        return faultIf(
                isChat(pool) && pool.store().isEmpty(),
                "/fqdn",
                "a Persistent Chat pool keeps its rooms in a store: name it, else its loss cannot be seen");
    }

    private static List<Fault> availabilityGroup(Estate estate, Pool pool) {
        return faultIf(
                estate.storeOf(pool)
                        .filter(store -> isChat(pool) && store.technology() == StoreTechnology.AVAILABILITY_GROUP),
                "/store",
                _ -> "Persistent Chat databases are not supported in an Availability Group: mirror them");
    }

    private static List<Fault> databaseMissing(Estate estate, Pool pool) {
        return faultIf(
                estate.storeOf(pool)
                        .filter(store -> isChat(pool)
                                && !store.databases().isEmpty()
                                && !store.databaseTypes().contains(DatabaseType.PERSISTENT_CHAT)),
                "/store",
                store -> store.name() + " lists no database of type PERSISTENT_CHAT (mgc)");
    }

    private static boolean isChat(Pool pool) {
        return pool.role() == PoolRole.PERSISTENT_CHAT;
    }
}
