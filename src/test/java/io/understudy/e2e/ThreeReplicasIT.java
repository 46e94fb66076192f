package io.understudy.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.understudy.testing.PostgresPair;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/**
 * Three replicas on a primary and its synchronous standby, an estate of many pools that fails in
 * waves, monitoring systems that say something all the time, and everything that can happen to
 * processes, networks and the database, for a minute; for ten with the profile {@code kill}.
 */
@Order(2)
class ThreeReplicasIT {

    private static final Duration TIME =
            Duration.parse(System.getProperty("understudy.kill.time", "PT1M"));
    private static final int POOLS = Integer.getInteger("understudy.kill.pools", 40);
    private static final long SEED = Long.getLong("understudy.kill.seed", 20261127);
    private static final Duration LEASE = Duration.ofSeconds(5);
    private static final Duration SETTLING = Duration.ofMinutes(3);
    private static final int POSTERS = 3;
    private static final int DISK_MEBIBYTES = POOLS > 100 ? 2_000 : 600;

    @Test
    void noEffectTwiceAndNothingAcceptedLost() throws Exception {
        PostgresPair.unavailable().ifPresent(Assumptions::abort);
        Path home = Files.createDirectories(Path.of("target", "three-replicas").toAbsolutePath());
        ManyPools estate = new ManyPools(POOLS);
        boolean smallDisk = PostgresPair.smallDiskUnavailable().isEmpty();
        try (PostgresPair pair = PostgresPair.start(smallDisk ? DISK_MEBIBYTES : 0);
                ThreeReplicas replicas = new ThreeReplicas(home, pair, settings())) {
            replicas.get(0).put("/api/v1/estate", estate.document(), Map.of("If-Match", "*"), 200);
            replicas.get(1)
                    .put(
                            "/api/v1/policy",
                            "{\"limits\": {\"perSite\": 200, \"estateWide\": 400}}",
                            Map.of("If-Match", "*"),
                            200);
            new Accounts(pair.primaryUrl(), pair.user()).noteWriters();
            awaitUp(replicas.get(2), estate);
            assertToldEverywhere(replicas, estate);

            Disturber disturber = new Disturber(replicas, pair, smallDisk, LEASE, SEED);
            Posters posters = new Posters(replicas, estate, POSTERS, SEED);
            Waves waves = new Waves(replicas, estate, each(), Duration.ofSeconds(5), SEED);
            List<String> lost;
            Set<String> accepted;
            try (posters;
                    waves) {
                disturber.disturb(TIME);
                lost = waves.stopped();
                accepted = posters.stopped();
            }
            Accounts accounts = new Accounts(disturber.url(), pair.user());
            settle(accounts, Set.copyOf(lost));
            judge(accounts, replicas, lost, accepted, disturber.told());
        }
    }

    /** As many that all stores have failed by the time. */
    private static int each() {
        return (int) Math.max(1, Math.ceilDiv(POOLS * 5L, TIME.toSeconds()));
    }

    private static Map<String, String> settings() {
        return Map.of(
                "JAVA_TOOL_OPTIONS",
                "-XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xmx384m",
                "QUARKUS_DATASOURCE_JDBC_MAX_SIZE",
                "12",
                "UNDERSTUDY_SIMULATOR_ENABLED",
                "true",
                "UNDERSTUDY_SIMULATOR_BESIDE_EXTERNAL_DATABASE",
                "true",
                "UNDERSTUDY_PROBE_INTERVAL",
                POOLS > 100 ? "PT10S" : "PT2S",
                "UNDERSTUDY_RUN_LEASE_TIME",
                LEASE.toString());
    }

    private static void awaitUp(Service service, ManyPools estate) {
        service.await(
                "/api/v1/stores/" + estate.storeName(estate.pools() - 1),
                store -> store.at("/condition/status").asText().equals("UP"));
    }

