package io.understudy.audit;

import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;

/** The record as a chain, which can be read and checked. */
public interface AuditChain {

    /** Rows are read so many at a time: what a check holds in memory. */
    int PAGE = 1_000;

    /** The newest row, as the database notes it beside the rows; empty when the note is lost. */
    Optional<ChainHead> head();

    /** The first rows after a number, in their order, at most {@code limit}. */
    List<AuditRow> after(long number, int limit);

    /**
     * Walks along the chain up to its head of now.
     *
     * @param anchors hashes by number, that were kept elsewhere before this was called
     */
    default Verification verify(NavigableMap<Long, String> anchors) {
        Optional<ChainHead> head = head();
        long end = head.map(ChainHead::number).orElse(Long.MAX_VALUE);
        ChainWalk walk = new ChainWalk(ChainHead.NONE, anchors);
        List<AuditRow> page;
        do {
            page = after(walk.last().number(), PAGE);
            page.stream().filter(row -> row.number() <= end).forEach(walk::take);
        } while (page.size() == PAGE && page.getLast().number() < end && walk.holds());
        // a row and the head that knows it are committed together: of a row read first, the head
        // knows
        after(end, 1).stream()
                .filter(row -> head().filter(now -> now.number() < row.number()).isPresent())
                .forEach(walk::beyond);
        return walk.end(head);
    }
}
