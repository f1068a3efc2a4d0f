package dev.whydunit.store;

import static dev.whydunit.store.Statements.select;
import static dev.whydunit.store.Statements.update;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReusingConnectionTest {
    @TempDir
    private Path folder;

    private Connection real;
    private Connection connection;

    @BeforeEach
    void open() throws SQLException {
        real = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("a.db"));
        connection = ReusingConnection.over(real);
        update(connection, "create table t (a integer primary key, b text)");
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
    }

    private List<String> all() throws SQLException {
        return select(connection, row -> row.getInt(1) + row.getString(2), "select a, b from t order by a");
    }

    @Test
    void aStatementIsUsedAgainWithOtherValues() throws SQLException {
        for (int i = 0; i < 3; i++) {
            update(connection, "insert into t values (?, ?)", i, "x" + i);
        }
        assertThat(all()).isEqualTo(all()).containsExactly("0x0", "1x1", "2x2");
    }

    @Test
    void oneThatIsInUseIsNotSharedWithWhoeverAsksForTheSame() throws SQLException {
        Statements.batch(
                connection, "insert into t values (?, ?)", List.of(new Object[] {1, "a"}, new Object[] {2, "b"}));
        List<String> seen = new ArrayList<>();
        String sql = "select a, b from t order by a";
        try (PreparedStatement outer = connection.prepareStatement(sql);
                ResultSet rows = outer.executeQuery()) {
            while (rows.next()) {
                seen.add(rows.getString(2) + all());
            }
        }
        assertThat(seen).containsExactly("a[1a, 2b]", "b[1a, 2b]");
    }

    @Test
    void aFailureIsTheDriversAndTheStatementStaysUsable() throws SQLException {
        update(connection, "insert into t values (?, ?)", 1, "a");
        assertThatThrownBy(() -> update(connection, "insert into t values (?, ?)", 1, "b"))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("UNIQUE");
        assertThatThrownBy(() -> Statements.batch(
                        connection,
                        "insert into t values (?, ?)",
                        List.of(new Object[] {2, "c"}, new Object[] {1, "d"}, new Object[] {3, "e"})))
                .isInstanceOf(SQLException.class);
        update(connection, "insert into t values (?, ?)", 4, "f");
        assertThat(all()).contains("1a", "4f").doesNotContain("1b", "1d");
    }

    @Test
    void aTableThatChangedIsSeen() throws SQLException {
        assertThat(all()).isEmpty();
        update(connection, "drop table t");
        update(connection, "create table t (z text, a integer, b text)");
        update(connection, "insert into t (a, b) values (?, ?)", 7, "n");
        assertThat(all()).containsExactly("7n");
    }

    @Test
    void closingOneTwiceIsClosingItOnce() throws SQLException {
        String sql = "select a, b from t order by a";
        PreparedStatement statement = connection.prepareStatement(sql);
        statement.close();
        statement.close();
        update(connection, "insert into t values (?, ?)", 1, "a");
        assertThat(all()).containsExactly("1a");
    }

    @Test
    void manyDifferentOnesAreNotAllKept() throws SQLException {
        for (int i = 0; i < 500; i++) {
            assertThat(select(connection, row -> row.getInt(1), "select " + i)).containsExactly(i);
        }
        connection.close();
        assertThat(real.isClosed()).isTrue();
    }
}
