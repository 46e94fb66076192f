package io.understudy.app;

import io.understudy.control.LiveDocument;
import io.understudy.control.Slice;
import io.understudy.control.Vantage;
import io.understudy.estate.ComponentId;
import io.understudy.estate.Estate;
import io.understudy.estate.ObserverName;
import io.understudy.run.Fence;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is shared out among replicas, and what of it this one holds now. */
final class Sharing {

    static final String EVALUATION = "evaluation";
    static final String PROBING = "probing";

    /** The only instance of the evaluation. */
    private static final String ESTATE = "estate";

    private final Holdings holdings;
    private final LiveDocument<Estate> estate;
    private final Vantage vantage;
    private final Presence presence;
    private final int slices;

    /**
     * @param slices into how many parts what an observer looks at is shared out
     */
    Sharing(
            Holdings holdings,
            LiveDocument<Estate> estate,
            Vantage vantage,
            Presence presence,
            int slices) {
        this.holdings = holdings;
        this.estate = estate;
        this.vantage = vantage;
        this.presence = presence;
        this.slices = slices;
    }

    /** The right to record and open runs, if this replica has it. */
    Optional<Fence> evaluating() {
        return holdings.of(EVALUATION, ESTATE);
    }

    /** It has turned out that the right is somebody else's. */
    void lost(Fence fence) {
        holdings.drop(fence);
    }

    /** Whether this replica is to look at a component as an observer now. */
    boolean looks(ObserverName observer, ComponentId component) {
        return holdings.of(PROBING, Slice.with(observer, component, slices).name()).isPresent();
    }

    Map<String, Duties.Roster> rosters() {
        return Map.of(EVALUATION, new Evaluating(), PROBING, new Probing());
    }

    private List<Slice> ours() {
        return estate.current()
                .map(version -> Slice.all(vantage.observers(version.body()), slices))
                .orElse(List.of());
    }

    private boolean known(ObserverName observer) {
        return estate.current().stream()
                .flatMap(version -> version.body().observers().stream())
                .anyMatch(there -> there.name().equals(observer));
    }

    private static final class Evaluating implements Duties.Roster {
        @Override
        public List<String> instances() {
            return List.of(ESTATE);
        }

        @Override
        public Duties.Fit fit(String instance) {
            return instance.equals(ESTATE) ? Duties.Fit.OURS : Duties.Fit.NOBODYS;
        }

        @Override
        public int fair() {
            return 1;
        }
    }

    private final class Probing implements Duties.Roster {
        @Override
        public List<String> instances() {
            return ours().stream().map(Slice::name).toList();
        }

        @Override
        public Duties.Fit fit(String instance) {
            Optional<Slice> slice =
                    Slice.named(instance)
                            .filter(s -> s.of() == slices)
                            .filter(s -> known(s.observer()));
            if (slice.isEmpty()) {
                return Duties.Fit.NOBODYS;
            }
            return ours().contains(slice.get()) ? Duties.Fit.OURS : Duties.Fit.THEIRS;
        }

        @Override
        public int fair() {
            return presence.fairShare(ours());
        }
    }
}
