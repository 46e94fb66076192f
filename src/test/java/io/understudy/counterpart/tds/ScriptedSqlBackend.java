package io.understudy.counterpart.tds;

import io.understudy.estate.SqlInstance;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Predicate;

/**
 * Answers by rules; the newest that fits counts. What no rule fits fails as an unknown object does,
 * with 208.
 */
public final class ScriptedSqlBackend implements SqlBackend {

    /** How a statement is answered; its client may cancel it meanwhile. */
    public interface Answering {
        SqlAnswer to(Request request) throws InterruptedException;
    }

    private record Rule(Predicate<Request> fits, Answering answer) {}

    private final List<Rule> rules = new CopyOnWriteArrayList<>();
    private final List<String> sent = new CopyOnWriteArrayList<>();
    private final Set<SqlInstance> down = ConcurrentHashMap.newKeySet();

    /** Statements that contain this text are answered so. */
    public ScriptedSqlBackend on(String part, Answering answer) {
        rules.addFirst(new Rule(r -> r.text().contains(part), answer));
        return this;
    }

    public ScriptedSqlBackend on(String part, SqlAnswer answer) {
        return on(part, _ -> answer);
    }

    /** The same on one instance only. */
    public ScriptedSqlBackend on(SqlInstance instance, String part, Answering answer) {
        rules.addFirst(
                new Rule(r -> r.instance().equals(instance) && r.text().contains(part), answer));
        return this;
    }

    public ScriptedSqlBackend on(SqlInstance instance, String part, SqlAnswer answer) {
        return on(instance, part, _ -> answer);
    }

    /** Statements with this text are not answered until their client cancels or goes. */
    public CountDownLatch never(String part) {
        CountDownLatch begun = new CountDownLatch(1);
        on(
                part,
                _ -> {
                    begun.countDown();
                    new CountDownLatch(1).await();
                    return SqlAnswer.done();
                });
        return begun;
    }

    /** The instance cannot be reached any more. */
    public ScriptedSqlBackend down(SqlInstance instance) {
        down.add(instance);
        return this;
    }

    public ScriptedSqlBackend up(SqlInstance instance, boolean up) {
        if (up) {
            down.remove(instance);
        } else {
            down.add(instance);
        }
        return this;
    }

    /** What was sent and is no question, as {@code host: text}, in order. */
    public List<String> orders() {
        return sent.stream().filter(s -> !s.contains(": SELECT ")).toList();
    }

    @Override
    public boolean up(SqlInstance instance) {
        return !down.contains(instance);
    }

    @Override
    public SqlAnswer execute(Request request) throws InterruptedException {
        sent.add(request.instance().fqdn() + ": " + request.text());
        Optional<Rule> rule = rules.stream().filter(r -> r.fits().test(request)).findFirst();
        return rule.isPresent()
                ? rule.get().answer().to(request)
                : SqlAnswer.failed(208, "Invalid object: " + request.text());
    }
}
