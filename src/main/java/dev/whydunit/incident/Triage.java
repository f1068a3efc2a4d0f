package dev.whydunit.incident;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;

/** Told of an incident that should be looked at, in the transaction that made it so: it is looked at if and only if that is committed. */
@FunctionalInterface
public interface Triage {
    /** @param now when the alert came in that made it worth a look */
    void look(Connection connection, Incident incident, Instant now) throws SQLException;
}
