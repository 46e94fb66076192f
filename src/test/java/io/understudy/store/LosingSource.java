package io.understudy.store;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Connections that break during a commit when a test says so, as when the primary dies then. */
public final class LosingSource {

    /** What is lost of a commit, of which the client knows the same in both cases: nothing. */
    public enum Loss {
        NOTHING,
        /** It is committed, and nobody hears of it. */
        ANSWER,
        /** It is not committed. */
        COMMIT
    }

    private final AtomicReference<Loss> next = new AtomicReference<>(Loss.NOTHING);
    private final DataSource source;

    public LosingSource(DataSource source) {
        this.source = source;
    }

    /** The next commit loses this, those after it nothing. */
    public void loseNext(Loss loss) {
        next.set(loss);
    }

    public Database database() {
        return new Database(
                of(DataSource.class, this::connecting, source), Database.Settings.DEFAULT);
    }

    private interface Call {
        @Nullable Object made(Method method, Object @Nullable [] arguments) throws Exception;
    }

    private interface Around {
        @Nullable Object call(Method method, Call call, Object @Nullable [] arguments)
                throws Exception;
    }

    private @Nullable Object connecting(Method method, Call call, Object @Nullable [] arguments)
            throws Exception {
        Object answer = call.made(method, arguments);
        return answer instanceof Connection connection
                ? of(Connection.class, (m, c, a) -> committing(connection, m, c, a), connection)
                : answer;
    }

    private @Nullable Object committing(
            Connection connection, Method method, Call call, Object @Nullable [] arguments)
            throws Exception {
        Loss loss = method.getName().equals("commit") ? next.getAndSet(Loss.NOTHING) : Loss.NOTHING;
        if (loss == Loss.NOTHING) {
            return call.made(method, arguments);
        }
        if (loss == Loss.ANSWER) {
            connection.commit();
        } else {
            connection.rollback();
        }
        throw new SQLException("the connection broke", "08006");
    }

    private static <T> T of(Class<T> type, Around around, T real) {
        Call call =
                (method, arguments) -> {
                    try {
                        return method.invoke(real, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause() instanceof Exception cause ? cause : e;
                    }
                };
        return type.cast(
                Proxy.newProxyInstance(
                        LosingSource.class.getClassLoader(),
                        new Class<?>[] {type},
                        (_, method, arguments) -> around.call(method, call, arguments)));
    }
}
