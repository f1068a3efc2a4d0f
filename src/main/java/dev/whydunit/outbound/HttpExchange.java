package dev.whydunit.outbound;

import dev.whydunit.outbound.Answer.Phases;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/**
 * One request and its answer over a connection of its own, HTTP/1.1, with the time of each phase, which Java's own client
 * does not tell. Certificates are checked. Bounded in time and size.
 */
public final class HttpExchange {
    /** A body is read up to here. In bytes. */
    private static final int MAX_BODY = 1 << 20;
    /** The answer's head. In bytes. */
    private static final int MAX_HEAD = 64 << 10;
    /** In characters. */
    private static final int MAX_DETAIL = 300;

    private final URI uri;
    private final Call call;
    private final Route route;
    private final long deadline;
    // Volatile, since an exchange that is given up is described by another thread than its own.
    private volatile double dns;
    private volatile double connect;
    private volatile double tls;
    private volatile double firstByte;
    private volatile double transfer;
    private volatile String address = "";
    private volatile Optional<Socket> open = Optional.empty();

    /** Does nothing yet; its time runs from now. */
    public HttpExchange(Call call, Route route) {
        this.call = call;
        this.route = route;
        this.uri = call.uri();
        this.deadline = System.nanoTime() + call.limit().toNanos();
    }

    /** Ends the exchange from another thread. */
    public void abort() {
        open.ifPresent(socket -> {
            try {
                socket.close();
            } catch (IOException e) {
                // It is gone all the same.
                open = Optional.empty();
            }
        });
    }

    /**
     * Asks and waits. Redirects are not followed: each is a request of its own, with an address that is checked as the first was.
     *
     * @throws Refused when the address may not be asked
     */
    public Answer run() throws Refused {
        try {
            return exchange();
        } catch (IOException e) {
            return failed(failure(e), e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage());
        }
    }

    /** What is known when the time is over and the thread of the exchange still waits, for a name server at most. */
    public Answer late() {
        return failed(address.isEmpty() ? "dns" : "timeout", "no answer in time");
    }

    private static String failure(IOException e) {
        return switch (e) {
            case UnknownHostException unknown -> "dns";
            case SocketTimeoutException timeout -> "timeout";
            case NoRouteToHostException unreachable -> "unreachable";
            case ConnectException connect -> {
                String message = String.valueOf(connect.getMessage());
                yield message.contains("timed out")
                        ? "timeout"
                        : message.contains("unreachable") ? "unreachable" : "refused";
            }
            case SSLException tls -> tls.getCause() instanceof SocketTimeoutException ? "timeout" : "tls";
            case SocketException reset -> "reset";
            case EOFException closed -> "reset";
            default -> "protocol";
        };
    }

    private Answer failed(String failure, String detail) {
        String line = detail.replaceAll("\\p{Cntrl}+", " ").strip();
        return new Answer(
                failure,
                line.length() > MAX_DETAIL ? line.substring(0, MAX_DETAIL) + "…" : line,
                0,
                Map.of(),
                "",
                false,
                phases(),
                address);
    }

    private Phases phases() {
        return new Phases(dns, connect, tls, firstByte, transfer);
    }

    private Answer exchange() throws IOException, Refused {
        boolean secure = "https".equalsIgnoreCase(uri.getScheme());
        int port = uri.getPort() > 0 ? uri.getPort() : secure ? 443 : 80;
        long mark = System.nanoTime();
        List<InetSocketAddress> targets = route.targets(host(), port);
        dns = since(mark);
        try (Socket plain = connected(targets)) {
            plain.setSoTimeout(left());
            if (!secure) {
                return talk(plain);
            }
            mark = System.nanoTime();
            try (SSLSocket socket = secured(plain, port)) {
                socket.startHandshake();
                tls = since(mark);
                return talk(socket);
            }
        } finally {
            open = Optional.empty();
        }
    }

    /** The first of a name's addresses that takes a connection, as browsers do. */
    private Socket connected(List<InetSocketAddress> targets) throws IOException {
        for (int i = 0; ; i++) {
            InetSocketAddress target = targets.get(i);
            address = target.getAddress().getHostAddress();
            Socket socket = new Socket(Proxy.NO_PROXY);
            open = Optional.of(socket);
            long mark = System.nanoTime();
            try {
                socket.connect(target, (int)
                        Math.min(left(), Math.max(1, call.connectLimit().toMillis())));
                connect = since(mark);
                return socket;
            } catch (IOException e) {
                connect = since(mark);
                socket.close();
                if (i == targets.size() - 1 || left() <= 1) {
                    throw e;
                }
            }
        }
    }

