-- Replicas: who is there, and who does what. All times here are by this database's clock.

-- Work that is shared out: the tables of the library db-scheduler 16, which says who has picked what (picked_by is a
-- replica's name), since when it was last heard of, and counts every change of hands in version. Without the indexes
-- that it proposes: the tables are small, and without an index on what changes with every heartbeat an update stays
-- within its page.
create table scheduled_tasks (
    task_name            text        not null,
    task_instance        text        not null,
    task_data            bytea,
    execution_time       timestamptz not null,
    picked               boolean     not null,
    picked_by            text,
    last_success         timestamptz,
    last_failure         timestamptz,
    consecutive_failures integer,
    last_heartbeat       timestamptz,
    version              bigint      not null,
    primary key (task_name, task_instance)
) with (fillfactor = 50);

-- The same for runs: apart, so that many runs do not keep a replica from probing and evaluating.
create table scheduled_runs (like scheduled_tasks including all) with (fillfactor = 50);

-- Every process that works on this database. Its name is its own: a process that starts again has another.
create table replica (
    name       text        primary key check (length(name) between 1 and 50), -- the library cuts off what is longer
    host       text        not null,
    port       integer,
    version    text        not null,
    observers  text[],     -- whom it plays; null: all of the estate
    started_at timestamptz not null,
    last_seen  timestamptz not null
) with (fillfactor = 50);
