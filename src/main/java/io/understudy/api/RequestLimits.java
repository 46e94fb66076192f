package io.understudy.api;

import java.time.Duration;

/**
 * What a request may be, besides the size of its body.
 *
 * @param mostHeaders how many header fields it may have, at least 1
 * @param headerBytes how long all of them together may be, in bytes, at least 1
 * @param longestAddress of the path and the query together, in characters, at least 1
 * @param mostParameters how many parameters its query may have, at least 1
 * @param sendTime how long its sender may take for the body, more than nothing
 * @param strictTransport how long a browser that was here by TLS shall never come without it; zero
 *     leaves the header out
 */
public record RequestLimits(
        int mostHeaders,
        int headerBytes,
        int longestAddress,
        int mostParameters,
        Duration sendTime,
        Duration strictTransport) {

    public RequestLimits {
        boolean nothing =
                mostHeaders < 1
                        || headerBytes < 1
                        || longestAddress < 1
                        || mostParameters < 1
                        || !sendTime.isPositive();
        if (nothing) {
            throw new IllegalArgumentException(
                    "understudy.api.most-headers, .header-size, .longest-address,"
                            + " .most-parameters and .send-time are more than nothing");
        }
        if (strictTransport.isNegative()) {
            throw new IllegalArgumentException(
                    "understudy.api.strict-transport is nothing or more");
        }
    }
}
