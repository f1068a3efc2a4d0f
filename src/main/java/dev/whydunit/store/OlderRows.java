package dev.whydunit.store;

import java.sql.Connection;
import java.sql.SQLException;

/** Rows as an earlier version of the schema had them, such as a backup's, put into today's tables in one transaction. */
public final class OlderRows {
    private final Connection connection;
    private final int schema;

    /** Of that version of the schema, by a connection whose transaction has begun. */
    public OlderRows(Connection connection, int schema) {
        this.connection = connection;
        this.schema = schema;
    }

    /** Gives the tables the columns that those rows have; before the rows of now are removed and those put in. */
    public void begin() throws SQLException {
        if (schema < FiringRows.VERSION) {
            FiringRows.makeColumn(connection);
        }
    }

    /** Makes of the rows what the migrations since would have made of them. */
    public void end() throws SQLException {
        if (schema < FiringRows.VERSION) {
            FiringRows.move(connection);
        }
    }
}
