package io.understudy.adapter.spi;

/** Finds secrets by reference, anew at each use, so that a changed one is in force at once. */
@FunctionalInterface
public interface Secrets {

    /**
     * The secret that a reference names: {@code env:NAME}, {@code file:NAME} or {@code
     * vault:PATH#FIELD}.
     *
     * @throws SecretUnavailable naming the reference and what to do, never the secret
     */
    String read(String reference);

    /** A secret that cannot be had now. */
    final class SecretUnavailable extends RuntimeException {
        private static final long serialVersionUID = 1;

        public SecretUnavailable(String message) {
            super(message);
        }

        public SecretUnavailable(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
