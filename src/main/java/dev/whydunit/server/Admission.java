package dev.whydunit.server;

import dev.whydunit.engine.Observation;
import dev.whydunit.engine.Pace;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Lets few investigations compute at once, so that each of them is quick, and many wait, of whom the most critical comes first: one that has
 * waited for its steps for a tenth of a second gives its place to the next. Without it all that there are would begin, and each would take
 * as long as all together.
 */
final class Admission {
    private static final int LEAST = 8;
    private static final int FOR_EACH_PROCESSOR = 4;
    private static final Duration PATIENCE = Duration.ofMillis(100);

    private final int places;
    /** Guarded by this. */
    private final PriorityQueue<Turn> line = new PriorityQueue<>();

    private int free;
    private long turns;
    private final AtomicInteger wanted = new AtomicInteger();
    private final Runnable room;

    /** @param room told when there is room for another */
    Admission(Runnable room) {
        this.places = Math.max(LEAST, FOR_EACH_PROCESSOR * Runtime.getRuntime().availableProcessors());
        this.free = places;
        this.room = room;
    }

    /** How many more should be claimed: as many as compute may stand in line, so that no place is ever empty. */
    int room() {
        return Math.max(0, 2 * places - wanted.get());
    }

    /** One that stands in line: the most critical first, of equals the one that came first. */
    private record Turn(int priority, long number, CountDownLatch come) implements Comparable<Turn> {
        private static final Comparator<Turn> ORDER =
                Comparator.comparingInt(Turn::priority).reversed().thenComparingLong(Turn::number);

        @Override
        public int compareTo(Turn other) {
            return ORDER.compare(this, other);
        }
    }

    /**
     * Waits for a place.
     *
     * @param priority the greater comes first
     */
    Place enter(int priority) throws InterruptedException {
        wanted.incrementAndGet();
        Turn turn = stand(priority);
        try {
            turn.come().await();
        } catch (InterruptedException e) {
            leave(turn);
            wanted.decrementAndGet();
            throw e;
        }
        return new Place();
    }

    private synchronized Turn stand(int priority) {
        Turn turn = new Turn(priority, turns++, new CountDownLatch(1));
        line.add(turn);
        serve();
        return turn;
    }

    /** Its turn may have come in the same moment: then the place is the next one's. */
    private synchronized void leave(Turn turn) {
        if (!line.remove(turn)) {
            free++;
            serve();
        }
    }

    private synchronized void release() {
        free++;
        serve();
    }

    private synchronized void serve() {
        while (free > 0 && !line.isEmpty()) {
            free--;
            line.remove().come().countDown();
        }
    }

    /** A place among those that compute. */
    final class Place implements AutoCloseable {
        private final AtomicBoolean left = new AtomicBoolean();

        /** Gives it to the next; once is enough. */
        @Override
        public void close() {
            if (left.compareAndSet(false, true)) {
                release();
                wanted.decrementAndGet();
                room.run();
            }
        }

        /** The time of the machine, for an investigation that leaves its place when it waits for long. */
        Pace pace() {
            return new Waiting(Pace.real(), this);
        }
    }

    private record Waiting(Pace real, Place place) implements Pace {
        @Override
        public Task start(String name, Runnable task) {
            return real.start(name, task);
        }

        @Override
        public <T> List<T> all(List<Supplier<T>> tasks, int atOnce) {
            return real.all(tasks, atOnce);
        }

        @Override
        public <M> Mailbox<M> mailbox() {
            Mailbox<M> mailbox = real.mailbox();
            return new Mailbox<>() {
                @Override
                public void put(M message) {
                    mailbox.put(message);
                }

                @Override
                public Optional<M> take(Duration atMost) throws InterruptedException {
                    if (atMost.compareTo(PATIENCE) <= 0) {
                        return mailbox.take(atMost);
                    }
                    Optional<M> soon = mailbox.take(PATIENCE);
                    if (soon.isPresent()) {
                        return soon;
                    }
                    place.close();
                    return mailbox.take(atMost.minus(PATIENCE));
                }
            };
        }

        @Override
        public void sleep(Duration time) throws InterruptedException {
            real.sleep(time);
        }

        @Override
        public Observation within(Duration limit, String name, Look look, Observation.Unseen late)
                throws InterruptedException {
            return real.within(limit, name, look, late);
        }
    }
}
