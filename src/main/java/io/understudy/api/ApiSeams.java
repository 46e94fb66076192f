package io.understudy.api;

import java.time.InstantSource;
import java.util.function.Supplier;

/**
 * What the face is given from outside.
 *
 * @param clock this machine's time
 * @param ids a new id at every call
 * @param keys a new secret key at every call: at least 128 bits of chance in letters, digits, dash
 *     and underscore
 */
public record ApiSeams(InstantSource clock, Supplier<String> ids, Supplier<String> keys) {}
