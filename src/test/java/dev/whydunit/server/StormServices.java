package dev.whydunit.server;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** Small services that need one other, and that other: what a storm breaks. */
final class StormServices {
    /** A question that fills most of a packet. */
    private static final String QUESTION = "x".repeat(1_250);

    private static final int PATIENCE_MILLIS = 5_000;

    private StormServices() {}

    /** Arguments: {@code ledger PORT}, or {@code services FIRST_PORT COUNT ENDPOINTS LEDGER_HOST LEDGER_PORT}. */
    public static void main(String[] arguments) throws Exception {
        if (arguments[0].equals("ledger")) {
            ledger(Integer.parseInt(arguments[1]));
        } else {
            int first = Integer.parseInt(arguments[1]);
            for (int i = 0; i < Integer.parseInt(arguments[2]); i++) {
                service(
                        first + i,
                        "s" + i,
                        Integer.parseInt(arguments[3]),
                        new InetSocketAddress(arguments[4], Integer.parseInt(arguments[5])));
            }
        }
        System.out.println("ready");
        new CountDownLatch(1).await();
    }

    private static void ledger(int port) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress("0.0.0.0", port), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        server.start();
    }

    /** Asks the ledger twice a second; each of its endpoints fails while the ledger does not answer. */
    private static void service(int port, String name, int endpoints, InetSocketAddress ledger) throws IOException {
        AtomicBoolean fails = new AtomicBoolean();
        HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", port), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/metrics", exchange -> {
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < endpoints; i++) {
                text.append(
                        "endpoint_fails{endpoint=\"e%d\",turn=\"%d\"} %d%n".formatted(i, i % 10, fails.get() ? 1 : 0));
            }
            byte[] body = text.toString().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        Thread.ofVirtual().name(name).start(() -> {
            CountDownLatch never = new CountDownLatch(1);
            try {
                do {
                    fails.set(!answers(ledger));
                } while (!never.await(500, TimeUnit.MILLISECONDS));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private static boolean answers(InetSocketAddress ledger) {
        try (Socket socket = new Socket()) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.connect(ledger, PATIENCE_MILLIS);
            String request = "POST /book HTTP/1.1\r\nHost: ledger\r\nConnection: close\r\nContent-Length: "
                    + QUESTION.length() + "\r\n\r\n" + QUESTION;
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            InputStream in = socket.getInputStream();
            return new String(in.readNBytes(12), StandardCharsets.US_ASCII).equals("HTTP/1.1 204");
        } catch (IOException e) {
            return false;
        }
    }
}
