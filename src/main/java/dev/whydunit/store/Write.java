package dev.whydunit.store;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * A write whose outcome its owner keeps account of. All methods are called by the one thread that commits, so that what
 * they share needs no other care; they must not wait for anything.
 */
public interface Write<T> {
    /** Does it, neither committing nor closing; once more when the transaction failed for another's sake. */
    T in(Connection connection) throws SQLException;

    /** It is committed. Called before any later write is done. */
    void committed(T result);

    /**
     * It is not done, nor will be; called before any later write is done. Or it was committed, and the disk failed before it was sure to stay; then
     * another thread calls, and later writes may have been done.
     */
    void failed(Exception cause);
}
