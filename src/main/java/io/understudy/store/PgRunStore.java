package io.understudy.store;

import io.understudy.control.News;
import io.understudy.document.Json;
import io.understudy.run.Fence;
import io.understudy.run.JournalEntry;
import io.understudy.run.Lease;
import io.understudy.run.Receipt;
import io.understudy.run.Run;
import io.understudy.run.RunAudit;
import io.understudy.run.RunRefusal;
import io.understudy.run.RunStore;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Runs in PostgreSQL. A change may be computed more than once when others are in its way, and is
 * saved once. Times of journals are kept to the microsecond.
 */
public final class PgRunStore implements RunStore {

    private static final String FIND = "select body from run where id = ?";
    private static final String OPEN =
            "select body from run where ended_at is null order by opened_at, seq";
    private static final String ENDED =
            "select body from run where ended_at >= ? order by ended_at, seq";
    private static final String NEWEST =
            "select body from run order by opened_at desc, seq desc limit ?";
    private static final String NEWEST_BEFORE =
            """
            select body from run where (opened_at, seq) < (select opened_at, seq from run where id = ?)
            order by opened_at desc, seq desc limit ?
            """;
    private static final String INSERT =
            """
            insert into run (id, state, opened_at, ended_at, body, journal_length)
            values (?, ?, ?, ?, ?::jsonb, ?) on conflict (id) do nothing
            """;
    private static final String FOR_UPDATE =
            "select body, token, journal_length from run where id = ? for update";
    private static final String UPDATE =
            """
            update run set state = ?, ended_at = ?, body = ?::jsonb, journal_length = journal_length + ?
            where id = ? and token = ?
            """;

    /** Who had it last keeps the token; anyone else gets a greater one. */
    private static final String ACQUIRE =
            """
            update run
            set token = case when holder = ? then token else token + 1 end,
                holder = ?,
                lease_until = clock_timestamp() + ?::interval
            where id = ? and ended_at is null
              and (holder is null or holder = ? or lease_until <= clock_timestamp())
            returning token, lease_until
            """;

    private static final String RELEASE =
            "update run set lease_until = '-infinity' where id = ? and holder = ? and token = ?";
    private static final String END_LEASES =
            "update run set lease_until = '-infinity' where ended_at is null";

    /** What {@link #change} finds under the row lock. */
    private record Locked(Run run, long token, int journalLength) {}

    private final Database database;

    public PgRunStore(Database database) {
        this.database = database;
    }

    @Override
    public void open(
            Run run,
            Set<String> locks,
            List<JournalEntry> journal,
            Optional<Fence> fence,
            Optional<Receipt> receipt) {
        database.run(
                "open run " + run.id(),
                session -> {
                    Fences.require(session, fence);
                    PgIdempotencyStore.keep(session, receipt);
                    int inserted =
                            session.update(
                                    INSERT,
                                    run.id(),
                                    run.state().name(),
                                    run.openedAt(),
                                    run.endedAt(),
                                    Json.write(run),
                                    journal.size());
                    if (inserted == 0) {
                        throw new RunRefusal(
                                RunRefusal.Reason.WRONG_STATE,
                                "there is a run " + run.id() + " already",
                                "look at it; nothing was opened");
                    }
                    if (!run.state().ended()) {
                        new RunLocks(session).take(run.id(), locks);
                    }
                    new RunJournal(session).write(run.id(), 0, journal);
                    PgNews.tell(session, new News.RunChanged(run.id(), 0, journal.size()));
                    PgAuditLog.append(session, RunAudit.of(run, journal));
                });
    }

    @Override
    public Optional<Run> find(String id) {
        return database.call("find run " + id, s -> s.first(FIND, PgRunStore::run, id));
    }

    @Override
    public List<Run> open() {
        return database.call("list the open runs", s -> s.list(OPEN, PgRunStore::run));
    }

    @Override
    public List<Run> endedSince(Instant since) {
        return database
                .call("list the ended runs", s -> s.list(ENDED, PgRunStore::run, since))
                .stream()
                // the column is rounded down, the body is exact
                .filter(run -> run.endedAt().filter(at -> !at.isBefore(since)).isPresent())
                .toList();
    }

