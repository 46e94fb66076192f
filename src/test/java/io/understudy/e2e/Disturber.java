package io.understudy.e2e;

import io.understudy.testing.CuttableLine;
import io.understudy.testing.PostgresPair;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Does to three replicas and their database what machines and networks do, one thing after the
 * other, in an order that follows from a seed.
 */
final class Disturber {

    /** What can happen. */
    private enum Trouble {
        KILLED,
        PAUSED_BEYOND_LEASE,
        PARTED_FROM_DATABASE,
        DATABASE_RESTARTED,
        DISK_FULL,
        DATABASE_FAILED_OVER
    }

    private static final Set<Trouble> OF_THE_PRIMARY =
            Set.of(Trouble.DATABASE_RESTARTED, Trouble.DISK_FULL, Trouble.DATABASE_FAILED_OVER);

    private final ThreeReplicas replicas;
    private final PostgresPair pair;
    private final Duration lease;
    private final Random chance;
    private final boolean smallDisk;
    private final List<Trouble> coming = new ArrayList<>();
    private final Map<Trouble, Integer> done = new TreeMap<>();
    private boolean failedOver;

    /**
     * @param smallDisk whether the primary has a disk that can be filled
     */
    Disturber(
            ThreeReplicas replicas,
            PostgresPair pair,
            boolean smallDisk,
            Duration lease,
            long seed) {
        this.smallDisk = smallDisk;
        this.replicas = replicas;
        this.pair = pair;
        this.lease = lease;
        this.chance = new Random(seed);
    }

    /**
     * Goes on for so long, and until everything has happened once; every replica and the database
     * are there when it returns.
     */
    void disturb(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        while (System.nanoTime() < end || !failedOver) {
            pass(Duration.ofMillis(1_000 + chance.nextInt(3_000)));
            Trouble next = next();
            happen(next);
            done.merge(next, 1, Integer::sum);
        }
    }

    /** What has happened how often. */
    String told() {
        return done.toString();
    }

    /** Each comes once before any comes again. */
    private Trouble next() {
        if (coming.isEmpty()) {
            coming.addAll(List.of(Trouble.values()));
            Collections.shuffle(coming, chance);
            if (!smallDisk) {
                coming.remove(Trouble.DISK_FULL);
            }
            if (failedOver) {
                coming.removeAll(OF_THE_PRIMARY);
            } else {
                // what happens to the first primary happens before it dies
                coming.remove(Trouble.DATABASE_FAILED_OVER);
                coming.add(Trouble.DATABASE_FAILED_OVER);
            }
        }
        return coming.removeFirst();
    }

    private void happen(Trouble trouble) {
        int victim = chance.nextInt(replicas.count());
        switch (trouble) {
            case KILLED -> replicas.restart(victim);
            case PAUSED_BEYOND_LEASE -> {
                replicas.get(victim).signal("STOP");
                pass(lease.plusMillis(500 + chance.nextInt(1_500)));
                replicas.get(victim).signal("CONT");
            }
            case PARTED_FROM_DATABASE -> {
                replicas.lines(victim).forEach(CuttableLine::cut);
                pass(lease.plusMillis(500 + chance.nextInt(1_500)));
                replicas.lines(victim).forEach(CuttableLine::mend);
            }
            case DATABASE_RESTARTED -> pair.restartPrimary();
            case DISK_FULL -> {
                pair.fillDisk();
                pass(Duration.ofMillis(2_000 + chance.nextInt(2_000)));
                pair.emptyDisk();
            }
            case DATABASE_FAILED_OVER -> {
                pair.killPrimary();
                pass(Duration.ofMillis(chance.nextInt(1_000)));
                pair.promote();
                failedOver = true;
            }
        }
    }

    private static void pass(Duration time) {
        try {
            new Semaphore(0).tryAcquire(time.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Where the database is now. */
    String url() {
        return failedOver ? pair.standbyUrl() : pair.primaryUrl();
    }
}
