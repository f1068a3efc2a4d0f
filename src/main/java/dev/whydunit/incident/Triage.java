package dev.whydunit.incident;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.Set;

/** Told of incidents that should be looked at, in the transaction that made it so: they are looked at if and only if that is committed. */
@FunctionalInterface
public interface Triage {
    /**
     * Sees to it that they are looked at.
     *
     * @param incidents each as it was when it became worth a look
     * @param now when the alerts came in that made them so
     * @return ids of those that are looked at as soon as that is committed; the others are left for a moment
     */
    Set<String> look(Connection connection, Collection<Incident> incidents, Instant now) throws SQLException;
}