    @Override
    public List<Run> newest(int limit, Optional<String> before) {
        return database.call(
                "list runs",
                s ->
                        before.isEmpty()
                                ? s.list(NEWEST, PgRunStore::run, limit)
                                : s.list(NEWEST_BEFORE, PgRunStore::run, before.get(), limit));
    }

    @Override
    public List<JournalEntry> journal(String id, int from) {
        return database.call(
                "read the journal of run " + id, session -> new RunJournal(session).read(id, from));
    }

    @Override
    public Optional<Lease> acquire(String id, String holder, Duration time) {
        return database.call(
                "acquire run " + id,
                s ->
                        s.first(
                                ACQUIRE,
                                row ->
                                        new Lease(
                                                id,
                                                holder,
                                                row.getLong("token"),
                                                Session.instant(row, "lease_until")),
                                holder,
                                holder,
                                time.toMillis() + " milliseconds",
                                id,
                                holder));
    }

    @Override
    public void release(Lease lease) {
        database.run(
                "release run " + lease.runId(),
                s -> s.update(RELEASE, lease.runId(), lease.holder(), lease.token()));
    }

    /**
     * Ends every lease, so that runs can be taken at once instead of when the leases of dead
     * processes run out; tokens go on growing. Only for a process that knows that it is alone.
     */
    public void endLeases() {
        database.run("end all leases", s -> s.update(END_LEASES));
    }

    @Override
    public Run change(String id, Optional<Lease> lease, Function<Run, Change> change) {
        return database.call(
                "change run " + id,
                session -> {
                    Locked locked = locked(session, id);
                    if (lease.isPresent() && lease.get().token() != locked.token()) {
                        throw lost(lease.get(), locked.token());
                    }
                    return changed(session, id, locked, change);
                });
    }

    @Override
    public Run change(String id, Fence fence, Function<Run, Change> change) {
        return database.call(
                "change run " + id,
                session -> {
                    Fences.require(session, Optional.of(fence));
                    return changed(session, id, locked(session, id), change);
                });
    }

    private static Locked locked(Session session, String id) throws SQLException {
        return session.first(FOR_UPDATE, PgRunStore::locked, id).orElseThrow(() -> notFound(id));
    }

    private static Run changed(
            Session session, String id, Locked locked, Function<Run, Change> change)
            throws SQLException {
        Change made = change.apply(locked.run());
        save(session, id, locked, made);
        return made.run();
    }

    private static void save(Session session, String id, Locked locked, Change made)
            throws SQLException {
        Run run = made.run();
        if (!run.id().equals(id)) {
            throw new IllegalArgumentException("run " + id + " was changed into run " + run.id());
        }
        session.update(
                UPDATE,
                run.state().name(),
                run.endedAt(),
                Json.write(run),
                made.journal().size(),
                id,
                locked.token());
        new RunJournal(session).write(id, locked.journalLength(), made.journal());
        if (run.state().ended()) {
            new RunLocks(session).free(id);
        }
        if (!made.journal().isEmpty()) {
            int from = locked.journalLength();
            PgNews.tell(session, new News.RunChanged(id, from, from + made.journal().size()));
        }
        PgAuditLog.append(session, RunAudit.of(run, made.journal()));
    }

    private static Run run(ResultSet row) throws SQLException {
        return Session.body(row, "body", Run.class);
    }

    private static Locked locked(ResultSet row) throws SQLException {
        return new Locked(run(row), row.getLong("token"), row.getInt("journal_length"));
    }

    private static RunRefusal notFound(String id) {
        return new RunRefusal(
                RunRefusal.Reason.NOT_FOUND, "there is no run " + id, "list the runs there are");
    }

    private static RunRefusal lost(Lease lease, long newest) {
        return new RunRefusal(
                RunRefusal.Reason.LEASE_LOST,
                "%s holds run %s with token %d, and the newest is %d"
                        .formatted(lease.holder(), lease.runId(), lease.token(), newest),
                "stop acting on it; whoever has the newest token carries on");
    }
}
