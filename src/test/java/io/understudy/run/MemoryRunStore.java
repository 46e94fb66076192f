package io.understudy.run;

import io.understudy.audit.MemoryAudit;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** A store of runs for tests, held to the same contract as the real one. */
public final class MemoryRunStore implements RunStore {

    private final InstantSource clock;
    private final MemoryAudit audit;
    private final Map<String, Run> runs = new LinkedHashMap<>();
    private final Map<String, List<JournalEntry>> journals = new HashMap<>();
    private final Map<String, Lease> leases = new HashMap<>();
    private final Map<String, Long> tokens = new HashMap<>();
    private final Map<String, Set<String>> locks = new HashMap<>();

    public MemoryRunStore(InstantSource clock) {
        this(clock, new MemoryAudit());
    }

    public MemoryRunStore(InstantSource clock, MemoryAudit audit) {
        this.clock = clock;
        this.audit = audit;
    }

    @Override
    public synchronized void open(
            Run run,
            Set<String> wanted,
            List<JournalEntry> journal,
            Optional<Fence> fence,
            Optional<Receipt> receipt) {
        if (runs.containsKey(run.id())) {
            throw new RunRefusal(
                    RunRefusal.Reason.WRONG_STATE,
                    "there is a run " + run.id() + " already",
                    "look at it; nothing was opened");
        }
        locks.values().stream()
                .flatMap(Set::stream)
                .filter(wanted::contains)
                .findFirst()
                .ifPresent(lock -> {
                    throw new RunRefusal(
                            RunRefusal.Reason.LOCKED,
                            "another run holds " + lock,
                            "wait for its end");
                });
        locks.put(run.id(), Set.copyOf(wanted));
        runs.put(run.id(), run);
        journals.put(run.id(), new ArrayList<>(journal));
        RunAudit.of(run, journal).forEach(audit::append);
    }

    @Override
    public synchronized Optional<Run> find(String id) {
        return Optional.ofNullable(runs.get(id));
    }

    @Override
    public synchronized List<Run> open() {
        return runs.values().stream()
                .filter(run -> !run.state().ended())
                .sorted(Comparator.comparing(Run::openedAt))
                .toList();
    }

    @Override
    public synchronized List<Run> endedSince(Instant since) {
        return runs.values().stream()
                .filter(run -> run.endedAt().filter(at -> !at.isBefore(since)).isPresent())
                .toList();
    }

    @Override
    public synchronized List<Run> newest(int limit, Optional<String> before) {
        List<Run> all =
                runs.values().stream()
                        .sorted(Comparator.comparing(Run::openedAt).reversed())
                        .toList();
        if (before.isEmpty()) {
            return all.stream().limit(limit).toList();
        }
        return all.stream()
                .dropWhile(run -> !run.id().equals(before.get()))
                .skip(1)
                .limit(limit)
                .toList();
    }

    @Override
    public synchronized List<JournalEntry> journal(String id, int from) {
        return journals.getOrDefault(id, List.of()).stream().skip(from).toList();
    }

    @Override
    public synchronized Optional<Lease> acquire(String id, String holder, Duration time) {
        if (find(id).filter(run -> !run.state().ended()).isEmpty()) {
            return Optional.empty();
        }
        Instant now = clock.instant();
        Lease held = leases.get(id);
        if (held != null && !held.holder().equals(holder) && held.until().isAfter(now)) {
            return Optional.empty();
        }
        boolean same = held != null && held.holder().equals(holder);
        long token = same ? held.token() : tokens.merge(id, 1L, Long::sum);
        Lease lease = new Lease(id, holder, token, now.plus(time));
        leases.put(id, lease);
        return Optional.of(lease);
    }

    @Override
    public synchronized void release(Lease lease) {
        Lease held = leases.get(lease.runId());
        if (held != null && held.token() == lease.token()) {
            leases.put(lease.runId(), ended(held));
        }
    }

    @Override
    public synchronized void endLeases() {
        leases.replaceAll((_, held) -> ended(held));
    }

    /** Whoever had it last keeps the token if nobody takes it meanwhile. */
    private static Lease ended(Lease held) {
        return new Lease(held.runId(), held.holder(), held.token(), Instant.MIN);
    }

    @Override
    public Run change(String id, Fence fence, Function<Run, Change> change) {
        return change(id, Optional.empty(), change);
    }

    @Override
    public synchronized Run change(String id, Optional<Lease> lease, Function<Run, Change> change) {
        Run run = runs.get(id);
        if (run == null) {
            throw new RunRefusal(
                    RunRefusal.Reason.NOT_FOUND, "there is no run " + id, "look at the list");
        }
        if (lease.isPresent() && lease.get().token() != tokens.getOrDefault(id, 0L)) {
            throw new RunRefusal(
                    RunRefusal.Reason.LEASE_LOST, "run " + id + " has another owner", "nothing");
        }
        Change made = change.apply(run);
        runs.put(id, made.run());
        journals.computeIfAbsent(id, _ -> new ArrayList<>()).addAll(made.journal());
        RunAudit.of(made.run(), made.journal()).forEach(audit::append);
        if (made.run().state().ended()) {
            locks.remove(id);
        }
        return made.run();
    }
}
