-- The simulated twin, which all replicas act on and look at: in parts, so that a change writes what it changes.
-- Whoever changes it holds the lock of the one row of twin; whoever looks reads the parts of newer versions.
create table twin (
    one       boolean primary key default true check (one),
    version   bigint  not null check (version >= 0), -- 0: nothing was ever kept
    forgotten bigint  not null default 0             -- parts that were gone by this version have no row any more
);
insert into twin (version) values (0);
create table twin_part (
    kind    text   not null,
    key     text   not null,
    version bigint not null, -- that changed it last
    body    jsonb,           -- null: it is gone
    primary key (kind, key)
);
create index twin_part_by_version on twin_part (version);

-- What was really carried out on the twin: each effect once.
create table twin_log (
    number  bigint      generated always as identity primary key,
    at      timestamptz not null, -- in the twin's time
    run_id  text        not null,
    step    integer     not null,
    attempt integer     not null,
    token   bigint      not null,
    action  jsonb       not null
);
create trigger twin_log_is_never_changed before update or delete on twin_log
    for each row execute function refuse_change();
create trigger twin_log_is_never_emptied before truncate on twin_log
    for each statement execute function refuse_change();

-- By which transaction an observation was said or renewed, so that each replica can read what the others have
-- accepted: all that a snapshot sees is there once every older transaction has ended. What was there before has 0,
-- which needs no rewriting of the table.
alter table observation add column tx xid8 not null default '0';
alter table observation alter column tx set default pg_current_xact_id();
create index observation_by_tx on observation (tx);
