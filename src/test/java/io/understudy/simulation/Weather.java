package io.understudy.simulation;

import java.util.SplittableRandom;

/**
 * How bad a simulation is, and in which way. Every fault is left out of some, so that the others
 * get far enough to meet. Of each: once in so many chances; 0: never.
 *
 * @param calm of 100 borders, how many are crossed without anything happening between
 * @param oneDelayIn messages and threads that are late by seconds
 * @param oneErrorIn transactions that fail, before or after they were committed
 * @param oneSlowIn transactions that hold their row while others come
 * @param oneLossIn orders and answers that are lost
 * @param oneLateIn orders before which the process stands still, its lease renewed just now
 * @param oneCopyIn orders that are delivered twice
 * @param oneBlindIn looks that see nothing
 * @param oneCrashIn borders at which the process dies that crosses them
 * @param onePauseIn borders at which the process stands still for a while
 * @param partitions how many times a replica is parted from database or executors
 * @param outages how many times there is no database
 * @param jumps how many times a replica's wall clock jumps
 * @param strict whether the other side fences by looks, too, and takes no order after its time
 *     limit
 * @param careless of 100 people who are asked, how many say "again" without looking
 */
record Weather(
        int calm,
        int oneDelayIn,
        int oneErrorIn,
        int oneSlowIn,
        int oneLossIn,
        int oneLateIn,
        int oneCopyIn,
        int oneBlindIn,
        int oneCrashIn,
        int onePauseIn,
        int partitions,
        int outages,
        int jumps,
        boolean strict,
        int careless) {

    static Weather of(SplittableRandom random) {
        return new Weather(
                30 + random.nextInt(50),
                sometimes(random, 20, 200),
                sometimes(random, 20, 150),
                sometimes(random, 10, 60),
                sometimes(random, 4, 30),
                sometimes(random, 3, 20),
                sometimes(random, 3, 20),
                sometimes(random, 3, 30),
                sometimes(random, 30, 300),
                sometimes(random, 30, 300),
                often(random, 4),
                often(random, 3),
                often(random, 3),
                random.nextBoolean(),
                random.nextInt(3) == 0 ? 30 : 0);
    }

    /** The same without anything that goes wrong between the replicas and the rest. */
    Weather clear() {
        return new Weather(calm, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, strict, 0);
    }

    private static int sometimes(SplittableRandom random, int most, int least) {
        return random.nextInt(3) == 0 ? 0 : random.nextInt(most, least);
    }

    private static int often(SplittableRandom random, int most) {
        return random.nextInt(3) == 0 ? 0 : random.nextInt(most + 1);
    }
}