    /** Whoever carries a run out: its lines reach a client at any replica, and soon. */
    private static void assertToldEverywhere(ThreeReplicas replicas, ManyPools estate)
            throws Exception {
        replicas.get(0).fault("KILL", estate.principal(0));
        String run = replicas.get(1).awaitRun("MIRROR_FAILOVER", "RUNNING").get("id").asText();
        List<Future<List<String>>> told = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < replicas.count(); i++) {
                Service service = replicas.get(i);
                told.add(threads.submit(() -> service.lines("/api/v1/runs/" + run + "/events")));
            }
        }
        List<Long> ends = new ArrayList<>();
        for (Future<List<String>> lines : told) {
            List<String> data = dataOf(lines.get());
            assertTrue(data.getLast().contains("SUCCEEDED"), data::toString);
            assertEquals(dataOf(told.getFirst().get()), data);
            ends.add(Long.parseLong(lines.get().getLast()));
        }
        long apart = Collections.max(ends) - Collections.min(ends);
        assertTrue(apart < 2_000, "the ends of the streams were " + apart + " ms apart");
    }

    private static List<String> dataOf(List<String> lines) {
        return lines.stream().filter(line -> line.startsWith("data:")).toList();
    }

    /** Until every store that lost its principal has been dealt with, and no run goes on. */
    private static void settle(Accounts accounts, Set<String> lost) throws Exception {
        long end = System.nanoTime() + SETTLING.toNanos();
        while (System.nanoTime() < end) {
            Set<String> open = accounts.storesWithRun("'RUNNING', 'AWAITING_APPROVAL'");
            if (open.isEmpty() && dealtWith(accounts).containsAll(lost)) {
                return;
            }
            new Semaphore(0).tryAcquire(500, TimeUnit.MILLISECONDS);
        }
    }

    private static Set<String> dealtWith(Accounts accounts) throws Exception {
        return accounts.storesWithRun(
                "'SUCCEEDED', 'FAILED', 'AWAITING_OPERATOR', 'HANDED_OVER', 'CANCELLED'");
    }

    private static void judge(
            Accounts accounts,
            ThreeReplicas replicas,
            List<String> lost,
            Set<String> accepted,
            String disturbed)
            throws Exception {
        String told =
                "seed "
                        + SEED
                        + ", "
                        + disturbed
                        + ", "
                        + lost.size()
                        + " principals lost, "
                        + accepted.size()
                        + " observations accepted, "
                        + accounts.count("select count(*) from twin_log")
                        + " effects; runs: "
                        + accounts.runs()
                        + ", "
                        + accounts.count(
                                "select count(distinct (run_id, token)) from written_by where token > 0")
                        + " tokens";
        System.getLogger(ThreeReplicasIT.class.getName()).log(System.Logger.Level.INFO, told);
        assertEquals(List.of(), accounts.wrongEffects(), told);
        assertEquals(List.of(), accounts.succeededWithoutEffect(), told);
        assertEquals(List.of(), accounts.sharedTokens(), told);
        assertEquals(List.of(), accounts.fallenTokens(), told);
        assertEquals(Set.of(), accounts.missing(accepted), told);
        assertEquals(Set.of(), accounts.storesWithRun("'RUNNING', 'AWAITING_APPROVAL'"), told);
        Set<String> forgotten = new HashSet<>(lost);
        forgotten.removeAll(dealtWith(accounts));
        forgotten.removeIf(store -> isLeftToPeople(replicas.get(0), store));
        assertEquals(Set.of(), forgotten, () -> told + known(replicas.get(0), forgotten));
        assertTrue(accepted.size() > 100, told);
        assertTrue(accounts.count("select count(*) from written_by where token > 0") > 0, told);
    }

    /**
     * One trouble after the other may keep everybody from looking for longer than {@code
     * lossAlignment}: then the mirror's break was seen that much before the principal's loss, and
     * what a principal may have written alone is for people to decide (row B4).
     */
    private static boolean isLeftToPeople(Service service, String store) {
        JsonNode newest = service.get(decisions(store)).at("/items/0/decision");
        return newest.at("/rule").asText().equals("B4")
                && newest.toString().contains("may have written");
    }

    /** What the service says of stores that it has not dealt with. */
    private static String known(Service service, Set<String> stores) {
        StringBuilder known = new StringBuilder();
        for (String store : stores) {
            for (String path : List.of("/api/v1/stores/" + store, decisions(store))) {
                known.append("\n").append(path).append(": ").append(service.get(path));
            }
        }
        return known.toString();
    }

    private static String decisions(String store) {
        return "/api/v1/decisions?limit=3&target=store%3A" + store;
    }
}
