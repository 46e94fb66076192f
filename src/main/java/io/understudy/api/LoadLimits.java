package io.understudy.api;

import java.time.Duration;

/**
 * What the face of the service takes on at once; beyond it callers are told to come again.
 *
 * @param requests how many requests may be under way, event streams that have begun and what is
 *     below /q not counted; at least 1
 * @param requestsPerCaller how many of them one key, or one address without key, may have; at least
 *     1
 * @param bodyBytes how many bytes of bodies they may bring together, at least 1; one alone may
 *     bring more
 * @param bodyBytesPerCaller how many of them one caller, at least 1
 * @param heavyRequests how many requests that take much computing are worked on; at least 1
 * @param heavyPatience how long another one waits for its turn; more than nothing
 * @param retryAfter what those are told who are refused; more than nothing
 */
public record LoadLimits(
        int requests,
        int requestsPerCaller,
        long bodyBytes,
        long bodyBytesPerCaller,
        int heavyRequests,
        Duration heavyPatience,
        Duration retryAfter) {

    public LoadLimits {
        require(requests >= 1 && requestsPerCaller >= 1, "at least one request is taken");
        require(bodyBytes >= 1 && bodyBytesPerCaller >= 1, "at least one byte is taken");
        require(heavyRequests >= 1, "at least one heavy request is worked on");
        require(heavyPatience.isPositive(), "a heavy request waits for more than nothing");
        require(retryAfter.isPositive(), "whoever is refused waits for more than nothing");
    }

    private static void require(boolean holds, String rule) {
        if (!holds) {
            throw new IllegalArgumentException("understudy.load: " + rule);
        }
    }
}
