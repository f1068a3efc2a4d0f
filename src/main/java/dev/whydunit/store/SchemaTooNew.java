package dev.whydunit.store;

import java.sql.SQLException;

/** The database was written by a later version of this program. */
public final class SchemaTooNew extends SQLException {
    SchemaTooNew(String version, int known) {
        super("it was written by a later version (schema " + version + ", this one knows " + known
                + "); use that version, or another state directory");
    }
}
