package io.understudy.run;

/** The re-check under the lock: evidence is read afresh and the decision is taken again. */
public interface Reassessment {

    /** How it came out. */
    sealed interface Verdict {

        /** The same decision is taken, and its gate is proven. */
        record StillRight(String why) implements Verdict {}

        /** Something else would be decided now. */
        record Changed(String why) implements Verdict {}
    }

    /** Reads afresh and decides again as if this run were not there; changes nothing. */
    Verdict reassess(Run run);
}
