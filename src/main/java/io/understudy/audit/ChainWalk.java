package io.understudy.audit;

import io.understudy.audit.Break.Kind;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Checks a chain row by row, as far as it holds, whatever its length in little memory. For one
 * thread.
 */
public final class ChainWalk {

    private final NavigableMap<Long, String> anchors;
    private ChainHead last;
    private long verified;
    private long compared;
    private Optional<Break> broken = Optional.empty();

    /**
     * @param start what the first row follows: {@link ChainHead#NONE}, or what is taken on trust
     * @param anchors hashes by number, that were kept elsewhere
     */
    public ChainWalk(ChainHead start, NavigableMap<Long, String> anchors) {
        this.last = start;
        this.anchors = new TreeMap<>(anchors.tailMap(start.number(), true));
        if (start.number() > 0) {
            compare(start);
        }
    }

    /** How far the chain holds. */
    public ChainHead last() {
        return last;
    }

    /** Whether it holds so far. */
    public boolean holds() {
        return broken.isEmpty();
    }

    /** Takes the next row; once the chain is broken, no more is taken. */
    public void take(AuditRow row) {
        broken = broken.or(() -> wrong(row));
        if (holds()) {
            compare(row.head());
        }
        if (holds()) {
            last = row.head();
            verified++;
        }
    }

    private Optional<Break> wrong(AuditRow row) {
        boolean linked = row.previous().equals(last.hash());
        if (row.number() <= last.number()) {
            return wrong(
                    row.number(), Kind.NOT_LINKED, "row " + row.number() + " is out of its order");
        }
        // numbers of before the chain may have gaps; a row that was there is missed by its hash
        if (!linked && row.number() > last.number() + 1) {
            return wrong(last.number() + 1, Kind.MISSING, missing(row.number() - 1));
        }
        if (!AuditHash.of(row.number(), row.previous(), row.event()).equals(row.hash())) {
            return wrong(
                    row.number(),
                    Kind.EDITED,
                    "row " + row.number() + " is not what was written: its hash does not fit");
        }
        return linked
                ? anchoredBefore(row.number())
                : wrong(
                        row.number(),
                        Kind.NOT_LINKED,
                        "row %d does not follow row %d: one of the two was replaced"
                                .formatted(row.number(), last.number()));
    }

    /** A row that was anchored was there. */
    private Optional<Break> anchoredBefore(long number) {
        Long anchored = anchors.higherKey(last.number());
        return anchored == null || anchored >= number
                ? Optional.empty()
                : wrong(last.number() + 1, Kind.MISSING, missing(number - 1));
    }

    private void compare(ChainHead row) {
        String anchored = anchors.get(row.number());
        if (anchored == null) {
            return;
        }
        compared++;
        if (!anchored.equals(row.hash())) {
            Long before = anchors.lowerKey(row.number());
            long since = before == null ? 1 : before + 1;
            broken =
                    wrong(
                            row.number(),
                            Kind.ANCHOR_DIFFERS,
                            "row %d is not the one that was anchored: rows were written anew, the first of them between %d and %d"
                                    .formatted(row.number(), since, row.number()));
        }
    }

    /** The result where nothing says what the last row must be but anchors, as of an export. */
    public Verification end() {
        Long anchored = anchors.higherKey(last.number());
        if (anchored != null) {
            broken =
                    broken.or(() ->
                            wrong(
                                    last.number() + 1,
                                    Kind.CUT_OFF,
                                    missing(anchored) + " at the end: the last was anchored"));
        }
        return new Verification(verified, last, compared, broken);
    }

    /**
     * The result where the newest row is known.
     *
     * @param head what is said to be the newest row; empty where that was lost
     */
    public Verification end(Optional<ChainHead> head) {
        broken =
                broken.or(() ->
                        head.isEmpty()
                                ? wrong(last.number(), Kind.HEAD_DIFFERS, "the head is missing")
                                : against(head.get()));
        return end();
    }

    private Optional<Break> against(ChainHead head) {
        if (head.number() > last.number()) {
            return wrong(
                    last.number() + 1,
                    Kind.CUT_OFF,
                    missing(head.number()) + " at the end, or the head was edited");
        }
        return head.equals(last)
                ? Optional.empty()
                : wrong(
                        last.number(),
                        Kind.HEAD_DIFFERS,
                        "row %d is not the one that the head names: it was replaced, or the head was edited"
                                .formatted(last.number()));
    }

    /** A row was found that the newest of all should have known of. */
    void beyond(AuditRow row) {
        broken =
                broken.or(() ->
                        wrong(
                                row.number(),
                                Kind.BEYOND_HEAD,
                                "row %d is beyond the head: it was not appended as rows are"
                                        .formatted(row.number())));
    }

    private String missing(long to) {
        return last.number() + 1 == to
                ? "row " + to + " is missing"
                : "rows " + (last.number() + 1) + " to " + to + " are missing";
    }

    private static Optional<Break> wrong(long number, Kind kind, String message) {
        return Optional.of(new Break(number, kind, message));
    }
}
