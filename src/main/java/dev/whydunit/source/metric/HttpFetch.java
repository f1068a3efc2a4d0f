package dev.whydunit.source.metric;

import dev.whydunit.source.SourceEnvironment;
import dev.whydunit.source.metric.MetricFailure.Reason;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * HTTP for sources: bounded in time (body included) and size, follows no redirect, and tells every failure in one line.
 * Thread-safe. The client is made when it is first used.
 */
public final class HttpFetch implements AutoCloseable {
    private final String source;
    private final Optional<String> authorization;
    private final Optional<Path> authority;
    private final Duration timeout;
    private final int largest;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable HttpClient client;
    private boolean closed;

    /**
     * Reads the secrets, connects to nothing.
     *
     * @param source the source's name, for messages
     * @param authority path of a PEM file of certificates to trust instead of the JDK's, as configured
     * @param timeout for one request, its body included
     * @param largest most bytes of a body
     * @throws IllegalArgumentException when a reference leads nowhere
     */
    public HttpFetch(
            String source,
            Optional<HttpCredentials> credentials,
            Optional<String> authority,
            Duration timeout,
            int largest,
            SourceEnvironment environment) {
        if (timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException("source " + source + ": timeout must be longer than 0");
        }
        this.source = source;
        this.authorization = credentials.map(c -> c.header(source, environment));
        this.authority = authority.map(environment::resolve);
        this.timeout = timeout;
        this.largest = largest;
    }

    /**
     * An address as configured.
     *
     * @throws IllegalArgumentException when it is not http or https with a host, or holds a password
     */
    public static URI address(String source, String url) {
        URI uri;
        try {
            uri = URI.create(url);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("source " + source + ": url is no address", e);
        }
        if (uri.getHost() == null || !("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))) {
            throw new IllegalArgumentException(
                    "source " + source + ": url must begin with http:// or https:// and a host");
        }
        if (uri.getUserInfo() != null) {
            throw new IllegalArgumentException(
                    "source " + source + ": put user and password into auth, not into the url");
        }
        return uri;
    }

    /** An answer of whatever status, but not a redirect, and not 401 or 403. */
    public record Answer(int status, byte[] body, String contentType) {}

    /**
     * Sends a request.
     *
     * @param request address, method, body and headers; authorization and time limit are added
     * @param limit how long it may take, where that is shorter than the configured timeout
     * @throws MetricFailure refused, timed out, redirected, unauthorised, too large, cut off, TLS
     */
    public Answer send(HttpRequest.Builder request, Duration limit) throws MetricFailure, InterruptedException {
        Duration time = limit.compareTo(timeout) < 0 ? limit : timeout;
        authorization.ifPresent(value -> request.setHeader("Authorization", value));
        HttpRequest built = request.setHeader("User-Agent", "whydunit").build();
        String where = where(built.uri());
        CompletableFuture<HttpResponse<byte[]>> future =
                client(where).sendAsync(built, BodyHandlers.limiting(BodyHandlers.ofByteArray(), largest));
        try {
            HttpResponse<byte[]> response = future.get(Math.max(1, time.toMillis()), TimeUnit.MILLISECONDS);
            refuse(response, where);
            return new Answer(
                    response.statusCode(),
                    response.body(),
                    response.headers().firstValue("Content-Type").orElse(""));
        } catch (TimeoutException e) {
            throw new MetricFailure(
                    Reason.TIMED_OUT,
                    where + " did not answer within " + text(time),
                    "raise the source's timeout, or ask for less");
        } catch (ExecutionException e) {
            throw failure(where, time, e.getCause() == null ? e : e.getCause());
        } finally {
            // Ends the exchange when we leave before it does.
            future.cancel(true);
        }
    }

    private void refuse(HttpResponse<byte[]> response, String where) throws MetricFailure {
        int status = response.statusCode();
        if (status >= 300 && status < 400 && status != 304) {
            String target = response.headers().firstValue("Location").orElse("nowhere");
            throw new MetricFailure(
                    Reason.FAILED,
                    where + " redirects to " + target + " (status " + status + "), which is not followed",
                    "set the source's url to where it really is");
        }
        if (status == 401 || status == 403) {
            throw new MetricFailure(
                    Reason.DENIED,
                    where + " refuses "
                            + (authorization.isPresent() ? "our credentials" : "requests without credentials")
                            + " (status " + status + ")",
                    "check auth of the source " + source);
        }
    }

    private MetricFailure failure(String where, Duration time, Throwable cause) {
        for (Throwable each = cause; each != null; each = each.getCause()) {
            if (each instanceof SSLException) {
                return new MetricFailure(
                        Reason.FAILED,
                        where + ": TLS failed: " + message(each),
                        "check the certificate, and ca of the source " + source);
            }
            if (each instanceof UnresolvedAddressException) {
                return new MetricFailure(
                        Reason.UNREACHABLE,
                        where + ": the host's name has no address",
                        "check the source's url and DNS");
            }
        }
        if (cause instanceof HttpConnectTimeoutException || cause instanceof HttpTimeoutException) {
            return new MetricFailure(Reason.TIMED_OUT, where + " did not answer within " + text(time), "");
        }
        if (cause instanceof ConnectException) {
            return new MetricFailure(
                    Reason.UNREACHABLE,
                    where + ": connection refused",
                    "check that it runs and that the source's url is right");
        }
        String message = message(cause);
        if (message.contains("limit") || message.contains("capacity")) {
            return new MetricFailure(
                    Reason.FAILED,
                    where + ": the answer is larger than " + largest / (1024 * 1024) + " MiB",
                    "ask for fewer series");
        }
        return new MetricFailure(Reason.UNREACHABLE, where + ": the answer broke off: " + message, "");
    }

    private static String message(Throwable e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    private HttpClient client(String where) throws MetricFailure {
        lock.lock();
        try {
            if (closed) {
                throw new MetricFailure(Reason.FAILED, where + ": the source is closed", "");
            }
            HttpClient open = client;
            if (open == null) {
                HttpClient.Builder builder = HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .connectTimeout(timeout);
                if (authority.isPresent()) {
                    builder.sslContext(TrustedAuthority.context(authority.get()));
                }
                open = builder.build();
                client = open;
            }
            return open;
        } catch (IOException e) {
            throw new MetricFailure(
                    Reason.FAILED,
                    "source " + source + ": cannot read its ca "
                            + authority.map(Path::toString).orElse("") + ": " + message(e),
                    "ca must be a PEM file of certificates");
        } finally {
            lock.unlock();
        }
    }

    private String where(URI uri) {
        return source + " (" + uri.getScheme() + "://" + uri.getAuthority() + ")";
    }

    private static String text(Duration time) {
        return time.toMillis() < 1000 ? time.toMillis() + " ms" : time.toMillis() / 1000.0 + " s";
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            HttpClient open = client;
            if (open != null) {
                open.shutdownNow();
            }
        } finally {
            lock.unlock();
        }
    }
}
