-- Observations by the week in which they were received: a week that is no longer kept is dropped whole, which costs
-- nothing however many rows it has. A partitioned table can promise no unique id by itself, so ids have their own.
create table observation_id (
    id          text        primary key, -- is what makes the same statement count once
    received_at timestamptz not null     -- where it is
);
create index observation_id_by_time on observation_id (received_at);
insert into observation_id (id, received_at) select id, received_at from observation;

alter table observation rename to observation_at_first;
alter table observation_at_first drop constraint observation_pkey;
alter index observation_by_time rename to observation_at_first_by_time;
alter index observation_by_component rename to observation_at_first_by_component;
alter index observation_by_validity rename to observation_at_first_by_validity;
alter index observation_by_tx rename to observation_at_first_by_tx;
create table observation (like observation_at_first including defaults including constraints)
    partition by range (received_at);
create index observation_by_id on observation (id);
create index observation_by_time on observation (observed_at, id);
create index observation_by_component on observation (component, observed_at, id);
create index observation_by_validity on observation (valid_until) where valid_until is not null;
create index observation_by_tx on observation (tx);
-- what no week is there for: nothing is ever refused for want of one
create table observation_else partition of observation default;

-- All that there was is one more partition, up to the end of its last week.
do $$
declare
    week timestamptz := (select date_trunc('week', max(received_at) at time zone 'UTC') at time zone 'UTC'
                         from observation_at_first);
begin
    if week is null then
        drop table observation_at_first;
    else
        execute format('alter table observation attach partition observation_at_first for values from (minvalue) to (%L)',
                       week + interval '168 hours');
    end if;
end $$;

-- Where each partition ends, which says whether a week is there and whether one is over.
create view observation_week as
    select child.relname as name,
           substring(pg_get_expr(child.relpartbound, child.oid) from $re$TO \('([^']+)'\)$re$)::timestamptz as ends_at
    from pg_inherits
    join pg_class child on child.oid = inhrelid
    where inhparent = 'observation'::regclass and pg_get_expr(child.relpartbound, child.oid) <> 'DEFAULT';

-- The service's own role makes and drops no tables: these do it for that role, and nothing else.
create function make_observation_weeks(since timestamptz, weeks integer) returns integer
    language plpgsql security definer set timezone = 'UTC' as $$
declare
    begins timestamptz := greatest(date_trunc('week', since), (select max(ends_at) from observation_week));
    made   integer := 0;
    week   text;
begin
    perform pg_advisory_xact_lock(hashtext('observation_week'));
    begins := greatest(begins, (select max(ends_at) from observation_week));
    while begins < date_trunc('week', since) + weeks * interval '168 hours' loop
        week := 'observation_' || to_char(begins, 'YYYYMMDD');
        execute format('create table %I (like observation including defaults including constraints)', week);
        -- what came while no week was there for it
        execute format('with kept as (delete from observation_else where received_at >= $1 and received_at < $2'
                       ' returning *) insert into %I select * from kept', week)
            using begins, begins + interval '168 hours';
        execute format('alter table observation attach partition %I for values from (%L) to (%L)',
                       week, begins, begins + interval '168 hours');
        made := made + 1;
        begins := begins + interval '168 hours';
    end loop;
    return made;
end $$;

create function drop_observation_weeks(until timestamptz) returns integer
    language plpgsql security definer set timezone = 'UTC' as $$
declare
    dropped integer := 0;
    week    text;
begin
    -- a week is the least that is kept, whoever asks
    for week in select name from observation_week where ends_at <= least(until, clock_timestamp() - interval '168 hours')
    loop
        execute format('drop table %I', week);
        dropped := dropped + 1;
    end loop;
    return dropped;
end $$;

-- A function that acts for its owner looks for nothing in schemas that its caller may write to.
do $$
begin
    execute format('alter function make_observation_weeks(timestamptz, integer) set search_path = %I, pg_temp',
                   current_schema());
    execute format('alter function drop_observation_weeks(timestamptz) set search_path = %I, pg_temp',
                   current_schema());
end $$;

-- Facts without what is measured anew at every look: such numbers alone are no change.
create function telling_facts(facts jsonb) returns jsonb language sql immutable as $$
    select case
        when jsonb_typeof(facts -> 'backupService') = 'array' then
            (facts - '{logShipping,redoQueueKb,redoRateKbPerSecond,activeUsers}'::text[])
            || jsonb_build_object('backupService', (select jsonb_agg(module - 'lastSteadyAt')
                                                    from jsonb_array_elements(facts -> 'backupService') module))
        else facts - '{logShipping,redoQueueKb,redoRateKbPerSecond,activeUsers}'::text[]
    end
$$;

-- How far observations have been tended; one row, which whoever tends them holds meanwhile.
create table observation_care (
    only_one      boolean     primary key default true check (only_one),
    tended_at     timestamptz not null default '-infinity',
    thinned_until timestamptz not null default '-infinity'
);
insert into observation_care default values;
