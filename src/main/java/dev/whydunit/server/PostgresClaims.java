package dev.whydunit.server;

import com.github.kagkarlsson.scheduler.jdbc.JdbcTaskRepositoryContext;
import com.github.kagkarlsson.scheduler.jdbc.PostgreSqlJdbcCustomization;
import com.github.kagkarlsson.scheduler.task.Execution;
import java.time.Instant;
import java.util.List;

/**
 * db-scheduler on PostgreSQL, by few pieces of work at a time: a node with room for hundreds would otherwise take all that there is
 * in one statement, while its neighbours have nothing to do.
 */
final class PostgresClaims extends PostgreSqlJdbcCustomization {
    private final int most;
    private final Runnable more;

    /**
     * @param most pieces of work that are claimed in one statement
     * @param more is told when that many were claimed: there may be more
     */
    PostgresClaims(int most, Runnable more) {
        super(false, true);
        this.most = most;
        this.more = more;
    }

    @Override
    public List<Execution> lockAndFetchSingleStatement(
            JdbcTaskRepositoryContext repository, Instant now, int limit, boolean orderByPriority) {
        List<Execution> claimed =
                super.lockAndFetchSingleStatement(repository, now, Math.min(most, limit), orderByPriority);
        if (claimed.size() == most) {
            more.run();
        }
        return claimed;
    }
}
