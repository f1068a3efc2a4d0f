package dev.whydunit.step.httpcheck;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A server on 127.0.0.1 that answers each connection as a test says, byte by byte, and keeps what it was asked. */
final class RawServer implements AutoCloseable {
    /** What happens on one connection, after its request was read up to the empty line. */
    @FunctionalInterface
    interface Behaviour {
        void answer(Socket connection, String request) throws Exception;
    }

    final List<String> requests = new CopyOnWriteArrayList<>();
    private final List<Socket> open = new CopyOnWriteArrayList<>();
    private final ServerSocket socket;

    RawServer(Behaviour behaviour) {
        try {
            socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.startVirtualThread(() -> accept(behaviour));
    }

    static RawServer saying(String answer) {
        return new RawServer((connection, request) ->
                connection.getOutputStream().write(answer.getBytes(StandardCharsets.ISO_8859_1)));
    }

    String url(String path) {
        return "http://127.0.0.1:" + socket.getLocalPort() + path;
    }

    private void accept(Behaviour behaviour) {
        while (!socket.isClosed()) {
            try {
                Socket connection = socket.accept();
                open.add(connection);
                Thread.startVirtualThread(() -> serve(connection, behaviour));
            } catch (IOException e) {
                return; // Closed at the end of the test.
            }
        }
    }

    private void serve(Socket connection, Behaviour behaviour) {
        try (connection) {
            StringBuilder request = new StringBuilder();
            while (!request.toString().endsWith("\r\n\r\n")) {
                int c = connection.getInputStream().read();
                if (c < 0) {
                    return;
                }
                request.append((char) c);
            }
            requests.add(request.toString());
            behaviour.answer(connection, request.toString());
        } catch (Exception e) {
            // The client went away, as some tests have it do.
            open.remove(connection);
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
        for (Socket connection : open) {
            connection.close();
        }
    }
}
