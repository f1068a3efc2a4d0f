package dev.whydunit.packet;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSocketFactory;

/** One end of a conversation, run as a process in a namespace of a {@link Lab}. Says {@code ready} and {@code done}. */
public final class Peer {
    private Peer() {}

    /** The first argument says what it does; see the cases. */
    public static void main(String[] arguments) throws Exception {
        int port = Integer.parseInt(arguments[1]);
        switch (arguments[0]) {
            // Servers: PORT [ARGUMENT]
            case "http" -> serve(port, client -> http(client, Long.parseLong(arguments[2])));
            case "sink" -> serve(port, client -> client.getInputStream().transferTo(OutputStream.nullOutputStream()));
            case "sleeper" -> serve(port, client -> sleep(Long.parseLong(arguments[2])));
            case "tls-server" -> tlsServer(port);
            case "dns" -> dns(port, Integer.parseInt(arguments[2]));
            // Clients: PORT HOST ARGUMENT…
            case "get" -> get(arguments[2], port, Integer.parseInt(arguments[3]), Integer.parseInt(arguments[4]));
            case "send" -> send(arguments[2], port, Long.parseLong(arguments[3]));
            case "connect" ->
                connect(arguments[2], port, Integer.parseInt(arguments[3]), Integer.parseInt(arguments[4]));
            case "drip" -> drip(arguments[2], port);
            case "tls" -> tls(arguments[2], port, Integer.parseInt(arguments[3]));
            case "resolve" -> resolve(arguments[2], port, Integer.parseInt(arguments[3]));
            default -> throw new IllegalArgumentException(arguments[0]);
        }
        System.out.println("done");
    }

    private interface Service {
        void serve(Socket client) throws IOException;
    }

    private static void serve(int port, Service service) throws IOException {
        try (ServerSocket server = new ServerSocket()) {
            server.setReceiveBufferSize(65_536);
            server.bind(new InetSocketAddress(port));
            System.out.println("ready");
            while (true) {
                Socket client = server.accept();
                Thread.ofPlatform().start(() -> {
                    try (client) {
                        service.serve(client);
                    } catch (IOException e) {
                        System.out.println(e);
                    }
                });
            }
        }
    }

    /** Answers GET /SIZE with as many bytes, after a while. */
    private static void http(Socket client, long millis) throws IOException {
        InputStream in = client.getInputStream();
        StringBuilder request = new StringBuilder();
        for (int c = in.read(); c >= 0; c = in.read()) {
            request.append((char) c);
            if (request.indexOf("\r\n\r\n") >= 0) {
                sleep(millis);
                int size = Integer.parseInt(request.substring(5, request.indexOf(" ", 5)));
                client.getOutputStream()
                        .write(("HTTP/1.1 200 OK\r\nContent-Length: " + size + "\r\n\r\n" + "x".repeat(size))
                                .getBytes(StandardCharsets.US_ASCII));
                request.setLength(0);
            }
        }
    }

    private static void get(String host, int port, int times, int size) throws IOException {
        System.out.println("ready");
        for (int i = 0; i < times; i++) {
            try (Socket socket = new Socket(host, port)) {
                socket.getOutputStream()
                        .write(("GET /" + size + " HTTP/1.1\r\nHost: " + host + "\r\n\r\n")
                                .getBytes(StandardCharsets.US_ASCII));
                InputStream in = socket.getInputStream();
                while (in.read() != '\n') {
                    // The first line; what follows is counted below.
                }
                in.readNBytes(size);
            }
        }
    }

    private static void send(String host, int port, long size) throws IOException {
        System.out.println("ready");
        byte[] block = new byte[8_192];
        try (Socket socket = new Socket(host, port)) {
            for (long sent = 0; sent < size; sent += block.length) {
                socket.getOutputStream().write(block);
            }
        }
    }

    private static void connect(String host, int port, int millis, int times) throws IOException {
        System.out.println("ready");
        for (int i = 0; i < times; i++) {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(host, port), millis);
            } catch (IOException e) {
                sleep(100);
            }
        }
    }

    /** A byte every 100 ms, as long as the connection takes it. */
    private static void drip(String host, int port) throws IOException {
        try (Socket socket = new Socket(host, port)) {
            System.out.println("ready");
            while (true) {
                socket.getOutputStream().write(1);
                sleep(100);
            }
        }
    }

    /** A server without a certificate agrees with nobody. */
    private static void tlsServer(int port) throws IOException {
        try (ServerSocket server = SSLServerSocketFactory.getDefault().createServerSocket(port)) {
            System.out.println("ready");
            while (true) {
                try (Socket client = server.accept()) {
                    client.getInputStream().read();
                } catch (SSLException disagreed) {
                    System.out.println(disagreed);
                }
            }
        }
    }

    private static void tls(String host, int port, int times) throws IOException {
        System.out.println("ready");
        for (int i = 0; i < times; i++) {
            try (Socket socket = SSLSocketFactory.getDefault().createSocket(host, port)) {
                socket.getOutputStream().write(1);
            } catch (SSLException disagreed) {
                sleep(100);
            }
        }
    }

    private static void resolve(String host, int port, int times) throws IOException {
        System.out.println("ready");
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.setSoTimeout(1_000);
            for (int i = 0; i < times; i++) {
                byte[] query = Wire.dns(i, "name" + i % 7 + ".test", -1);
                socket.send(new DatagramPacket(query, query.length, InetAddress.getByName(host), port));
                DatagramPacket answer = new DatagramPacket(new byte[512], 512);
                try {
                    socket.receive(answer);
                } catch (java.net.SocketTimeoutException lost) {
                    System.out.println("unanswered");
                }
            }
        }
    }

    /** Answers each question with this code; not at all when it is negative. */
    private static void dns(int port, int code) throws IOException {
        try (DatagramSocket socket = new DatagramSocket(port)) {
            System.out.println("ready");
            while (true) {
                DatagramPacket packet = new DatagramPacket(new byte[512], 512);
                socket.receive(packet);
                byte[] data = packet.getData();
                data[2] = (byte) 0x81;
                data[3] = (byte) (0x80 | code);
                if (code >= 0) {
                    socket.send(packet);
                }
            }
        }
    }

    private static void sleep(long millis) throws IOException {
        try {
            if (new CountDownLatch(1).await(millis, TimeUnit.MILLISECONDS)) {
                throw new IOException("woken");
            }
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }
}
