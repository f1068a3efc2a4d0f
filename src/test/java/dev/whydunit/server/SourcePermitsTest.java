package dev.whydunit.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whydunit.store.Database;
import dev.whydunit.store.Statements;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourcePermitsTest {
    private static final Duration LONG = Duration.ofSeconds(20);

    @TempDir
    private Path folder;

    private Database database;
    private SourcePermits one;
    private SourcePermits other;

    @BeforeEach
    void open() throws Exception {
        database = Database.embeddedForServer(folder.resolve("journal.db"));
        one = new SourcePermits(database, "one");
        other = new SourcePermits(database, "other");
    }

    @AfterEach
    void close() throws Exception {
        one.close();
        other.close();
        database.close();
    }

    @Test
    void twoNodesTogetherGetAsManyAsThereAre() throws Exception {
        assertThat(one.take("logs", 2, Duration.ZERO)).isPresent();
        Optional<SourcePermits.Permit> second = other.take("logs", 2, Duration.ZERO);
        assertThat(second).isPresent();
        assertThat(one.take("logs", 2, Duration.ofMillis(30))).isEmpty();
        assertThat(one.take("metrics", 2, Duration.ZERO)).isPresent();
        second.get().close();
        assertThat(one.take("logs", 2, LONG)).isPresent();
    }

    @Test
    void neverMoreThanThereAreUseIt() throws Exception {
        AtomicInteger users = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        // The first to use it waits for a second: that two may is seen however busy the machine is.
        CountDownLatch two = new CountDownLatch(2);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < 60; i++) {
                SourcePermits node = i % 2 == 0 ? one : other;
                all.add(threads.submit(() -> {
                    try (SourcePermits.Permit permit =
                            node.take("logs", 3, LONG).orElseThrow()) {
                        assertThat(permit).isNotNull();
                        most.accumulateAndGet(users.incrementAndGet(), Math::max);
                        two.countDown();
                        assertThat(two.await(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
                        users.decrementAndGet();
                    }
                    return null;
                }));
            }
            for (Future<?> future : all) {
                future.get();
            }
        }
        assertThat(most.get()).isBetween(2, 3);
        assertThat(rows()).isZero();
    }

    @Test
    void permitsOfANodeThatDiedEnd() throws Exception {
        assertThat(other.take("logs", 1, Duration.ZERO)).isPresent();
        assertThat(one.take("logs", 1, Duration.ZERO)).isEmpty();
        other.close();
        database.brief(connection -> Statements.update(
                connection,
                "update source_permit set expires_at = ?",
                database.clock().instant().toEpochMilli() - 1));
        assertThat(one.take("logs", 1, Duration.ZERO)).isPresent();
    }

    @Test
    void givingBackALeaseThatWasLostTakesNothingFromItsNewHolder() throws Exception {
        SourcePermits.Permit lost = other.take("logs", 1, Duration.ZERO).orElseThrow();
        database.brief(connection -> Statements.update(connection, "update source_permit set expires_at = ?", 1));
        SourcePermits.Permit held = one.take("logs", 1, Duration.ZERO).orElseThrow();
        lost.close();
        assertThat(rows()).isEqualTo(1);
        held.close();
        assertThat(rows()).isZero();
    }

    private int rows() throws Exception {
        return database.read(
                connection -> Statements.select(connection, row -> row.getInt(1), "select count(*) from source_permit")
                        .getFirst());
    }
}
