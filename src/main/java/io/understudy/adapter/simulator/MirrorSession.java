package io.understudy.adapter.simulator;

import io.understudy.estate.Position;
import io.understudy.health.MirroringState;
import java.time.Instant;
import java.util.Optional;

/**
 * The mirroring session of one database, safety FULL (domain.md 4.4 to 4.6).
 *
 * <p>There is one principal at any time; whether it serves is a question of its links.
 *
 * @param principal who holds the role
 * @param inStep whether the mirror has everything that was ever committed
 * @param armed whether principal, mirror and witness were all linked and in step when the principal
 *     was last seen: only then does the mirror take over by itself
 * @param apart whether the partners have lost each other
 * @param forced whether the last switch was forced and the old principal has not been resumed
 * @param failoverAt when the mirror takes over by itself
 * @param synchronizedAt when a partner that has returned will have caught up
 * @param resumedAt when the twin's administrator resumes the session after a forced switch
 */
public record MirrorSession(
        Position principal,
        boolean inStep,
        boolean armed,
        boolean apart,
        boolean forced,
        Optional<Instant> failoverAt,
        Optional<Instant> synchronizedAt,
        Optional<Instant> resumedAt) {

    /** What the mirror is kept from. */
    enum Hold {
        NONE,
        SUSPENDED,
        BEHIND
    }

    /**
     * Who sees whom: a link is there when both its ends are up and nothing lies between them.
     *
     * @param witnessSet whether the session has a witness at all
     */
    record Links(
            boolean principalUp,
            boolean mirrorUp,
            boolean partners,
            boolean witnessSet,
            boolean principalToWitness,
            boolean mirrorToWitness,
            Hold hold) {

        /** Whether clients get the database from its principal. */
        boolean serves() {
            return principalUp && (partners || !witnessSet || principalToWitness);
        }
    }

    static final MirrorSession FRESH =
            new MirrorSession(
                    Position.PRIMARY,
                    true,
                    false,
                    false,
                    false,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty());

    /** A session whose mirror begins anew with what the configured primary has. */
    static final MirrorSession REBUILT =
            new MirrorSession(
                    Position.PRIMARY,
                    false,
                    false,
                    true,
                    false,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty());

    /** The session at {@code now}, which none of its own deadlines lies before. */
    MirrorSession next(Links links, TwinSettings settings, Instant now) {
        if (!links.partners()) {
            return apart(links, settings, now);
        }
        if (forced && now.isBefore(resume(settings, now))) {
            return together(false, false, Optional.empty(), Optional.of(resume(settings, now)));
        }
        if (links.hold() != Hold.NONE) {
            return together(false, false, Optional.empty(), Optional.empty());
        }
        boolean behind = apart || forced || (!inStep && synchronizedAt.isEmpty());
        Optional<Instant> caughtUp =
                behind ? Optional.of(now.plus(settings.resynchronization())) : synchronizedAt;
        if (caughtUp.filter(now::isBefore).isPresent()) {
            return together(false, false, caughtUp, Optional.empty());
        }
        boolean watched = links.principalToWitness() && links.mirrorToWitness();
        return together(true, watched, Optional.empty(), Optional.empty());
    }

    private Instant resume(TwinSettings settings, Instant now) {
        return resumedAt.orElseGet(() -> now.plus(settings.resumeAfterForce()));
    }

    private MirrorSession together(
            boolean nowInStep,
            boolean nowArmed,
            Optional<Instant> caughtUp,
            Optional<Instant> resume) {
        return new MirrorSession(
                principal,
                nowInStep,
                nowArmed,
                false,
                resume.isPresent(),
                Optional.empty(),
                caughtUp,
                resume);
    }

    private MirrorSession apart(Links links, TwinSettings settings, Instant now) {
        boolean principalCounted = links.principalUp() && links.principalToWitness();
        boolean stillArmed =
                armed && links.mirrorUp() && links.mirrorToWitness() && !principalCounted;
        if (!stillArmed) {
            return new MirrorSession(
                    principal,
                    inStep && !links.serves(),
                    false,
                    true,
                    forced,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty());
        }
        Instant due =
                failoverAt.orElseGet(
                        () -> now.plus(settings.partnerTimeout()).plus(settings.redo()));
        if (now.isBefore(due)) {
            return new MirrorSession(
                    principal,
                    inStep,
                    true,
                    true,
                    forced,
                    Optional.of(due),
                    Optional.empty(),
                    Optional.empty());
        }
        return switched(false, true);
    }

    /** After the other partner has become principal. */
    MirrorSession switched(boolean byForce, boolean partnersApart) {
        return new MirrorSession(
                principal.other(),
                inStep && !partnersApart && !byForce,
                false,
                partnersApart || byForce,
                byForce,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** After SET PARTNER RESUME: the mirror has to catch up. */
    MirrorSession resumed() {
        return new MirrorSession(
                principal,
                false,
                false,
                apart,
                false,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** Whether it is SUSPENDED, or will be once the partners see each other again. */
    boolean suspended(Links links) {
        return forced || links.hold() == Hold.SUSPENDED;
    }

    /** Whether the mirror is taking over by itself at this moment. */
    boolean pending(TwinSettings settings, Instant now) {
        return failoverAt.filter(due -> !now.isBefore(due.minus(settings.redo()))).isPresent();
    }

    /** What sys.database_mirroring says while the partners see each other, or on the side asked. */
    MirroringState state(Links links, TwinSettings settings, Instant now) {
        if (!links.partners()) {
            return pending(settings, now)
                    ? MirroringState.PENDING_FAILOVER
                    : MirroringState.DISCONNECTED;
        }
        if (suspended(links)) {
            return MirroringState.SUSPENDED;
        }
        return inStep ? MirroringState.SYNCHRONIZED : MirroringState.SYNCHRONIZING;
    }
}
