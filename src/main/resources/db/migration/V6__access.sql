-- Roles that hold in some places only, and keys that expire. A role without a scope stays in roles. One with a scope
-- must not stand there: a replica of the version before, which knows no scopes, would take it for one that holds
-- everywhere.
alter table api_key add column scoped jsonb not null default '[]' check (jsonb_typeof(scoped) = 'array');
alter table api_key add column expires_at timestamptz;
