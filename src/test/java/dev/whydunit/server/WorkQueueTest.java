package dev.whydunit.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.whydunit.store.Database;
import dev.whydunit.store.Statements;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkQueueTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir
    private Path folder;

    private final AtomicInteger done = new AtomicInteger();
    private final CountDownLatch go = new CountDownLatch(1);

    @Test
    void workThatIsAskedForWhileItIsBeingDoneIsDoneOnceMore() throws Exception {
        try (Database database = Database.embeddedForServer(folder.resolve("journal.db"));
                WorkQueue queue = queue(database)) {
            queue.start();
            add(database, queue);
            await().atMost(SOON).until(() -> done.get() == 1);
            // Three times is no more than once: each sees all that was asked for before it began.
            add(database, queue);
            add(database, queue);
            add(database, queue);
            go.countDown();
            await().atMost(SOON).until(() -> rows(database) == 0);
            assertThat(done).hasValue(2);
        }
    }

    @Test
    void workThatWasDoneIsGoneFromTheQueue() throws Exception {
        go.countDown();
        try (Database database = Database.embeddedForServer(folder.resolve("journal.db"));
                WorkQueue queue = queue(database)) {
            add(database, queue);
            add(database, queue);
            queue.start();
            await().atMost(SOON).until(() -> rows(database) == 0);
            assertThat(done).hasValue(1);
        }
    }

    @Test
    void ofWhatIsDueTheMostCriticalIsDoneFirst() throws Exception {
        List<String> order = new CopyOnWriteArrayList<>();
        try (Database database = Database.embeddedForServer(folder.resolve("journal.db"));
                WorkQueue queue = new WorkQueue(
                        database, "node", 1, () -> 1, List.of(new WorkQueue.Kind("work", order::add)), List.of())) {
            database.commits()
                    .submit(connection -> {
                        for (int priority : new int[] {10, 60, 34, 90, 12}) {
                            queue.add(
                                    connection,
                                    "work",
                                    "p" + priority,
                                    database.clock().instant(),
                                    priority);
                        }
                        return true;
                    })
                    .join();
            queue.start();
            await().atMost(SOON).until(() -> order.size() == 5);
            assertThat(order).containsExactly("p90", "p60", "p34", "p12", "p10");
        }
    }

    private WorkQueue queue(Database database) {
        return new WorkQueue(
                database,
                "node",
                4,
                () -> 4,
                List.of(new WorkQueue.Kind("work", id -> {
                    done.incrementAndGet();
                    go.await();
                })),
                List.of());
    }

    private static void add(Database database, WorkQueue queue) {
        database.commits()
                .submit(connection -> {
                    queue.add(connection, "work", "it", database.clock().instant(), 50);
                    return true;
                })
                .join();
        queue.hurry();
    }

    private static int rows(Database database) throws Exception {
        return database.read(connection -> Statements.select(
                        connection, row -> row.getInt(1), "select count(*) from scheduled_tasks")
                .getFirst());
    }
}
