package dev.whydunit.demo;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;

/** What the shop depends on: takes every payment. */
final class PaymentService {
    private PaymentService() {}

    /** Serves {@code /charge} and {@code /health} on a free port. */
    public static void main(String[] arguments) throws IOException {
        ParentWatch parent = new ParentWatch();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        byte[] paid = "{\"status\": \"paid\"}".getBytes(StandardCharsets.UTF_8);
        byte[] healthy = "{\"status\": \"UP\"}".getBytes(StandardCharsets.UTF_8);
        server.createContext("/charge", exchange -> Answer.json(200, paid).send(exchange));
        server.createContext("/health", exchange -> Answer.json(200, healthy).send(exchange));
        server.start();
        parent.ready(server.getAddress().getPort(), command -> {});
    }
}
