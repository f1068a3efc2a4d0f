package dev.whydunit.store;

import java.sql.Connection;
import java.sql.SQLException;

/** Something to do in a transaction. It may be done again when the transaction failed for another's sake. */
@FunctionalInterface
public interface Work<T> {
    /** Does it; neither commits nor closes the connection. */
    T in(Connection connection) throws SQLException;
}
