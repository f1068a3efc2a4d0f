package dev.whydunit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Nobody is told of a commit before it is on the disk. */
class AnswersTest {
    private final List<String> told = new CopyOnWriteArrayList<>();
    private final Disk disk = new Disk();

    /** A disk that takes a while. */
    private static final class Disk implements Durability {
        private final Semaphore written = new Semaphore(0);
        private final AtomicInteger asked = new AtomicInteger();
        private volatile boolean broken;
        private volatile boolean closed;

        @Override
        public void await() throws SQLException {
            asked.incrementAndGet();
            written.acquireUninterruptibly();
            if (broken) {
                throw new SQLException("input/output error");
            }
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    private Answers.Answer answer(String name) {
        return new Answers.Answer(() -> told.add(name), why -> told.add(name + ": " + why.getMessage()));
    }

    @Test
    void whatIsCommittedIsToldOfOnceItIsOnTheDiskInOrder() {
        try (Answers answers = new Answers(disk)) {
            answers.add(answer("a"));
            await().until(() -> disk.asked.get() == 1);
            answers.add(answer("b"));
            answers.add(answer("c"));
            assertThat(told).isEmpty();
            disk.written.release();
            await().until(() -> disk.asked.get() == 2);
            assertThat(told)
                    .as("b and c were committed after the disk was asked for a")
                    .containsExactly("a");
            disk.written.release(2);
            await().until(() -> told.size() == 3);
            assertThat(told).containsExactly("a", "b", "c");
            disk.written.release();
        }
        assertThat(disk.closed).isTrue();
    }

    @Test
    void whatTheDiskRefusesIsToldAsFailedAndTheNextIsTriedAgain() {
        try (Answers answers = new Answers(disk)) {
            disk.broken = true;
            disk.written.release();
            answers.add(answer("a"));
            await().until(() -> told.equals(List.of("a: input/output error")));
            disk.broken = false;
            disk.written.release(2);
            answers.add(answer("b"));
            await().until(() -> told.size() == 2);
            assertThat(told).last().isEqualTo("b");
        }
    }

    @Test
    void closingTellsWhatWaits() {
        Answers answers = new Answers(disk);
        disk.written.release(10);
        for (int i = 0; i < 100; i++) {
            answers.add(answer("a" + i));
            disk.written.release();
        }
        answers.close();
        assertThat(told).hasSize(100);
    }
}
