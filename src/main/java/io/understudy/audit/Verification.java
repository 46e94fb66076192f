package io.understudy.audit;

import java.util.Optional;

/**
 * What a walk along the chain found.
 *
 * @param verified how many rows hold, from the first on
 * @param last the last of them
 * @param anchors how many anchors were compared
 * @param broken where it does not hold
 */
public record Verification(long verified, ChainHead last, long anchors, Optional<Break> broken) {

    public boolean intact() {
        return broken.isEmpty();
    }
}
