package dev.whydunit.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * Writes of one kind that are cheaper when they are done together: as many as wait at once are given at once, so that what they have in
 * common is asked and stored by one statement. All methods are called by the one thread that commits, so that what they share needs no
 * other care; they must not wait for anything.
 */
public interface Together<W, T> {
    /**
     * Does them, neither committing nor closing; once more, each alone, when the transaction failed.
     *
     * @return what each came to, in their order
     */
    List<T> in(Connection connection, List<W> writes) throws SQLException;

    /** They are committed. Called before any later write is done. */
    void committed(List<W> writes, List<T> results);

    /**
     * One is not done, nor will be; called before any later write is done. Or it was committed, and the disk failed before it was sure to stay;
     * then another thread calls, and later writes may have been done.
     */
    void failed(W write, Exception cause);
}
