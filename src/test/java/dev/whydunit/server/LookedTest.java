package dev.whydunit.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LookedTest {
    private static final Duration LONG = Duration.ofMinutes(5);
    private static final Duration PATIENT = Duration.ofSeconds(30);
    private static final Duration IMPATIENT = Duration.ofMillis(1);

    private final AtomicInteger looks = new AtomicInteger();

    private static String words(Exception e) {
        return e instanceof TimeoutException ? "late" : "failed: " + e.getMessage();
    }

    @Test
    void howeverManyAskItIsLookedAtOnce() {
        Looked<Integer> looked = new Looked<>("x", LONG, LONG, looks::incrementAndGet, e -> -1);
        for (int i = 0; i < 10; i++) {
            assertThat(looked.now(PATIENT)).contains(1);
        }
    }

    @Test
    void whatIsTooOldIsLookedAtAgain() {
        Looked<Integer> looked = new Looked<>("x", Duration.ZERO, LONG, looks::incrementAndGet, e -> -1);
        // Often: whoever is told of a value asks again before the look's own thread has ended.
        for (int i = 1; i <= 1_000; i++) {
            assertThat(looked.now(PATIENT)).contains(i);
        }
    }

    @Test
    void nobodyWaitsForASlowLookLongerThanHisPatience() {
        CountDownLatch answer = new CountDownLatch(1);
        Looked<String> looked = new Looked<>(
                "x",
                LONG,
                LONG,
                () -> {
                    looks.incrementAndGet();
                    answer.await();
                    return "seen";
                },
                LookedTest::words);
        assertThat(looked.now(IMPATIENT)).isEmpty();
        assertThat(looked.now(IMPATIENT)).isEmpty();
        answer.countDown();
        assertThat(looked.now(PATIENT)).contains("seen");
        assertThat(looks).hasValue(1);
    }

    @Test
    void aLookThatTakesTooLongIsInterrupted() {
        CountDownLatch interrupted = new CountDownLatch(1);
        Looked<String> looked = new Looked<>(
                "x",
                LONG,
                Duration.ofMillis(10),
                () -> {
                    try {
                        new CountDownLatch(1).await();
                        return "never";
                    } catch (InterruptedException e) {
                        interrupted.countDown();
                        throw e;
                    }
                },
                LookedTest::words);
        assertThat(looked.now(PATIENT)).contains("late");
        await().until(() -> interrupted.getCount() == 0);
    }

    @Test
    void noSecondLookIsSentAfterOneThatHangs() {
        CountDownLatch never = new CountDownLatch(1);
        Looked<String> looked = new Looked<>(
                "x",
                Duration.ZERO,
                Duration.ofMillis(10),
                () -> {
                    looks.incrementAndGet();
                    boolean over = false;
                    while (!over) {
                        try {
                            never.await();
                            over = true;
                        } catch (InterruptedException e) {
                            // It does not heed it.
                        }
                    }
                    return "seen";
                },
                LookedTest::words);
        for (int i = 0; i < 5; i++) {
            assertThat(looked.now(PATIENT)).contains("late");
        }
        assertThat(looks).hasValue(1);
        never.countDown();
        await().until(() -> looked.now(PATIENT).orElseThrow().equals("seen"));
    }

    @Test
    void aLookThatFailsSaysWhy() {
        Looked<String> looked = new Looked<>(
                "x",
                LONG,
                LONG,
                () -> {
                    throw new IllegalStateException("no");
                },
                LookedTest::words);
        assertThat(looked.now(PATIENT)).contains("failed: no");
    }
}
