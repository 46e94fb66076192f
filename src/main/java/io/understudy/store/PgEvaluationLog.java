package io.understudy.store;

import io.understudy.audit.AuditEvent;
import io.understudy.control.DecisionAudit;
import io.understudy.control.EvaluationLog;
import io.understudy.control.Incident;
import io.understudy.control.RecordedDecision;
import io.understudy.control.RecordedFinding;
import io.understudy.run.Fence;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Findings, decisions and incidents in PostgreSQL. A page that starts behind an id that is not
 * there is empty.
 */
public final class PgEvaluationLog implements EvaluationLog {

    private static final Chronicle<RecordedFinding> FINDINGS =
            new Chronicle<>(
                    "finding",
                    RecordedFinding.class,
                    f ->
                            new Chronicle.Searched(
                                    f.id(),
                                    f.finding().target(),
                                    f.finding().code().name(),
                                    f.incident(),
                                    f.openedAt(),
                                    f.closedAt()));
    private static final Chronicle<RecordedDecision> DECISIONS =
            new Chronicle<>(
                    "decision",
                    RecordedDecision.class,
                    d ->
                            new Chronicle.Searched(
                                    d.id(),
                                    d.decision().target(),
                                    d.decision().remediation().name(),
                                    d.incident(),
                                    d.takenAt(),
                                    d.endedAt()));
    private static final Chronicle<Incident> INCIDENTS =
            new Chronicle<>(
                    "incident",
                    Incident.class,
                    i ->
                            new Chronicle.Searched(
                                    i.id(),
                                    i.target(),
                                    i.code().name(),
                                    Optional.of(i.id()),
                                    i.openedAt(),
                                    i.closedAt()));

    private final Database database;

    public PgEvaluationLog(Database database) {
        this.database = database;
    }

    @Override
    public void save(Change change, Optional<Fence> fence) {
        if (change.isEmpty()) {
            return;
        }
        database.run(
                "save an evaluation",
                session -> {
                    Fences.require(session, fence);
                    List<AuditEvent> audit =
                            DecisionAudit.of(DECISIONS.unknown(session, change.decisions()));
                    INCIDENTS.save(session, change.incidents());
                    FINDINGS.save(session, change.findings());
                    DECISIONS.save(session, change.decisions());
                    PgNews.tellEvaluated(
                            session,
                            change.findings().stream().map(RecordedFinding::id).toList(),
                            change.decisions().stream().map(RecordedDecision::id).toList());
                    PgAuditLog.append(session, audit);
                });
    }

    @Override
    public List<RecordedFinding> findings(Query query) {
        return database.call("list findings", s -> FINDINGS.find(s, query));
    }

    @Override
    public List<RecordedDecision> decisions(Query query) {
        return database.call("list decisions", s -> DECISIONS.find(s, query));
    }

    @Override
    public List<Incident> incidents(Query query) {
        return database.call("list incidents", s -> INCIDENTS.find(s, query));
    }

    @Override
    public List<RecordedFinding> findingsDuring(Instant from, Instant to, int limit) {
        return database.call(
                "read the findings of a time", s -> FINDINGS.during(s, from, to, limit));
    }

    @Override
    public List<RecordedDecision> decisionsDuring(Instant from, Instant to, int limit) {
        return database.call(
                "read the decisions of a time", s -> DECISIONS.during(s, from, to, limit));
    }

    @Override
    public Change saved(List<String> findings, List<String> decisions) {
        return database.call(
                "read what an evaluation has changed",
                s ->
                        new Change(
                                FINDINGS.find(s, findings),
                                DECISIONS.find(s, decisions),
                                List.of()));
    }

    @Override
    public Optional<Incident> incident(String id) {
        return database.call("find incident " + id, s -> INCIDENTS.find(s, id));
    }
}
