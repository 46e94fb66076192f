package io.understudy.control;

import io.understudy.audit.AuditEvent;
import io.understudy.audit.MemoryAudit;
import io.understudy.run.Receipt;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** A versioned document for tests. */
final class MemoryDocuments<T> implements DocumentStore<T> {

    private final List<Version<T>> versions = new ArrayList<>();
    private final MemoryAudit audit;
    private Runnable onceRead = () -> {};

    MemoryDocuments(MemoryAudit audit) {
        this.audit = audit;
    }

    @Override
    public Optional<Version<T>> current() {
        Optional<Version<T>> newest = versions.reversed().stream().findFirst();
        Runnable then = onceRead;
        onceRead = () -> {};
        then.run();
        return newest;
    }

    /** Does something between the next reading of the newest version and the answer to it. */
    void onceRead(Runnable then) {
        onceRead = then;
    }

    /** As a database does that fails over to a server that was behind. */
    void loseNewest() {
        versions.removeLast();
    }

    @Override
    public Optional<Version<T>> version(int version) {
        return versions.stream().filter(v -> v.version() == version).findFirst();
    }

    @Override
    public List<Version<T>> versions() {
        return versions.reversed();
    }

    @Override
    public Version<T> save(
            T body,
            Optional<Integer> expected,
            String savedBy,
            Instant savedAt,
            Function<Version<T>, AuditEvent> audited,
            Function<Version<T>, Optional<Receipt>> receipt) {
        if (expected.filter(e -> e != versions.size()).isPresent()) {
            throw new VersionConflict(versions.size());
        }
        Version<T> version = new Version<>(versions.size() + 1, body, savedBy, savedAt);
        versions.add(version);
        audit.append(audited.apply(version));
        return version;
    }
}
