package io.understudy.adapter.sqlserver;

import java.util.Optional;

/**
 * How to reach one SQL Server instance.
 *
 * @param address its host name or address; empty: the host of the instance's id
 * @param port 1 to 65535; empty: 1433 for the instance mssqlserver, else the SQL Browser is asked,
 *     by UDP 1434
 * @param certificateHost the name that its certificate must bear; empty: the host of the instance's
 *     id
 */
public record SqlServerTarget(
        Optional<String> address,
        Optional<Integer> port,
        Optional<String> certificateHost,
        Login login) {

    /** As whom. */
    public sealed interface Login {}

    /**
     * A SQL login.
     *
     * @param credential where its password is found, {@code env:NAME} for instance
     */
    public record SqlLogin(String user, String credential) implements Login {}

    /** The Kerberos ticket of this process (krb5.conf and a keytab or a ticket cache). */
    public record Kerberos() implements Login {}

    /** Checks the port. */
    public SqlServerTarget {
        if (port.filter(p -> p < 1 || p > 65_535).isPresent()) {
            throw new IllegalArgumentException("port is 1 to 65535, not " + port.get());
        }
        if (login instanceof SqlLogin sql && (sql.user().isBlank() || sql.credential().isBlank())) {
            throw new IllegalArgumentException("a SQL login needs user and credential");
        }
    }
}
