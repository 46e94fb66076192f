package io.understudy.api;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Says of an operation that callers whose role holds in some places only may call it, and how their
 * scope is kept. An operation that does not say so is for those only whose role holds everywhere:
 * {@link ScopeFilter} refuses the others, so that what is forgotten is closed.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
@interface Scoped {

    Way value();

    /** How an operation keeps the scope of its caller; {@code x-scope} in the contract. */
    enum Way {
        /** The answer depends on the request alone: there is nothing to keep from anybody. */
        PURE,
        /** What is outside is left out of the answer, as though it did not exist. */
        FILTERED,
        /**
         * It is about one thing or a few: what may not be seen is not found (404), what may be seen
         * and not be touched is refused (403).
         */
        TARGET,
        /** It is about the whole estate, or shows all of it: no scope will do. The default. */
        ESTATE
    }
}
