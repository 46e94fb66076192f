package io.understudy.audit;

/**
 * Where a chain does not hold.
 *
 * @param number of the first row that is not as it was written, or is not there
 * @param message what is wrong, for people
 */
public record Break(long number, Kind kind, String message) {

    /** What is wrong. */
    public enum Kind {
        /** A row's fields are not those that its hash was made of. */
        EDITED,
        /** Rows are not there. */
        MISSING,
        /** A row does not have the hash of the row before: one of the two was replaced. */
        NOT_LINKED,
        /** The last row is not the one that the head names. */
        HEAD_DIFFERS,
        /** Rows at the end are not there. */
        CUT_OFF,
        /** There is a row that the head does not know. */
        BEYOND_HEAD,
        /** A row is not the one that was anchored: the chain was made anew. */
        ANCHOR_DIFFERS
    }

    /** What to do, for people. */
    public String whatToDo() {
        String proof =
                "keep this database and its logs as they are, and find out who had the rights to";
        return switch (kind) {
            case EDITED, NOT_LINKED ->
                    proof
                            + " change rows; a back-up or an export shows what row "
                            + number
                            + " was";
            case MISSING, CUT_OFF ->
                    proof + " delete rows; a back-up or an export shows what they were";
            case HEAD_DIFFERS, BEYOND_HEAD ->
                    proof
                            + " write the audit past its triggers; compare the last rows with a"
                            + " back-up, an export or an anchor";
            case ANCHOR_DIFFERS ->
                    proof
                            + " write the whole audit anew; an export or a back-up from the time of"
                            + " the anchor shows what the rows before it were";
        };
    }
}
