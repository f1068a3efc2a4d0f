package dev.whydunit.server;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Semaphore;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.filter.OncePerRequestFilter;

/** Reads what comes with a request to the API before anybody parses it: bounded in size, and in time for those who send a byte now and then. */
final class BodyLimit extends OncePerRequestFilter {
    /** Of a body. In bytes. */
    static final int MOST = 1_000_000;

    private static final Duration LONGEST = Duration.ofSeconds(20);

    /** A body is held in steps of so many bytes. */
    static final int STEP = 8_192;
    /** Steps of all bodies that are being read: many who send slowly do not fill the memory. */
    private static final Semaphore ROOM = new Semaphore((64 << 20) / STEP);

    private static final int RETRY_SECONDS = 5;

    /** A body was not read. */
    static final class NotRead extends IOException {
        private static final long serialVersionUID = 1;

        private final int status;

        NotRead(int status, String why) {
            super(why);
            this.status = status;
        }

        /** What is to be answered: 408 when it came too slowly, 429 when others have the room. */
        int status() {
            return status;
        }

        String why() {
            return String.valueOf(getMessage());
        }
    }

    /**
     * The bytes of a body, or of its beginning.
     *
     * @param most no more are read
     * @throws NotRead when it takes longer than 20 s (and up to the connection's own limit more when the sender is silent meanwhile), or
     *     when there is no room for it
     */
    static byte[] read(InputStream in, int most) throws IOException {
        return read(in, most, LONGEST, ROOM);
    }

    /** As the other, with limits of its own. */
    static byte[] read(InputStream in, int most, Duration longest, Semaphore room) throws IOException {
        long end = System.nanoTime() + longest.toNanos();
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        byte[] buffer = new byte[STEP];
        int held = 0;
        try {
            while (body.size() < most) {
                int count = in.read(buffer, 0, Math.min(buffer.length, most - body.size()));
                if (count < 0) {
                    break;
                }
                body.write(buffer, 0, count);
                // The first step is everybody's: most bodies have no more.
                for (; body.size() > (held + 1) * STEP; held++) {
                    if (!room.tryAcquire()) {
                        throw new NotRead(429, "too many large bodies come at once; send it again later");
                    }
                }
                if (System.nanoTime() > end) {
                    throw new NotRead(408, "the body did not come within " + longest.toSeconds() + " s");
                }
            }
            return body.toByteArray();
        } finally {
            room.release(held);
        }
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        // A receiver reads its own, and the web server the forms of pages, up to its own limit; what has no body needs
        // none.
        return request.getServletPath().startsWith("/webhooks/")
                || isForm(request)
                || request.getContentLengthLong() == 0
                || (request.getContentLengthLong() < 0 && request.getHeader("Transfer-Encoding") == null);
    }

    private static boolean isForm(HttpServletRequest request) {
        String type = request.getContentType();
        return type != null && type.toLowerCase(Locale.ROOT).startsWith(MediaType.APPLICATION_FORM_URLENCODED_VALUE);
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        byte[] body;
        try {
            body = request.getContentLengthLong() > MOST
                    ? new byte[MOST + 1]
                    : read(request.getInputStream(), MOST + 1);
        } catch (NotRead e) {
            response.setHeader(HttpHeaders.RETRY_AFTER, Integer.toString(RETRY_SECONDS));
            Access.answer(response, e.status(), e.why());
            return;
        }
        if (body.length > MOST) {
            Access.answer(response, 413, "a body may have " + MOST + " bytes");
            return;
        }
        chain.doFilter(new Read(request, body), response);
    }

    /** A request whose body has been read. */
    private static final class Read extends HttpServletRequestWrapper {
        private final byte[] body;

        Read(HttpServletRequest request, byte[] body) {
            super(request);
            this.body = body;
        }

        @Override
        public ServletInputStream getInputStream() {
            ByteArrayInputStream in = new ByteArrayInputStream(body);
            return new ServletInputStream() {
                @Override
                public int read() {
                    return in.read();
                }

                @Override
                public int read(byte[] into, int from, int length) {
                    return in.read(into, from, length);
                }

                @Override
                public boolean isFinished() {
                    return in.available() == 0;
                }

                @Override
                public boolean isReady() {
                    return true;
                }

                @Override
                public void setReadListener(ReadListener listener) {
                    throw new IllegalStateException("the body is read in one go");
                }
            };
        }

        @Override
        public BufferedReader getReader() {
            return new BufferedReader(new InputStreamReader(getInputStream(), StandardCharsets.UTF_8));
        }
    }
}
