-- Two roles for Understudy's database: one owns the tables and migrates them, the other is the service's and can change
-- neither the audit, nor journals, nor saved documents, nor any table's shape. Run it as an administrator, in the
-- database, as often as you like, also on one that a single role has used until now:
--
--   psql -d understudy -f deploy/roles.sql
--   psql -d understudy -c '\password understudy_owner' -c '\password understudy'
--
-- Other names: -v owner=... -v service=...  What each table allows is granted by the next start of the service.
\set ON_ERROR_STOP on
\if :{?owner}
\else
    \set owner understudy_owner
\endif
\if :{?service}
\else
    \set service understudy
\endif

select format('create role %I', name) from unnest(array[:'owner', :'service']) as name
where not exists (select from pg_roles where rolname = name) \gexec
alter role :"owner" login nosuperuser nocreatedb nocreaterole noreplication nobypassrls;
alter role :"service" login nosuperuser nocreatedb nocreaterole noreplication nobypassrls;
select format('revoke %I from %I', held.rolname, :'service')
from pg_auth_members as membership
join pg_roles as held on held.oid = membership.roleid
join pg_roles as member on member.oid = membership.member
where member.rolname = :'service' and held.rolname = :'owner' \gexec

reassign owned by :"service" to :"owner"; -- what a single role has made until now
select format('alter database %I owner to %I', current_database(), :'owner') \gexec
select format('revoke all on database %I from public', current_database()) \gexec
select format('grant connect on database %I to %I, %I', current_database(), :'owner', :'service') \gexec
revoke create on schema public from public;
revoke create on schema public from :"service";
grant usage, create on schema public to :"owner";
grant usage on schema public to :"service";
