package io.understudy.control;

import java.util.List;

/**
 * What a replica tells all of them, itself too, of what has become durable. It says where to read
 * and not what it says there; that some of it is lost costs time and nothing else.
 */
public sealed interface News {

    /** Observations were accepted: so many new ones, so many that were known. */
    record Observed(int fresh, int repeated) implements News {}

    /** A run has gained lines in its journal: from this index on, counted from 0, to another. */
    record RunChanged(String run, int from, int to) implements News {}

    /** An evaluation has changed these, by id. */
    record Evaluated(List<String> findings, List<String> decisions) implements News {
        public Evaluated {
            findings = List.copyOf(findings);
            decisions = List.copyOf(decisions);
        }
    }

    /** Another version of a document was saved: estate, policy, mapping, routing. */
    record DocumentSaved(String document, int version) implements News {}
}
