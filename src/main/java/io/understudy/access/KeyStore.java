package io.understudy.access;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Where keys are kept, hashed. */
public interface KeyStore {

    /** A key by id, revoked or not. */
    Optional<ApiKey> find(String id);

    /** All keys, oldest first. */
    List<ApiKey> all();

    /** Adds a key. @return false when one with this id exists, which is then unchanged */
    boolean add(ApiKey key);

    /** Revokes a key. @return false when there is none with this id that is not revoked */
    boolean revoke(String id, Instant at);
}
