package io.understudy.control;

import io.understudy.audit.AuditEvent;
import io.understudy.run.Receipt;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/**
 * A document in force: the newest version of its store, kept at hand, since every evaluation needs
 * it. Saving it puts it in force at once. Safe on any thread.
 */
public final class LiveDocument<T> {

    /** How often {@link #change} may be overtaken. */
    public static final int MOST_ATTEMPTS = 100;

    private final String name;
    private final DocumentStore<T> store;
    private final InstantSource clock;
    private final Runnable changed;
    private final Optional<DocumentStore.Version<T>> fallback;
    private final AtomicReference<Optional<DocumentStore.Version<T>>> current;

    /**
     * @param name what it is, in lower case: estate, policy, mapping
     * @param fallback what is in force, as version 0, while none was ever saved
     * @param changed called after another version has come into force
     */
    public LiveDocument(
            String name,
            DocumentStore<T> store,
            Optional<T> fallback,
            InstantSource clock,
            Runnable changed) {
        this.name = name;
        this.store = store;
        this.clock = clock;
        this.changed = changed;
        this.fallback =
                fallback.map(body ->
                        new DocumentStore.Version<>(0, body, "understudy", clock.instant()));
        this.current = new AtomicReference<>(this.fallback);
    }

    /**
     * The version that was in force at a time: the newest that was saved by then, else what holds
     * before anything is saved, else the first; empty when there is none.
     */
    public Optional<DocumentStore.Version<T>> inForce(Instant at) {
        List<DocumentStore.Version<T>> saved = store.versions();
        return saved.stream()
                .filter(version -> !version.savedAt().isAfter(at))
                .findFirst()
                .or(() -> fallback)
                .or(() -> saved.reversed().stream().findFirst());
    }

    /** The version in force; empty when there is none. */
    public Optional<DocumentStore.Version<T>> current() {
        return current.get();
    }

    public Optional<DocumentStore.Version<T>> version(int version) {
        return store.version(version);
    }

    /** Newest first. */
    public List<DocumentStore.Version<T>> versions() {
        return store.versions();
    }

    /**
     * Puts in force what the store has now, which another process may have saved. A version that
     * the database lost when it failed over is in force no more, nor is it against another one of
     * its number.
     */
    public void refresh() {
        while (true) {
            Optional<DocumentStore.Version<T>> before = current.get();
            Optional<DocumentStore.Version<T>> stored = store.current().or(() -> fallback);
            if (before.map(Saved::of).equals(stored.map(Saved::of))) {
                return;
            }
            // what was saved here meanwhile may be newer than what was read
            if (current.compareAndSet(before, stored)) {
                changed.run();
                return;
            }
        }
    }

    /**
     * Saves a new version and puts it in force.
     *
     * @param expected see {@link DocumentStore#save}
     * @throws DocumentStore.VersionConflict when another version was saved meanwhile
     */
    public DocumentStore.Version<T> save(T body, Optional<Integer> expected, String actor) {
        return save(new Change<>(body, Map.of()), expected, actor, _ -> Optional.empty());
    }

    /**
     * A changed document.
     *
     * @param details what was changed and why, for the audit
     */
    public record Change<T>(T body, Map<String, String> details) {}

    /**
     * Changes what is in force. Whoever is overtaken by another change makes his on top of that:
     * none is lost.
     *
     * @param edit makes the new version out of the one in force; called again when overtaken
     * @throws DocumentStore.VersionConflict when overtaken {@link #MOST_ATTEMPTS} times
     * @throws java.util.NoSuchElementException when nothing is in force
     */
    public DocumentStore.Version<T> change(
            Function<DocumentStore.Version<T>, Change<T>> edit, String actor) {
        return change(edit, actor, _ -> Optional.empty());
    }

    /**
     * The same for a request, which is answered with it: both or neither.
     *
     * @param receipt what is answered for the version that is saved
     * @throws io.understudy.run.ReceiptRefusal when it is no longer the request that is to be
     *     answered
     */
    public DocumentStore.Version<T> change(
            Function<DocumentStore.Version<T>, Change<T>> edit,
            String actor,
            Function<DocumentStore.Version<T>, Optional<Receipt>> receipt) {
        for (int attempt = 1; ; attempt++) {
            DocumentStore.Version<T> before = current().orElseThrow();
            try {
                return save(edit.apply(before), Optional.of(before.version()), actor, receipt);
            } catch (DocumentStore.VersionConflict e) {
                if (attempt == MOST_ATTEMPTS) {
                    throw e;
                }
                refresh();
            }
        }
    }

    private DocumentStore.Version<T> save(
            Change<T> change,
            Optional<Integer> expected,
            String actor,
            Function<DocumentStore.Version<T>, Optional<Receipt>> receipt) {
        DocumentStore.Version<T> saved =
                store.save(
                        change.body(),
                        expected,
                        actor,
                        clock.instant(),
                        version -> audited(version, change.details()),
                        receipt);
        putInForce(saved);
        return saved;
    }

    private AuditEvent audited(DocumentStore.Version<T> version, Map<String, String> what) {
        Map<String, String> details = new TreeMap<>(what);
        details.put("version", Integer.toString(version.version()));
        String action = name.toUpperCase(Locale.ROOT) + "_CHANGED";
        return new AuditEvent(version.savedAt(), version.savedBy(), action, name, details);
    }

    private void putInForce(DocumentStore.Version<T> saved) {
        Optional<DocumentStore.Version<T>> before =
                current.getAndUpdate(old ->
                        old.map(o -> isNewer(saved, o)).orElse(true) ? Optional.of(saved) : old);
        if (before.map(old -> isNewer(saved, old)).orElse(true)) {
            changed.run();
        }
    }

    /** Of two of the same number the database has lost the one that was saved first. */
    private static <T> boolean isNewer(
            DocumentStore.Version<T> one, DocumentStore.Version<T> other) {
        return one.version() == other.version()
                ? one.savedAt().isAfter(other.savedAt())
                : one.version() > other.version();
    }

    /** By what a version is told from another one of the same number. */
    private record Saved(int version, Instant at) {
        private static Saved of(DocumentStore.Version<?> version) {
            return new Saved(version.version(), version.savedAt());
        }
    }
}
