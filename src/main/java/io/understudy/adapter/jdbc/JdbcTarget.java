package io.understudy.adapter.jdbc;

/**
 * How to reach one SQL instance.
 *
 * @param url a JDBC URL of PostgreSQL's driver
 * @param user needs to read pg_stat_replication (pg_monitor) and to own or write the table {@code
 *     understudy_probe}, which is made when it is missing
 * @param password its password, empty for none; never printed
 * @param standbyName the application_name under which it streams from the other when it is standby;
 *     empty where the other has no standby but this one
 */
public record JdbcTarget(String url, String user, String password, String standbyName) {

    public JdbcTarget {
        if (!url.startsWith("jdbc:postgresql:")) {
            throw new IllegalArgumentException("url starts with jdbc:postgresql:");
        }
    }

    public JdbcTarget(String url, String user, String password) {
        this(url, user, password, "");
    }

    /** The URL may hold secrets as well, so neither is shown. */
    @Override
    public String toString() {
        return "JDBC target of user " + user;
    }
}
