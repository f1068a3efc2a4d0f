package dev.whydunit.store;

import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Consumer;

/**
 * Tells those who wait for a transaction that it is on the disk, in the order of commits and on a thread of its own: the next transaction
 * is done meanwhile, and all that are committed by then wait for the disk together.
 */
final class Answers implements AutoCloseable {
    /** Whoever commits waits when so many transactions are not on the disk yet. */
    private static final int MOST_WAITING = 16;

    private static final Answer END = new Answer(() -> {}, why -> {});

    /**
     * What is told of a transaction.
     *
     * @param durable once it is on the disk
     * @param failed when it cannot be brought there
     */
    record Answer(Runnable durable, Consumer<SQLException> failed) {}

    private final Durability durability;
    private final BlockingQueue<Answer> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
    private final Thread teller;

    Answers(Durability durability) {
        this.durability = durability;
        this.teller = Thread.ofPlatform().daemon().name("answers").start(this::tell);
    }

    /** Of a transaction that is committed. */
    void add(Answer answer) {
        Uninterrupted.put(waiting, answer);
    }

    private void tell() {
        List<Answer> answers = new ArrayList<>();
        while (!answers.contains(END)) {
            answers.clear();
            try {
                answers.add(waiting.take());
            } catch (InterruptedException e) {
                // Nobody interrupts this thread to end it: END does.
                continue;
            }
            waiting.drainTo(answers);
            try {
                durability.await();
                answers.forEach(answer -> answer.durable().run());
            } catch (SQLException e) {
                answers.forEach(answer -> answer.failed().accept(e));
            }
        }
        try {
            durability.close();
        } catch (IOException e) {
            // What was told of is on the disk.
            System.getLogger(Answers.class.getName())
                    .log(System.Logger.Level.DEBUG, "the log of the database cannot be closed", e);
        }
    }

    /** Tells what waits, then ends. */
    @Override
    public void close() {
        add(END);
        Uninterrupted.join(teller);
    }
}
