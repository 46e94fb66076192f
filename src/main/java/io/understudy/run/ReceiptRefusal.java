package io.understudy.run;

/**
 * The request was given up, or its repeat has been begun, since it took too long. Nothing was
 * written; the repeat goes on.
 */
public final class ReceiptRefusal extends RuntimeException {

    private static final long serialVersionUID = 1;

    public ReceiptRefusal(Receipt receipt) {
        super(
                "the request that %s sent with a key at %s is no longer the one to be answered"
                        .formatted(receipt.actor(), receipt.claimedAt()));
    }
}
