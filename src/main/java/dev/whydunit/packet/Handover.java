package dev.whydunit.packet;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * Lets a thread of its own follow the connections, while another reads and decodes. It sees the same segments in the same order as if there were
 * one thread, so that the counts are the same. A few windows go round between the two, which bounds how far one can be ahead.
 */
final class Handover implements Segments, CaptureBytes.Windows, AutoCloseable {
    private static final int WINDOWS = 16;

    private final Connections connections;
    private final BlockingQueue<Batch> full = new ArrayBlockingQueue<>(WINDOWS + 1);
    private final BlockingQueue<Batch> free = new ArrayBlockingQueue<>(WINDOWS + 1);
    /** Comes last; {@link #ending} was set before. */
    private final Batch last = new Batch();

    private final Thread follower;
    private Batch batch = new Batch();
    private Ending ending = Ending.OPEN;

    @Nullable
    private Throwable failure;

    Handover(Connections connections) {
        this.connections = connections;
        for (int i = 1; i < WINDOWS; i++) {
            free.add(new Batch());
        }
        follower = Thread.ofPlatform().daemon().name("connections of a capture").start(this::follow);
    }

    @Override
    public void segment(Frame frame, Segment segment, Addressed by) {
        batch.segment(frame, segment, by);
    }

    @Override
    public void message(Frame frame, int at, int length, boolean six, Addressed by) {
        batch.message(frame, at, length, six, by);
    }

    @Override
    public byte[] exchange(byte[] left) throws IOException {
        if (batch.isEmpty()) {
            return left;
        }
        handOver();
        byte[] next = batch.window();
        return next.length >= left.length ? next : new byte[left.length];
    }

    private void handOver() throws IOException {
        try {
            full.put(batch);
            batch = free.take();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ClosedByInterruptException();
        }
    }

    /** Has the last of it taken up and the connections closed, both while the caller goes on; see {@link #await}. */
    @Override
    public void end(Ending end) throws IOException {
        handOver();
        ending = end;
        full.add(last);
    }

    /** Waits until the connections are closed. */
    void await() throws IOException {
        try {
            follower.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ClosedByInterruptException();
        }
        if (failure != null) {
            throw new IllegalStateException("following the connections of a capture failed", failure);
        }
    }

    private void follow() {
        Frame frame = new Frame();
        Segment segment = new Segment();
        Addressed by = new Addressed();
        try {
            for (Batch next = full.take(); next != last; next = full.take()) {
                if (failure == null) {
                    replay(next, frame, segment, by);
                }
                next.clear();
                free.put(next);
            }
            if (failure == null) {
                connections.end(ending);
            }
        } catch (InterruptedException closed) {
            failure = closed;
        } catch (RuntimeException | Error e) {
            failure = e;
        }
    }

    /** What fails is kept, so that the other thread is not left waiting for a free window. */
    private void replay(Batch next, Frame frame, Segment segment, Addressed by) {
        try {
            next.replay(frame, segment, by, connections);
        } catch (RuntimeException | Error e) {
            failure = e;
        }
    }

    /** Ends the thread if it still runs. */
    @Override
    public void close() {
        follower.interrupt();
    }
}
