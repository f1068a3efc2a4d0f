package dev.whydunit.demo;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Partners on slow lines who download exports: each reads a few kilobytes a second, over and over. */
final class SlowDownloads implements AutoCloseable {
    private static final int PARTNERS = 12;
    private static final int CHUNK = 1_024;
    private static final long PAUSE_MILLIS = 100;
    private static final int READS = 250;

    private final List<Thread> partners = new ArrayList<>();

    private SlowDownloads(int port) {
        for (int i = 0; i < PARTNERS; i++) {
            partners.add(Thread.ofPlatform().daemon().name("partner-" + i).start(() -> download(port)));
        }
    }

    /** Starts the downloads from the shop on this port. */
    static SlowDownloads start(int port) {
        return new SlowDownloads(port);
    }

    @Override
    public void close() {
        partners.forEach(Thread::interrupt);
    }

    private static void download(int port) {
        byte[] request =
                "GET /export HTTP/1.1\r\nHost: shop\r\nConnection: close\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
        byte[] chunk = new byte[CHUNK];
        while (!Thread.currentThread().isInterrupted()) {
            try (Socket socket = new Socket()) {
                socket.setOption(StandardSocketOptions.SO_RCVBUF, 4 * CHUNK);
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 2_000);
                socket.getOutputStream().write(request);
                InputStream answer = socket.getInputStream();
                for (int i = 0; i < READS && answer.read(chunk) >= 0; i++) {
                    Thread.sleep(PAUSE_MILLIS);
                }
            } catch (IOException e) {
                // A partner whose download breaks begins again.
                Thread.yield();
            } catch (InterruptedException e) {
                return;
            }
        }
    }
}
