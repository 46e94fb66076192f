package io.understudy.topology;

import io.understudy.estate.Estate;
import java.util.List;

/**
 * What a topology gives.
 *
 * @param source which of the two shapes it had
 * @param estate what it tells; it may break rules of the field, as the topology may
 * @param untold what a person has to fill in or confirm, in the order of the estate document
 * @param ignored what has no place in an estate
 */
public record Imported(Source source, Estate estate, List<Untold> untold, List<Ignored> ignored) {

    public Imported {
        untold = List.copyOf(untold);
        ignored = List.copyOf(ignored);
    }

    /** The shape of a topology document. */
    public enum Source {
        /** What Topology Builder saves, {@code .tbxml}. */
        TOPOLOGY_BUILDER,
        /** What {@code Get-CsTopology -AsXml} gives. */
        PUBLISHED_TOPOLOGY
    }
}
