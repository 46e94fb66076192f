package io.understudy.audit;

/**
 * A row by its number and its hash, which stand for it and for all rows before it.
 *
 * @param hash SHA-256, 64 hex digits in lower case
 */
public record ChainHead(long number, String hash) {

    /** What stands for the row before the first. */
    public static final String NO_HASH = "0".repeat(64);

    /** The head of an empty chain. */
    public static final ChainHead NONE = new ChainHead(0, NO_HASH);

    public ChainHead {
        if (number < 0 || !hash.matches("[0-9a-f]{64}")) {
            throw new IllegalArgumentException(
                    number + ":" + hash + " is no row's number and hash of 64 hex digits");
        }
    }

    /**
     * From what {@link #toString} writes.
     *
     * @throws IllegalArgumentException saying what it should be
     */
    public static ChainHead parse(String text) {
        int colon = text.indexOf(':');
        try {
            return new ChainHead(
                    Long.parseLong(text.substring(0, Math.max(colon, 0))),
                    text.substring(colon + 1));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "\"" + text + "\" is not <number>:<hash of 64 hex digits>", e);
        }
    }

    /** {@code 12:9f86…}. */
    @Override
    public String toString() {
        return number + ":" + hash;
    }
}
