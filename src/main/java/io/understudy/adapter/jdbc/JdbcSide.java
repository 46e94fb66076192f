package io.understudy.adapter.jdbc;

import io.understudy.health.MirroringState;
import io.understudy.health.Safety;
import io.understudy.health.Status;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What one instance says of itself and of its partner.
 *
 * @param detail a sentence for people
 * @param role empty when it did not answer
 */
record JdbcSide(Status status, String detail, Optional<Role> role) {

    /** What it does now. */
    sealed interface Role {}

    /** It takes writes, or should. */
    record Principal(MirroringState mirror, Safety safety, OptionalLong lagBytes) implements Role {}

    /**
     * It replays what another sends.
     *
     * @param receiving whether its principal still sends to it
     */
    record Mirror(boolean receiving) implements Role {}

    static JdbcSide silent(Status status, String detail) {
        return new JdbcSide(status, detail, Optional.empty());
    }
}
