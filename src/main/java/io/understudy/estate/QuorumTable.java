package io.understudy.estate;

/**
 * How many Front End Servers a pool needs (domain.md 3.1).
 *
 * <p>The functional numbers assume that the Back End serves; the primary SQL store is one more
 * voter (domain.md 3.1 note), which the decision takes into account.
 */
public final class QuorumTable {

    /**
     * What keeps a pool functional.
     *
     * @param required how many must run
     * @param ofFirst of how many servers at the top of the topology order; those beyond do not
     *     count
     */
    public record Functional(int required, int ofFirst) {}

    private static final int[] FUNCTIONAL = {0, 1, 1, 2, 2, 3, 3, 4, 4, 4, 5, 5, 5};
    private static final int[] FIRST_START = {0, 1, 1, 3, 3, 4, 5, 5, 6, 7, 8, 9, 10};
    private static final int FIRST_SERVERS_2019 = 12;
    private static final int REQUIRED_2019 = 7;

    private QuorumTable() {}

    /** The functional numbers for a pool of {@code servers}; 0 or more. */
    public static Functional functional(int servers, Release release) {
        if (servers > 12 || (servers == 12 && release == Release.SFB_2019)) {
            return new Functional(REQUIRED_2019, FIRST_SERVERS_2019);
        }
        int first = servers >= 10 ? 9 : Math.min(servers, 7);
        return new Functional(FUNCTIONAL[servers], first);
    }

    /**
     * How many servers must start together for a first start. Of 13 to 15 servers Microsoft names
     * no number: three quarters are taken, which meets the 12 of 16 that it does name (domain.md
     * 3.1, inferred).
     */
    public static int firstStart(int servers) {
        return servers <= 12 ? FIRST_START[servers] : Math.ceilDiv(servers * 3, 4);
    }
}
