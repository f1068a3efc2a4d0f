package dev.whydunit.server;

import static dev.whydunit.store.Statements.update;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.whydunit.store.Database;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ActStoreTest {
    private static final Speaker ANN = new Speaker("ann", Role.RESPONDER);

    @TempDir
    private Path folder;

    private Database database;
    private ActStore store;

    @BeforeEach
    void open() throws Exception {
        database = Database.embedded(folder.resolve("journal.db"));
        store = new ActStore(database, text -> text.replace("s3cret", "***"));
        put("i1", "running");
        put("i2", "ended");
    }

    @AfterEach
    void close() throws Exception {
        database.close();
    }

    private void put(String id, String state) {
        database.commits()
                .submit(connection -> update(
                        connection,
                        "insert into investigation (id, runbook, environment, started_at, state) values (?, 'r', 'default', '2026', ?)",
                        id,
                        state))
                .join();
    }

    private ActStore.Taken note(String id, String text, Optional<String> key) {
        return store.take(id, ANN, new Act.Note(text), key, connection -> Optional.empty());
    }

    private static int number(ActStore.Taken taken) {
        return ((ActStore.Taken.Told) taken).kept().number();
    }

    @Test
    void whatIsSaidToOneThatRunsWaitsInOrderForTheNodeThatRunsIt() throws Exception {
        note("i1", "one", Optional.empty());
        note("i1", "the password is s3cret", Optional.empty());
        store.take(
                "i1",
                new Speaker("bob", Role.ADMIN),
                new Act.Stop(false),
                Optional.empty(),
                connection -> Optional.empty());

        assertThat(store.waiting(Set.of())).isEmpty();
        assertThat(store.waiting(Set.of("i1", "i9")))
                .extracting(ActStore.Kept::act)
                .containsExactly(new Act.Note("one"), new Act.Note("the password is ***"), new Act.Stop(false));
        assertThat(store.of("i1")).extracting(ActStore.Kept::state).containsOnly("waits");
        assertThat(store.of("i1"))
                .extracting(ActStore.Kept::by)
                .containsExactly(ANN, ANN, new Speaker("bob", Role.ADMIN));
    }

    @Test
    void theSameRequestTwiceIsOneAct() throws Exception {
        int first = number(note("i1", "one", Optional.of("k")));
        assertThat(number(note("i1", "one", Optional.of("k")))).isEqualTo(first);
        assertThat(number(note("i1", "one", Optional.of("other")))).isEqualTo(first + 1);
        assertThat(number(note("i2", "one", Optional.of("k")))).isEqualTo(1);
        assertThat(store.of("i1")).hasSize(2);
    }

    @Test
    void whatHasEndedIsChangedInTheSameTransaction() throws Exception {
        ActStore.Taken done = store.take("i2", ANN, new Act.Redo(List.of("look")), Optional.empty(), connection -> {
            update(connection, "update investigation set state = 'queued' where id = 'i2'");
            return Optional.empty();
        });
        assertThat(((ActStore.Taken.Told) done).kept().state()).isEqualTo("done");

        put("i3", "ended");
        assertThatThrownBy(() -> store.take("i3", ANN, new Act.Note("x"), Optional.empty(), connection -> {
                    throw new SQLException("the disk is full");
                }))
                .hasMessageContaining("the disk is full");
        assertThat(store.of("i3")).isEmpty();
    }

    @Test
    void whatCannotBeDoneIsSaidAndNotKept() throws Exception {
        assertThat(store.take("i1", ANN, new Act.Confirm("a.b", ""), Optional.empty(), c -> Optional.empty()))
                .isInstanceOfSatisfying(
                        ActStore.Taken.Refused.class,
                        refused -> assertThat(refused.why()).contains("has not ended"));
        assertThat(store.take("i2", ANN, new Act.Note("x"), Optional.empty(), c -> Optional.of("no")))
                .isEqualTo(new ActStore.Taken.Refused("no"));
        assertThat(note("nothing", "x", Optional.empty())).isInstanceOf(ActStore.Taken.Unknown.class);
        assertThat(store.of("i1")).isEmpty();
        assertThat(store.of("i2")).isEmpty();
    }

    @Test
    void noMoreWaitThanANodeHearsAtOnce() {
        for (int i = 0; i < 50; i++) {
            assertThat(note("i1", "n" + i, Optional.empty())).isInstanceOf(ActStore.Taken.Told.class);
        }
        assertThat(note("i1", "more", Optional.empty())).isInstanceOf(ActStore.Taken.TooMany.class);
    }

    @Test
    void whatWasNotHeardBeforeTheEndIsAnybodys() throws Exception {
        note("i1", "late", Optional.empty());
        database.commits()
                .submit(connection -> update(connection, "update investigation set state = 'ended' where id = 'i1'"))
                .join();
        assertThat(store.waiting(Set.of())).singleElement().satisfies(kept -> {
            boolean waits = database.commits()
                    .submit(connection -> ActStore.waitsAfterTheEnd(connection, kept))
                    .join();
            assertThat(waits).isTrue();
        });
    }
}
