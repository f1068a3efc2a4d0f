package dev.whydunit.server;

import com.github.kagkarlsson.scheduler.jdbc.JdbcTaskRepositoryContext;
import com.github.kagkarlsson.scheduler.jdbc.PostgreSqlJdbcCustomization;
import com.github.kagkarlsson.scheduler.task.Execution;
import java.time.Instant;
import java.util.List;
import java.util.function.IntSupplier;

/**
 * db-scheduler on PostgreSQL, claiming no more than can be begun: a node that may have hundreds wait would otherwise take all that there
 * is in one statement, while its neighbours have nothing to do.
 */
final class PostgresClaims extends PostgreSqlJdbcCustomization {
    private final IntSupplier room;
    private volatile boolean more;

    /** @param room how many pieces of work can be begun now */
    PostgresClaims(IntSupplier room) {
        super(false, true);
        this.room = room;
    }

    /** Whether there may be more that is due than was claimed last. */
    boolean more() {
        return more;
    }

    @Override
    public List<Execution> lockAndFetchSingleStatement(
            JdbcTaskRepositoryContext repository, Instant now, int limit, boolean orderByPriority) {
        int wanted = Math.min(room.getAsInt(), limit);
        if (wanted <= 0) {
            more = true;
            return List.of();
        }
        List<Execution> claimed = super.lockAndFetchSingleStatement(repository, now, wanted, orderByPriority);
        more = claimed.size() == wanted;
        return claimed;
    }
}