    private String host() {
        String host = uri.getHost();
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    private SSLSocket secured(Socket plain, int port) throws IOException {
        SSLSocket socket = (SSLSocket) route.trust().createSocket(plain, host(), port, true);
        SSLParameters checks = socket.getSSLParameters();
        checks.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(checks);
        return socket;
    }

    private Answer talk(Socket socket) throws IOException {
        long mark = System.nanoTime();
        OutputStream out = socket.getOutputStream();
        out.write(request());
        out.flush();
        BufferedInputStream in = new BufferedInputStream(socket.getInputStream());
        in.mark(1);
        if (in.read() < 0) {
            throw new EOFException("the connection was closed without an answer");
        }
        in.reset();
        firstByte = since(mark);
        mark = System.nanoTime();
        Head head = head(in);
        while (head.status() >= 100 && head.status() < 200) {
            head = head(in);
        }
        Body body = body(in, head, socket);
        transfer = since(mark);
        return new Answer("", "", head.status(), head.headers(), body.text(), body.cut(), phases(), address);
    }

    private byte[] request() {
        String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        byte[] body = call.body().getBytes(StandardCharsets.UTF_8);
        StringBuilder head = new StringBuilder()
                .append(call.method())
                .append(' ')
                .append(path)
                .append(uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery())
                .append(" HTTP/1.1\r\n");
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Host", uri.getRawAuthority());
        headers.put("User-Agent", "whydunit");
        headers.put("Accept", "*/*");
        call.headers().forEach((name, value) -> {
            headers.keySet().removeIf(known -> known.equalsIgnoreCase(name));
            headers.put(name, value);
        });
        headers.put("Connection", "close");
        if (body.length > 0) {
            headers.put("Content-Length", Integer.toString(body.length));
        }
        headers.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        byte[] start = head.append("\r\n").toString().getBytes(StandardCharsets.UTF_8);
        byte[] whole = Arrays.copyOf(start, start.length + body.length);
        System.arraycopy(body, 0, whole, start.length, body.length);
        return whole;
    }

    private record Head(int status, Map<String, String> headers) {}

    private Head head(InputStream in) throws IOException {
        int[] budget = {MAX_HEAD};
        String[] first = line(in, budget).split(" ", 3);
        if (first.length < 2 || !first[0].startsWith("HTTP/1.") || !first[1].matches("[1-5][0-9][0-9]")) {
            throw new IOException("the answer is not HTTP/1");
        }
        Map<String, String> headers = new LinkedHashMap<>();
        for (String line = line(in, budget); !line.isEmpty(); line = line(in, budget)) {
            int colon = line.indexOf(':');
            if (colon <= 0) {
                throw new IOException("a header of the answer is malformed");
            }
            String name = line.substring(0, colon).toLowerCase(Locale.ROOT);
            headers.merge(
                    name,
                    // Whoever holds a session's cookie holds the session.
                    name.equals("set-cookie")
                            ? "(left out)"
                            : line.substring(colon + 1).strip(),
                    (one, another) -> one + ", " + another);
        }
        return new Head(Integer.parseInt(first[1]), headers);
    }

    private String line(InputStream in, int[] budget) throws IOException {
        StringBuilder line = new StringBuilder();
        while (true) {
            int c = in.read();
            if (c < 0) {
                throw new EOFException("the answer ends in its head");
            }
            if (--budget[0] < 0) {
                throw new IOException("the head of the answer is larger than " + MAX_HEAD + " bytes");
            }
            if (c == '\n') {
                return line.toString();
            }
            if (c != '\r') {
                line.append((char) c);
            }
            left();
        }
    }

    private record Body(String text, boolean cut) {}

    private Body body(InputStream in, Head head, Socket socket) throws IOException {
        if (call.method().equals("HEAD") || head.status() == 204 || head.status() == 304) {
            return new Body("", false);
        }
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        boolean cut;
        if (head.headers()
                .getOrDefault("transfer-encoding", "")
                .toLowerCase(Locale.ROOT)
                .contains("chunked")) {
            cut = chunks(in, body, socket);
        } else {
            String length = head.headers().getOrDefault("content-length", "");
            boolean known = length.matches("[0-9]{1,18}");
            long expected = known ? Long.parseLong(length) : Long.MAX_VALUE;
            long read = copy(in, body, Math.min(expected, MAX_BODY + 1L), socket);
            if (known && read < Math.min(expected, MAX_BODY + 1L)) {
                throw new EOFException("the answer ended after " + read + " of " + expected + " bytes");
            }
            cut = read > MAX_BODY;
        }
        byte[] bytes = body.toByteArray();
        return new Body(new String(bytes, 0, Math.min(bytes.length, MAX_BODY), StandardCharsets.UTF_8), cut);
    }

    private boolean chunks(InputStream in, ByteArrayOutputStream body, Socket socket) throws IOException {
        int[] budget = {MAX_BODY};
        while (true) {
            String size = line(in, budget).split(";", 2)[0].strip();
            if (!size.matches("[0-9a-fA-F]{1,8}")) {
                throw new IOException("a chunk of the answer is malformed");
            }
            long length = Long.parseLong(size, 16);
            if (length == 0) {
                return false;
            }
            if (body.size() + length > MAX_BODY) {
                copy(in, body, MAX_BODY - body.size(), socket);
                return true;
            }
            if (copy(in, body, length, socket) < length) {
                throw new EOFException("the answer ended within a chunk");
            }
            line(in, budget);
        }
    }

    private long copy(InputStream in, ByteArrayOutputStream body, long most, Socket socket) throws IOException {
        byte[] buffer = new byte[8192];
        long read = 0;
        while (read < most) {
            socket.setSoTimeout(left());
            int n = in.read(buffer, 0, (int) Math.min(buffer.length, most - read));
            if (n < 0) {
                break;
            }
            body.write(buffer, 0, n);
            read += n;
        }
        return read;
    }

    /** Milliseconds until the limit. */
    private int left() throws SocketTimeoutException {
        long millis = (deadline - System.nanoTime()) / 1_000_000;
        if (millis <= 0) {
            throw new SocketTimeoutException("no time is left");
        }
        return (int) Math.min(Integer.MAX_VALUE, millis);
    }

    private static double since(long mark) {
        return (System.nanoTime() - mark) / 1e9;
    }
}
