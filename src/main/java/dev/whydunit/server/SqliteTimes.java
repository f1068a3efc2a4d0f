package dev.whydunit.server;

import com.github.kagkarlsson.scheduler.jdbc.DefaultJdbcCustomization;
import dev.whydunit.store.SortableTime;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** db-scheduler on SQLite, which has no type for times: text of one length, so that it compares as the times do. */
final class SqliteTimes extends DefaultJdbcCustomization {
    SqliteTimes() {
        super(true);
    }

    @Override
    public String getName() {
        return "SQLite";
    }

    @Override
    public void setInstant(PreparedStatement statement, int index, @Nullable Instant value) throws SQLException {
        statement.setString(index, value == null ? null : SortableTime.of(value));
    }

    @Override
    @SuppressWarnings("NullAway") // db-scheduler's interface has no annotations; an absent time is null there.
    public Instant getInstant(ResultSet row, String column) throws SQLException {
        String text = row.getString(column);
        return text == null ? null : Instant.parse(text);
    }

    @Override
    public boolean supportsExplicitQueryLimitPart() {
        return true;
    }

    @Override
    public String getQueryLimitPart(int limit) {
        return " LIMIT " + limit;
    }
}
