package dev.whydunit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Writes that wait while another is done: together, in order, and each by itself when one of them is bad. */
class CommitGroupTest {
    @TempDir
    private Path folder;

    private final Names names = new Names();
    private final CountDownLatch open = new CountDownLatch(1);
    private Database database;
    private CommitGroup.Lane<String, Integer> lane;

    /** Stores names, which must differ. */
    private static final class Names implements Together<String, Integer> {
        private final List<List<String>> asked = new ArrayList<>();
        private final List<String> committed = new ArrayList<>();
        private final List<String> failed = new ArrayList<>();

        @Override
        public List<Integer> in(Connection connection, List<String> writes) throws SQLException {
            asked.add(writes);
            Statements.batch(
                    connection,
                    "insert into held (name, times) values (?, 7)",
                    writes.stream().map(name -> new Object[] {name}).toList());
            return writes.stream().map(String::length).toList();
        }

        @Override
        public void committed(List<String> writes, List<Integer> results) {
            committed.addAll(writes);
        }

        @Override
        public void failed(String write, Exception cause) {
            failed.add(write);
        }
    }

    @BeforeEach
    void open() throws Exception {
        database = Database.embedded(folder.resolve("journal.db"));
        lane = database.commits().lane(names);
        CountDownLatch begun = new CountDownLatch(1);
        database.commits().submit(connection -> {
            begun.countDown();
            try {
                return open.await(1, TimeUnit.MINUTES);
            } catch (InterruptedException e) {
                throw new SQLException(e);
            }
        });
        begun.await();
    }

    @AfterEach
    void close() throws Exception {
        database.close();
    }

    private List<String> stored() throws SQLException {
        return database.read(connection -> Statements.select(
                connection, row -> row.getString(1), "select name from held where times = 7 order by name"));
    }

    @Test
    void writesOfALaneThatWaitAreDoneTogetherWhereTheFirstOfThemStands() throws Exception {
        CompletableFuture<Integer> one = lane.submit("one");
        CompletableFuture<Integer> between = database.commits()
                .submit(
                        connection -> Statements.update(
                                connection,
                                "update held set times = 7 where name = 'intake' and exists (select 1 from held where name = 'three')"));
        CompletableFuture<Integer> three = lane.submit("three");
        open.countDown();
        assertThat(three.join()).isEqualTo(5);
        assertThat(one.join()).isEqualTo(3);
        assertThat(between.join()).isEqualTo(1);
        assertThat(names.asked).containsExactly(List.of("one", "three"));
        assertThat(names.committed).containsExactly("one", "three");
        assertThat(stored()).containsExactly("intake", "one", "three");
    }

    @Test
    void aBadWriteOfALaneTakesNoOtherWithIt() throws Exception {
        CompletableFuture<Integer> one = lane.submit("one");
        CompletableFuture<Integer> bad = lane.submit("intake");
        CompletableFuture<Integer> two = lane.submit("two");
        open.countDown();
        assertThatThrownBy(bad::join).hasRootCauseInstanceOf(SQLException.class);
        assertThat(one.join() + two.join()).isEqualTo(6);
        assertThat(names.asked)
                .containsExactly(List.of("one", "intake", "two"), List.of("one"), List.of("intake"), List.of("two"));
        assertThat(names.committed).containsExactly("one", "two");
        assertThat(names.failed).containsExactly("intake");
        assertThat(stored()).containsExactly("one", "two");
    }
}
