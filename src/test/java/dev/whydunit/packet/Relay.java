package dev.whydunit.packet;

import java.io.IOException;
import java.util.Random;
import java.util.concurrent.DelayQueue;
import java.util.concurrent.Delayed;
import java.util.concurrent.TimeUnit;

/** Joins the hosts of a {@link Lab} by a path that delays, loses, reorders and swallows what is too big: what netem would do. */
public final class Relay implements AutoCloseable {
    private static final int POLL_MILLIS = 50;

    /**
     * What a path does to packets.
     *
     * @param millis delay in each direction
     * @param lost share of packets lost
     * @param late share of packets that take twice as long
     * @param largest packets beyond this size vanish
     */
    public record Path(int millis, double lost, double late, int largest) {}

    private record Travelling(byte[] packet, long arrives, long number) implements Delayed {
        @Override
        public long getDelay(TimeUnit unit) {
            return unit.convert(arrives - System.nanoTime(), TimeUnit.NANOSECONDS);
        }

        @Override
        public int compareTo(Delayed other) {
            Travelling that = (Travelling) other;
            int byTime = Long.compare(arrives, that.arrives);
            return byTime != 0 ? byTime : Long.compare(number, that.number);
        }
    }

    private final Tun client;
    private final Tun server;
    private final Thread[] threads;
    private volatile boolean closed;

    /** Makes {@code tun0} in both namespaces of the lab and relays between them. */
    public Relay(Lab lab, Path path) throws IOException {
        String id = lab.client.substring(2);
        client = new Tun("tc" + id);
        server = new Tun("ts" + id);
        move("tc" + id, lab.client, Lab.CLIENT);
        move("ts" + id, lab.server, Lab.SERVER);
        DelayQueue<Travelling> there = new DelayQueue<>();
        DelayQueue<Travelling> back = new DelayQueue<>();
        threads = new Thread[] {
            start(() -> take(client, there, path, new Random(1))),
            start(() -> take(server, back, path, new Random(2))),
            start(() -> give(there, server)),
            start(() -> give(back, client))
        };
    }

    private static void move(String device, String namespace, String address) {
        Lab.run("ip", "link", "set", device, "netns", namespace);
        Lab.run("ip", "-n", namespace, "link", "set", device, "name", "tun0");
        Lab.run("ip", "-n", namespace, "addr", "add", address + "/24", "dev", "tun0");
        Lab.run("ip", "-n", namespace, "link", "set", "tun0", "up");
    }

    private interface Work {
        void run() throws Exception;
    }

    private Thread start(Work work) {
        return Thread.ofPlatform().daemon().start(() -> {
            try {
                work.run();
            } catch (Exception e) {
                if (!closed) {
                    throw new IllegalStateException(e);
                }
            }
        });
    }

    private void take(Tun from, DelayQueue<Travelling> queue, Path path, Random random) throws IOException {
        for (long number = 0; !closed; number++) {
            byte[] packet = from.read(POLL_MILLIS);
            if (packet.length == 0 || packet.length > path.largest() || random.nextDouble() < path.lost()) {
                continue;
            }
            long delay = TimeUnit.MILLISECONDS.toNanos(path.millis()) * (random.nextDouble() < path.late() ? 2 : 1);
            queue.add(new Travelling(packet, System.nanoTime() + delay, number));
        }
    }

    private void give(DelayQueue<Travelling> queue, Tun to) throws Exception {
        while (!closed) {
            Travelling next = queue.poll(POLL_MILLIS, TimeUnit.MILLISECONDS);
            if (next != null) {
                to.write(next.packet);
            }
        }
    }

    @Override
    public void close() throws IOException {
        closed = true;
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        client.close();
        server.close();
    }
}
