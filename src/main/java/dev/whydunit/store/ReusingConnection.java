package dev.whydunit.store;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A connection that keeps the statements that were prepared with it for when they are asked for again, the ones that were used last: SQLite's
 * driver compiles each anew, which costs more than most take. Used by one thread at a time.
 */
final class ReusingConnection implements InvocationHandler {
    private static final int MOST = 64;

    private final Connection real;
    /** Those that nobody uses now, the one that was used longest ago first. */
    private final Map<String, PreparedStatement> idle = new LinkedHashMap<>();

    private ReusingConnection(Connection real) {
        this.real = real;
    }

    /** Over a connection, which is closed with it. */
    static Connection over(Connection real) {
        return proxy(Connection.class, new ReusingConnection(real));
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(
                Proxy.newProxyInstance(ReusingConnection.class.getClassLoader(), new Class<?>[] {type}, handler));
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] arguments)
            throws Throwable {
        if (method.getName().equals("prepareStatement")
                && arguments != null
                && arguments.length == 1
                && arguments[0] instanceof String sql) {
            return prepared(sql);
        }
        if (method.getName().equals("close")) {
            // The connection's end is theirs.
            idle.clear();
        }
        return call(real, method, arguments);
    }

    private PreparedStatement prepared(String sql) throws SQLException {
        PreparedStatement kept = idle.remove(sql);
        PreparedStatement statement = kept == null ? real.prepareStatement(sql) : kept;
        AtomicBoolean over = new AtomicBoolean();
        return proxy(PreparedStatement.class, (proxy, method, arguments) -> {
            if (method.getName().equals("close")) {
                if (over.compareAndSet(false, true)) {
                    giveBack(sql, statement);
                }
                return null;
            }
            return call(statement, method, arguments);
        });
    }

    private void giveBack(String sql, PreparedStatement statement) throws SQLException {
        statement.clearBatch();
        PreparedStatement other = idle.put(sql, statement);
        if (other != null) {
            other.close();
        }
        if (idle.size() > MOST) {
            Iterator<PreparedStatement> oldest = idle.values().iterator();
            PreparedStatement last = oldest.next();
            oldest.remove();
            last.close();
        }
    }

    private static @Nullable Object call(Object real, Method method, @Nullable Object @Nullable [] arguments)
            throws Throwable {
        try {
            return method.invoke(real, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
