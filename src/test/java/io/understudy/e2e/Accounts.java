package io.understudy.e2e;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What the database says in the end, read past the service. */
record Accounts(String url, String user) {

    /** Effects that were brought about more than once, or that nobody intended. */
    List<String> wrongEffects() throws SQLException {
        return list(
                """
                select run_id || ' step ' || step || ': ' || count(*) || ' effects' from twin_log
                group by run_id, step having count(*) > 1
                union all
                select run_id || ' step ' || step || ': an effect without intent' from twin_log
                where not exists (select from run_journal j
                                  where j.run_id = twin_log.run_id and j.step = twin_log.step and j.kind = 'INTENT')
                """);
    }

    /** Runs that succeeded although not each of their switches was carried out, exactly once. */
    List<String> succeededWithoutEffect() throws SQLException {
        return list(
                """
                select run.id || ': ' || count(log.number) || ' effects for ' || switches || ' switches'
                from (select id, jsonb_array_length(jsonb_path_query_array(
                          body, '$.runbook.steps[*].action ? (@.kind == "SwitchPrincipal")')) as switches
                      from run where state = 'SUCCEEDED') as run
                left join twin_log log on log.run_id = run.id and log.action ->> 'kind' = 'SwitchPrincipal'
                group by run.id, switches having count(log.number) <> switches or switches = 0
                """);
    }

    /** From now on the database notes which process writes a line of a journal. */
    void noteWriters() throws SQLException {
        try (Connection connection = DriverManager.getConnection(url, user, "");
                Statement statement = connection.createStatement()) {
            statement.execute(
                    """
                    create table written_by (run_id text, token bigint, writer text);
                    create function note_writer() returns trigger language plpgsql as $$
                    begin
                        insert into written_by values (new.run_id, new.token, current_setting('application_name'));
                        return new;
                    end $$;
                    create trigger writer_is_noted after insert on run_journal
                        for each row execute function note_writer();
                    """);
        }
    }

    /** Tokens under which more than one process has written. */
    List<String> sharedTokens() throws SQLException {
        return list(
                """
                select run_id || ' token ' || token || ': ' || string_agg(distinct writer, ', ') from written_by
                where token > 0 group by run_id, token having count(distinct writer) > 1
                """);
    }

    /** Lines that were written under an older token than a line before them. */
    List<String> fallenTokens() throws SQLException {
        return list(
                """
                select run_id || ' line ' || seq || ': token ' || token || ' after ' || before from (
                    select run_id, seq, token, max(token) over (partition by run_id order by seq
                           rows between unbounded preceding and 1 preceding) as before
                    from run_journal where token > 0) as line
                where token < before
                """);
    }

    /** Of these observations, those that are not there. */
    Set<String> missing(Set<String> accepted) throws SQLException {
        Set<String> missing = new HashSet<>(accepted);
        list("select id from observation where id like 'poster-%'").forEach(missing::remove);
        return missing;
    }

    /** How many runs are in which state, and why those that did not succeed. */
    List<String> runs() throws SQLException {
        return list(
                """
                select state || ': ' || count(*) from run group by state
                union all
                select run.id || ' ' || run.state || ' ' || coalesce(run.body ->> 'outcome', '') || ' '
                       || (select kind || ': ' || message from run_journal j where j.run_id = run.id
                           order by seq desc limit 1)
                from run where state <> 'SUCCEEDED'
                """);
    }

    /** The stores for which there is a run in one of these states. */
    Set<String> storesWithRun(String states) throws SQLException {
        return Set.copyOf(
                list(
                        "select distinct substr(body -> 'decision' ->> 'target', 7) from run where state in ("
                                + states
                                + ")"));
    }

    long count(String what) throws SQLException {
        return Long.parseLong(list("select (" + what + ")::text").getFirst());
    }

    private List<String> list(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url, user, "");
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> found = new ArrayList<>();
            while (rows.next()) {
                found.add(rows.getString(1));
            }
            return found;
        }
    }
}
