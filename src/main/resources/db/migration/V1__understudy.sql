-- What Understudy keeps. Bodies are JSON as document.Json writes it; beside a body stand only the columns that
-- queries, locks and constraints need. Times are the application's, to the microsecond, except leases: those are
-- by this database's clock, the only one that all replicas share.

-- What is written once and never again: refused here, so that no code, tool or tired person can do it by mistake.
create function refuse_change() returns trigger language plpgsql as $$
begin
    raise exception '% of % is refused: what is written there is never changed', tg_op, tg_table_name
        using errcode = 'integrity_constraint_violation';
end $$;

-- Documents: estate, policy, mapping. Each version stays as it was saved.
create table document (
    kind      text        not null,
    version   integer     not null check (version >= 1),
    body      jsonb       not null,
    saved_by  text        not null,
    saved_at  timestamptz not null,
    primary key (kind, version) -- of two who save the same version, one wins
);
create trigger document_is_never_changed before update or delete on document
    for each row execute function refuse_change();
create trigger document_is_never_emptied before truncate on document
    for each statement execute function refuse_change();

-- Observations. The primary key is what makes the same statement count once.
create table observation (
    id          text        primary key,
    component   text        not null,
    status      text        not null check (status in ('UP', 'DEGRADED', 'DOWN', 'UNKNOWN')),
    observer    text        not null,
    observed_at timestamptz not null,
    facts       jsonb       not null,
    signal      text        not null,
    samples     integer     not null check (samples >= 1),
    valid_until timestamptz,
    renewals    integer     not null default 0, -- how often it was said to be valid for longer; 0 for a row just made
    received_at timestamptz not null
);
create index observation_by_time on observation (observed_at, id);
create index observation_by_component on observation (component, observed_at, id);
create index observation_by_validity on observation (valid_until) where valid_until is not null;

-- Findings, decisions and incidents; seq orders pages, the newest having the greatest.
create table incident (
    id        text        primary key,
    seq       bigint      not null generated always as identity unique,
    target    text        not null,
    kind      text        not null, -- code of the finding that opened it
    incident  text        not null check (incident = id), -- so that all three are searched alike
    opened_at timestamptz not null,
    ended_at  timestamptz,
    body      jsonb       not null
);
create table finding (
    id        text        primary key,
    seq       bigint      not null generated always as identity unique,
    target    text        not null,
    kind      text        not null, -- its code
    incident  text,
    opened_at timestamptz not null,
    ended_at  timestamptz,
    body      jsonb       not null
);
create table decision (
    id        text        primary key,
    seq       bigint      not null generated always as identity unique,
    target    text        not null,
    kind      text        not null, -- its remediation
    incident  text,
    opened_at timestamptz not null,
    ended_at  timestamptz,
    body      jsonb       not null
);
create index incident_by_target on incident (target, seq);
create index finding_by_target on finding (target, seq);
create index decision_by_target on decision (target, seq);
create index finding_by_incident on finding (incident, seq);
create index decision_by_incident on decision (incident, seq);
create index incident_open on incident (seq) where ended_at is null;
create index finding_open on finding (seq) where ended_at is null;
create index decision_open on decision (seq) where ended_at is null;

-- Runs.
create table run (
    id             text        primary key,
    seq            bigint      not null generated always as identity unique,
    state          text        not null check (state in ('AWAITING_APPROVAL', 'RUNNING', 'AWAITING_OPERATOR',
                                                         'SUCCEEDED', 'FAILED', 'CANCELLED', 'HANDED_OVER')),
    opened_at      timestamptz not null,
    ended_at       timestamptz,
    body           jsonb       not null,
    journal_length integer     not null default 0 check (journal_length >= 0),
    holder         text,
    token          bigint      not null default 0 check (token >= 0),
    lease_until    timestamptz not null default '-infinity', -- by this database's clock
    -- what is open holds its locks and may be acted on; a run is one or the other
    constraint run_ended_says_when
        check ((state in ('SUCCEEDED', 'FAILED', 'CANCELLED', 'HANDED_OVER')) = (ended_at is not null))
);
create index run_by_time on run (opened_at, seq);
create index run_open on run (opened_at, seq) where ended_at is null;
create index run_ended on run (ended_at) where ended_at is not null;

-- A token that fell would let an owner act that was shut out; a holder that changed without a new token would share
-- it; a run that ended and opened again would act without its locks.
create function run_guard() returns trigger language plpgsql as $$
begin
    if new.token < old.token then
        raise exception 'the token of run % would fall from % to %', old.id, old.token, new.token
            using errcode = 'integrity_constraint_violation';
    end if;
    if new.holder is distinct from old.holder and new.token <= old.token then
        raise exception 'run % would change hands without a new token', old.id
            using errcode = 'integrity_constraint_violation';
    end if;
    if old.ended_at is not null and new.ended_at is null then
        raise exception 'run % has ended and would open again', old.id
            using errcode = 'integrity_constraint_violation';
    end if;
    return new;
end $$;
create trigger run_is_guarded before update on run for each row execute function run_guard();

-- What a run keeps others away from. The primary key is the lock: two open runs cannot have the same.
create table run_lock (
    key    text primary key,
    run_id text not null references run
);
create index run_lock_by_run on run_lock (run_id);

-- What happened in a run, before and after it acted.
create table run_journal (
    run_id  text        not null references run,
    seq     integer     not null check (seq >= 0),
    at      timestamptz not null,
    step    integer     not null check (step >= 0),
    kind    text        not null check (kind in ('OPENED', 'APPROVED', 'STARTED', 'INTENT', 'ALREADY_DONE', 'ACTED',
                                                 'VERIFIED', 'STEP_FAILED', 'RESUMED', 'ASKED', 'CANCEL_REQUESTED',
                                                 'CANCELLED', 'HANDED_OVER', 'SUCCEEDED', 'FAILED')),
    token   bigint      not null check (token >= 0),
    actor   text        not null,
    message text        not null,
    primary key (run_id, seq) -- of two who write the same line, one fails
);
create trigger run_journal_is_never_changed before update or delete on run_journal
    for each row execute function refuse_change();
create trigger run_journal_is_never_emptied before truncate on run_journal
    for each statement execute function refuse_change();

-- Who did what.
create table audit (
    number  bigint      generated always as identity primary key,
    at      timestamptz not null,
    actor   text        not null,
    action  text        not null,
    subject text        not null,
    details jsonb       not null
);
create trigger audit_is_never_changed before update or delete on audit
    for each row execute function refuse_change();
create trigger audit_is_never_emptied before truncate on audit
    for each statement execute function refuse_change();

-- Keys, hashed: the check refuses a key that somebody would store as it is.
create table api_key (
    id         text        primary key,
    name       text        not null,
    roles      text[]      not null check (roles <@ array['VIEWER', 'MONITOR', 'OPERATOR', 'APPROVER', 'ADMIN']),
    hash       text        not null check (hash ~ '^[0-9a-f]{64}$'),
    created_at timestamptz not null,
    revoked_at timestamptz
);

-- Requests that start something and were sent with a key; the primary key lets one of two at once start it.
create table idempotency (
    actor        text        not null,
    key          text        not null,
    request_hash text        not null,
    claimed_at   timestamptz not null,
    status       integer, -- null while it is being carried out
    body         text,
    primary key (actor, key),
    check ((status is null) = (body is null))
);
create index idempotency_by_age on idempotency (claimed_at);
