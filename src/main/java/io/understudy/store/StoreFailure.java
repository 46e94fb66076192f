package io.understudy.store;

/**
 * The database refused something that it never should: a fault of this program, of its schema, or
 * of somebody who changed the data by hand. Nothing was saved.
 */
public final class StoreFailure extends RuntimeException {

    private static final long serialVersionUID = 1;

    StoreFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
