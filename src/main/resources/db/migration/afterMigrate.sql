-- What the service's role may do, made right after each migration, so that it holds for every table there is. Who
-- that role is, the setting understudy.service of this session says; where one role does both, there is nothing to do.
--
-- What refuse_change guards is only added to, the audit's head and approvals are written by their triggers alone, and
-- runs and keys are never deleted.
do $$
declare
    service text := nullif(current_setting('understudy.service', true), '');
    kept    record;
begin
    if service is null or service = current_user or not exists (select from pg_roles where rolname = service) then
        return;
    end if;
    perform pg_advisory_xact_lock(hashtext('understudy.service')); -- of two who start at once, one after the other
    execute format('grant usage on schema %I to %I', current_schema(), service);
    for kept in
        select relation.oid::regclass as name,
               case when relation.relname = 'flyway_schema_history' then ''
                    when relation.relkind = 'v' or relation.relname in ('audit_head', 'run_approval') then 'select'
                    when exists (select from pg_trigger where tgrelid = relation.oid
                                                          and tgfoid = to_regproc('refuse_change')) then 'select, insert'
                    when relation.relname in ('run', 'api_key') then 'select, insert, update'
                    else 'select, insert, update, delete' end as rights
        from pg_class as relation
        where relation.relnamespace = current_schema()::regnamespace and relation.relkind in ('r', 'p', 'v')
          and pg_has_role(current_user, relation.relowner, 'usage')
    loop
        execute format('revoke all on %s from %I', kept.name, service);
        if kept.rights <> '' then
            execute format('grant %s on %s to %I', kept.rights, kept.name, service);
        end if;
    end loop;
    for kept in
        select relation.oid::regclass as name from pg_class as relation
        where relation.relnamespace = current_schema()::regnamespace and relation.relkind = 'S'
          and pg_has_role(current_user, relation.relowner, 'usage')
    loop
        execute format('grant usage on sequence %s to %I', kept.name, service);
    end loop;
end $$;
