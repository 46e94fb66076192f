package io.understudy.health;

import java.time.Instant;
import java.util.List;

/** What we believe about one component, since when, on whose word, and what would change it. */
public sealed interface Condition {

    /** Since when it is so; for a component never heard of the time of asking. */
    Instant since();

    /** What it rests on, in the order of the observers' names. */
    List<Evidence> evidence();

    Status status();

    /** A sentence for people: which observation would change this condition. */
    String wouldChange();

    /** Every fresh word says that it serves. */
    record Up(Instant since, List<Evidence> evidence) implements Condition {
        @Override
        public Status status() {
            return Status.UP;
        }

        @Override
        public String wouldChange() {
            return "DOWN from observers at enough different sites and UP from none, or silence";
        }
    }

    /** It serves, but not well: never a reason to fail over (product.md, overload is not death). */
    record Degraded(Instant since, List<Evidence> evidence) implements Condition {
        @Override
        public Status status() {
            return Status.DEGRADED;
        }

        @Override
        public String wouldChange() {
            return "UP from the observers that now say DEGRADED";
        }
    }

    /**
     * Observers at enough different sites agree that it does not serve, and nobody says that it
     * does.
     */
    record Down(Instant since, List<Evidence> evidence) implements Condition {
        @Override
        public Status status() {
            return Status.DOWN;
        }

        @Override
        public String wouldChange() {
            return "UP from any observer";
        }
    }

    /** Nothing is known well enough to act on. */
    record Unknown(Instant since, List<Evidence> evidence, Doubt doubt, String wouldChange)
            implements Condition {
        @Override
        public Status status() {
            return Status.UNKNOWN;
        }
    }

    /** Why a component is UNKNOWN. */
    enum Doubt {
        /** No observer has spoken, or all have fallen silent. */
        SILENCE,
        /** Some say DOWN, but from too few sites. */
        TOO_FEW_SITES,
        /**
         * Some say DOWN and some say that it serves: a partition explains it as well as a failure.
         */
        DISAGREEMENT,
        /** A status is being said, but hysteresis has not settled it. */
        UNSETTLED
    }
}
