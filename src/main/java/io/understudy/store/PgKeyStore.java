package io.understudy.store;

import io.understudy.access.ApiKey;
import io.understudy.access.Grant;
import io.understudy.access.Grants;
import io.understudy.access.KeyStore;
import io.understudy.access.Role;
import io.understudy.access.Scope;
import io.understudy.audit.AuditEvent;
import io.understudy.document.Json;
import io.understudy.estate.PoolFqdn;
import io.understudy.estate.SiteName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** API keys in PostgreSQL, hashed. Times are kept to the microsecond. */
public final class PgKeyStore implements KeyStore {

    private static final String COLUMNS =
            "select id, name, roles, scoped, hash, created_at, expires_at, revoked_at from api_key"
                    + " ";
    private static final String FIND = COLUMNS + "where id = ?";
    private static final String ALL = COLUMNS + "order by created_at, id";
    private static final String ADD =
            """
            insert into api_key (id, name, roles, scoped, hash, created_at, expires_at, revoked_at)
            values (?, ?, ?, ?::jsonb, ?, ?, ?, ?) on conflict (id) do nothing
            """;
    private static final String REVOKE =
            "update api_key set revoked_at = ? where id = ? and revoked_at is null";

    private final Database database;

    public PgKeyStore(Database database) {
        this.database = database;
    }

    @Override
    public Optional<ApiKey> find(String id) {
        return database.call("find a key", s -> s.first(FIND, PgKeyStore::key, id));
    }

    @Override
    public List<ApiKey> all() {
        return database.call("list the keys", s -> s.list(ALL, PgKeyStore::key));
    }

    @Override
    public boolean add(ApiKey key, AuditEvent audit) {
        return database.call(
                "add a key",
                s ->
                        audited(
                                s,
                                audit,
                                s.update(
                                        ADD,
                                        key.id(),
                                        key.name(),
                                        Session.column(key.grants().unscoped(), Role::name),
                                        Json.write(scoped(key.grants())),
                                        key.hash(),
                                        key.createdAt(),
                                        key.expiresAt(),
                                        key.revokedAt())));
    }

    @Override
    public boolean revoke(String id, Instant at, AuditEvent audit) {
        return database.call("revoke a key", s -> audited(s, audit, s.update(REVOKE, at, id)));
    }

    private static boolean audited(Session session, AuditEvent audit, int keys)
            throws SQLException {
        if (keys == 1) {
            PgAuditLog.append(session, List.of(audit));
        }
        return keys == 1;
    }

    private static ApiKey key(ResultSet row) throws SQLException {
        return new ApiKey(
                row.getString("id"),
                row.getString("name"),
                grants(row),
                row.getString("hash"),
                Session.instant(row, "created_at"),
                Session.optionalInstant(row, "expires_at"),
                Session.optionalInstant(row, "revoked_at"));
    }

    private static Grants grants(ResultSet row) throws SQLException {
        Stream<Grant> unscoped =
                Arrays.stream((String[]) row.getArray("roles").getArray())
                        .map(role -> new Grant(Role.valueOf(role), Scope.EVERYWHERE));
        Stream<Grant> scoped =
                Arrays.stream(Session.body(row, "scoped", Scoped[].class)).map(Scoped::grant);
        return new Grants(Stream.concat(unscoped, scoped).collect(Collectors.toUnmodifiableSet()));
    }

    private static List<Scoped> scoped(Grants grants) {
        return grants.all().stream()
                .flatMap(grant ->
                        switch (grant.scope()) {
                            case Scope.Everywhere _ -> Stream.empty();
                            case Scope.Within within ->
                                    Stream.of(
                                            new Scoped(
                                                    grant.role(), within.sites(), within.pools()));
                        })
                .toList();
    }

    /** A role that holds in some places only, as it is kept. */
    private record Scoped(Role role, Set<SiteName> sites, Set<PoolFqdn> pools) {
        private Grant grant() {
            return new Grant(role, new Scope.Within(sites, pools));
        }
    }
}
