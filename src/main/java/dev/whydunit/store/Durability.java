package dev.whydunit.store;

import java.io.IOException;
import java.sql.SQLException;

/** What stands between a commit and its being on the disk. */
interface Durability extends AutoCloseable {
    /** Nothing: a commit that is done is on the disk. */
    Durability OF_COMMIT = new Durability() {
        @Override
        public void await() {
            // The commit has waited.
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    };

    /**
     * Waits until all that was committed before is on the disk.
     *
     * @throws SQLException when that cannot be had; what was committed may be there or not
     */
    void await() throws SQLException;

    @Override
    void close() throws IOException;
}
