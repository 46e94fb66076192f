-- The audit becomes a chain: each row has the hash of the row before it and its own, so that whoever changes,
-- removes or swaps rows behind the back of the triggers leaves a chain that does not hold. And the rule of two
-- people is kept here, too, whatever the service believes.
--
-- What the service's role may do is less than what these functions do: those that write are security definer. All
-- that read tables have a fixed search path (see the end), so that no temporary table can stand in for a real one.

-- A text with its length in bytes before it, so that no two sequences of texts are written alike.
create function audit_field(value text) returns text language sql stable strict as $$
    select octet_length(convert_to(value, 'UTF8')) || ':' || value || ','
$$;

-- SHA-256 over the fields in this order; io.understudy.audit.AuditHash computes the same, docs/audit.md explains it.
create function audit_hash(number bigint, previous text, at timestamptz, actor text, action text, subject text,
                           details jsonb) returns text language sql stable as $$
    select encode(sha256(convert_to(
        audit_field('understudy audit 1')
        || audit_field(number::text)
        || audit_field(previous)
        || audit_field(to_char(audit_hash.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'))
        || audit_field(actor)
        || audit_field(action)
        || audit_field(subject)
        || audit_field((select count(*)::text from jsonb_object_keys(details)))
        || coalesce((select string_agg(audit_field(detail.key) || audit_field(detail.value), ''
                                       order by convert_to(detail.key, 'UTF8'))
                     from jsonb_each_text(details) as detail), ''),
        'UTF8')), 'hex')
$$;

-- The newest row: what its lock serialises, and what shows that rows at the end were cut off. One row, always.
create table audit_head (
    one    boolean primary key default true check (one),
    number bigint  not null check (number >= 0),
    hash   text    not null check (hash ~ '^[0-9a-f]{64}$')
);

alter table audit add column previous text, add column hash text;

-- Rows from before are chained as they are; where their numbers have gaps, by appends that were rolled back, they
-- keep them. From now on there are none.
alter table audit disable trigger audit_is_never_changed;
do $$
declare
    line audit;
    head audit_head := (true, 0, repeat('0', 64));
begin
    for line in select * from audit order by number loop
        update audit set previous = head.hash,
                         hash = audit_hash(line.number, head.hash, line.at, line.actor, line.action, line.subject,
                                           line.details)
            where number = line.number
            returning number, hash into head.number, head.hash;
    end loop;
    insert into audit_head values (head.*);
end $$;
alter table audit enable trigger audit_is_never_changed;

alter table audit
    alter column number drop identity,
    alter column previous set not null,
    alter column hash set not null,
    add constraint audit_hashes_are_sha256 check (previous ~ '^[0-9a-f]{64}$' and hash ~ '^[0-9a-f]{64}$');

-- Gives a row its place: whoever appends says only what was done. A row that says more must be right.
create function audit_chain() returns trigger language plpgsql security definer as $$
declare
    head     audit_head;
    computed text;
begin
    if jsonb_typeof(new.details) <> 'object'
            or exists (select from jsonb_each(new.details) as detail where jsonb_typeof(detail.value) <> 'string') then
        raise exception 'the details of an audit row are texts by name, and nothing else'
            using errcode = 'integrity_constraint_violation';
    end if;
    select * into strict head from audit_head for update;
    computed := audit_hash(head.number + 1, head.hash, new.at, new.actor, new.action, new.subject, new.details);
    if coalesce(new.number, head.number + 1) <> head.number + 1
            or coalesce(new.previous, head.hash) <> head.hash
            or coalesce(new.hash, computed) <> computed then
        raise exception 'audit row % does not continue the chain, whose head is row %', new.number, head.number
            using errcode = 'integrity_constraint_violation';
    end if;
    new.number := head.number + 1;
    new.previous := head.hash;
    new.hash := computed;
    update audit_head set number = new.number, hash = new.hash;
    return new;
end $$;
create trigger audit_is_chained before insert on audit for each row execute function audit_chain();

-- The head goes on with the chain and by nobody's hand.
create function audit_head_guard() returns trigger language plpgsql as $$
begin
    if tg_op <> 'UPDATE' or pg_trigger_depth() < 2 then
        raise exception '% of % is refused: it follows the audit, and nothing else may move it', tg_op, tg_table_name
            using errcode = 'integrity_constraint_violation';
    end if;
    return new;
end $$;
create trigger audit_head_follows_the_chain before insert or update or delete on audit_head
    for each row execute function audit_head_guard();
create trigger audit_head_is_never_emptied before truncate on audit_head
    for each statement execute function refuse_change();

-- Two people. Names that differ only in case or white space are one person's: rather one approval too few.
create function person_of(actor text) returns text language sql immutable strict as $$
    select lower(btrim(regexp_replace(actor, '\s+', ' ', 'g')))
$$;

-- How many people must approve a run, by its body; Run.approvalsNeeded() says the same.
create function run_approvals_needed(body jsonb) returns integer language sql immutable as $$
    select greatest(coalesce((body -> 'decision' ->> 'approvalsRequired')::integer, 0),
                    case when body ->> 'openedBy' = 'understudy'
                              and body -> 'decision' ->> 'mode' is distinct from 'AUTOMATE' then 1 else 0 end)
$$;

alter table run add column opened_by text, add column approvals_needed integer;
update run set opened_by = body ->> 'openedBy', approvals_needed = run_approvals_needed(body);
alter table run
    alter column opened_by set not null,
    alter column approvals_needed set not null,
    add constraint run_needs_approvals check (approvals_needed >= 0);

-- Who approved which run: taken from what the run's body gains, in the same transaction, and never taken back.
create table run_approval (
    run    text        not null references run,
    actor  text        not null,
    at     timestamptz not null,
    person text        not null generated always as (person_of(actor)) stored,
    primary key (run, person) -- nobody counts twice
);
insert into run_approval (run, actor, at)
select run.id, given ->> 'actor', (given ->> 'at')::timestamptz
from run, jsonb_array_elements(coalesce(run.body -> 'approvals', '[]')) as given
on conflict do nothing;
create trigger run_approval_is_never_changed before update or delete on run_approval
    for each row execute function refuse_change();
create trigger run_approval_is_never_emptied before truncate on run_approval
    for each statement execute function refuse_change();

create function run_approval_guard() returns trigger language plpgsql as $$
begin
    if exists (select from run where id = new.run and approvals_needed > 1
                                     and person_of(opened_by) = person_of(new.actor)) then
        raise exception 'run % needs two approvals, and % opened it', new.run, new.actor
            using errcode = 'integrity_constraint_violation';
    end if;
    return new;
end $$;
create trigger run_approval_is_guarded before insert on run_approval
    for each row execute function run_approval_guard();

-- Who opened a run and how many must approve it is said once.
create function run_opening() returns trigger language plpgsql as $$
begin
    if tg_op = 'INSERT' then
        new.opened_by := new.body ->> 'openedBy';
        new.approvals_needed := run_approvals_needed(new.body);
    elsif (new.opened_by, new.approvals_needed) is distinct from (old.opened_by, old.approvals_needed)
            or new.body ->> 'openedBy' is distinct from old.opened_by then
        raise exception 'who opened run % and how many must approve it is never changed', old.id
            using errcode = 'integrity_constraint_violation';
    end if;
    return new;
end $$;
create trigger run_opening_is_kept before insert or update on run for each row execute function run_opening();

-- A run acts only once it is approved: it leaves AWAITING_APPROVAL for nothing but an end without acts before that.
create function run_start() returns trigger language plpgsql security definer as $$
declare
    given   jsonb := coalesce(new.body -> 'approvals', '[]');
    waiting boolean := true;
    people  integer;
begin
    if tg_op = 'UPDATE' then
        waiting := old.state = 'AWAITING_APPROVAL';
    end if;
    if tg_op = 'INSERT' or given is distinct from coalesce(old.body -> 'approvals', '[]') then
        insert into run_approval (run, actor, at)
        select new.id, approval ->> 'actor', (approval ->> 'at')::timestamptz
        from jsonb_array_elements(given) as approval
        on conflict do nothing;
        if exists (select from run_approval as kept where kept.run = new.id and kept.person not in (
                       select person_of(approval ->> 'actor') from jsonb_array_elements(given) as approval)) then
            raise exception 'an approval of run % would be taken back', new.id
                using errcode = 'integrity_constraint_violation';
        end if;
    end if;
    if waiting and new.state not in ('AWAITING_APPROVAL', 'CANCELLED', 'HANDED_OVER') then
        select count(*) into people from run_approval where run = new.id;
        if people < new.approvals_needed then
            raise exception 'run % would become % with % of % approvals', new.id, new.state, people,
                            new.approvals_needed
                using errcode = 'integrity_constraint_violation';
        end if;
    end if;
    return null;
end $$;
create trigger run_starts_approved after insert or update on run for each row execute function run_start();

do $$
declare
    guard text;
begin
    foreach guard in array array['audit_field(text)',
                                 'audit_hash(bigint, text, timestamptz, text, text, text, jsonb)',
                                 'audit_chain()', 'run_approval_guard()', 'run_opening()', 'run_start()'] loop
        execute format('alter function %s set search_path = %I, pg_temp', guard, current_schema());
    end loop;
end $$;
