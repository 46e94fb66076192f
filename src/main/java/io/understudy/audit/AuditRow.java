package io.understudy.audit;

/**
 * An event in its place in the chain.
 *
 * @param number counted from 1
 * @param previous the hash of the row before, {@link ChainHead#NO_HASH} for the first
 * @param hash what is said to be its own; see {@link AuditHash}
 */
public record AuditRow(long number, AuditEvent event, String previous, String hash) {

    /** The chain up to this row. */
    public ChainHead head() {
        return new ChainHead(number, hash);
    }
}
