package io.understudy.access;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How often it was tried to get in with what is no key, by address and by what was shown, and who
 * has to wait therefore.
 *
 * <p>Each may fail {@code most} times at once; one more is allowed as each {@code window / most}
 * passes. What has let somebody in lately is not refused, wherever it comes from and whatever
 * others do at the same address: a guess is never among it. Safe on any thread; never more than
 * {@code mostRemembered} addresses, and as many of what was shown, are remembered: those that have
 * failed longest ago are forgotten first.
 */
public final class FailedLogins {

    /**
     * How often is too often.
     *
     * @param mostPerAddress failures from one address in a window, at least 1
     * @param mostPerKey failures with the same wrong key in a window, at least 1
     * @param window more than nothing
     * @param mostRemembered at least 1
     */
    public record Limits(int mostPerAddress, int mostPerKey, Duration window, int mostRemembered) {

        public Limits {
            if (mostPerAddress < 1
                    || mostPerKey < 1
                    || mostRemembered < 1
                    || !window.isPositive()) {
                throw new IllegalArgumentException(
                        "understudy.login.most-per-address, .most-per-key, .most-remembered and"
                                + " .window are more than nothing");
            }
        }
    }

    private final InstantSource clock;
    private final Counted addresses;
    private final Counted shown;
    private final Map<String, Boolean> good;

    public FailedLogins(Limits limits, InstantSource clock) {
        this.clock = clock;
        this.addresses =
                new Counted(limits.mostPerAddress(), limits.window(), limits.mostRemembered());
        this.shown = new Counted(limits.mostPerKey(), limits.window(), limits.mostRemembered());
        this.good = new Recent<>(limits.mostRemembered());
    }

    /**
     * How long whoever shows this from this address has to wait before it is looked at.
     *
     * @param key a digest of what is shown, never what is shown
     */
    public synchronized Optional<Duration> toWait(String address, String key) {
        if (good.get(key) != null) {
            return Optional.empty();
        }
        Instant now = clock.instant();
        Duration wait = longer(addresses.toWait(address, now), shown.toWait(key, now));
        return wait.isPositive() ? Optional.of(wait) : Optional.empty();
    }

    /** What was shown is no key, or none any more. */
    public synchronized void failed(String address, String key) {
        Instant now = clock.instant();
        good.remove(key);
        addresses.count(address, now);
        shown.count(key, now);
    }

    /** The key was right, and something else that has to come with it was not. */
    public synchronized void failedBeside(String address) {
        addresses.count(address, clock.instant());
    }

    /** What was shown has let somebody in. */
    public synchronized void succeeded(String key) {
        good.put(key, true);
    }

    private static Duration longer(Duration a, Duration b) {
        return a.compareTo(b) >= 0 ? a : b;
    }

    /** Of each the time at which all its failures will be forgiven. */
    private static final class Counted {

        private final Duration each;
        private final Duration window;
        private final Map<String, Instant> forgiven;

        private Counted(int most, Duration window, int mostRemembered) {
            this.each = window.dividedBy(most);
            this.window = window;
            this.forgiven = new Recent<>(mostRemembered);
        }

        private Duration toWait(String name, Instant now) {
            Instant until = forgiven.get(name);
            return until == null
                    ? Duration.ZERO
                    : Duration.between(now, until).minus(window).plus(each);
        }

        private void count(String name, Instant now) {
            Instant until = forgiven.get(name);
            Instant from = until == null || until.isBefore(now) ? now : until;
            Instant latest = now.plus(window);
            Instant next = from.plus(each);
            forgiven.put(name, next.isAfter(latest) ? latest : next);
        }
    }

    /** The entries used last. */
    private static final class Recent<V> extends LinkedHashMap<String, V> {
        private static final long serialVersionUID = 1;
        private final int most;

        private Recent(int most) {
            super(16, 0.75f, true);
            this.most = most;
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
            return size() > most;
        }
    }
}
