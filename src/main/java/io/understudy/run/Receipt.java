package io.understudy.run;

import java.time.Instant;

/**
 * What a request that came with a key is answered. It is kept in the transaction that does what was
 * asked: that was done if, and only if, the request is answered for good.
 *
 * @param actor who sent it
 * @param key the name that it has with him
 * @param claimedAt when it was claimed, to the microsecond: once it is claimed anew, what was done
 *     for an earlier claim is refused
 * @param status of HTTP
 */
public record Receipt(String actor, String key, Instant claimedAt, int status, String body) {}
