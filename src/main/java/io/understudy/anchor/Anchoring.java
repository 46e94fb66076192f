package io.understudy.anchor;

import io.understudy.anchor.AnchorPlace.Anchored;
import io.understudy.audit.AuditChain;
import io.understudy.audit.ChainHead;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Gives each place the head of the chain when it is due. Every replica does so for itself: what a
 * place gets twice is the same. For one thread.
 */
public final class Anchoring {

    private static final System.Logger LOGGER = System.getLogger(Anchoring.class.getName());

    /**
     * When an anchor is due.
     *
     * @param interval how long after the one before, if rows were added since
     * @param entries after how many rows at the latest
     */
    public record Due(Duration interval, long entries) {}

    private final AuditChain chain;
    private final List<AnchorPlace> places;
    private final Due due;
    private final AnchorListener listener;
    private final InstantSource clock;
    private final Map<String, Anchored> newest = new HashMap<>();
    private final Set<String> failing = new HashSet<>();

    public Anchoring(
            AuditChain chain,
            List<AnchorPlace> places,
            Due due,
            AnchorListener listener,
            InstantSource clock) {
        this.chain = chain;
        this.places = List.copyOf(places);
        this.due = due;
        this.listener = listener;
        this.clock = clock;
    }

    /** Anchors where it is due; what fails is due again with the next turn. */
    public void tick() {
        Optional<ChainHead> head = chain.head().filter(now -> now.number() > 0);
        head.ifPresent(now -> places.forEach(place -> anchor(place, now)));
    }

    private void anchor(AnchorPlace place, ChainHead head) {
        Instant now = clock.instant();
        try {
            if (!newest.containsKey(place.name())) {
                place.newest().ifPresent(known -> newest.put(place.name(), known));
            }
            if (isDue(newest.get(place.name()), head, now)) {
                place.keep(head, now);
                newest.put(place.name(), new Anchored(head, now));
                listener.anchored(place.name(), head.number());
            }
            if (failing.remove(place.name())) {
                LOGGER.log(Level.INFO, "the audit is anchored by {0} again", place.name());
            }
        } catch (IOException | RuntimeException e) {
            listener.failed(place.name());
            if (failing.add(place.name())) {
                LOGGER.log(
                        Level.WARNING,
                        "the audit is not anchored by {0}, and it is tried again until it is: {1}",
                        place.name(),
                        e.getMessage());
            }
        }
    }

    private boolean isDue(@Nullable Anchored known, ChainHead head, Instant now) {
        if (known == null) {
            return true;
        }
        long added = head.number() - known.head().number();
        return added >= due.entries()
                || added != 0 && !now.isBefore(known.at().plus(due.interval()));
    }
}
