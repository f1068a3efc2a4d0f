package dev.whydunit.source.elasticsearch;

import co.elastic.clients.elasticsearch.ElasticsearchAsyncClient;
import co.elastic.clients.json.JsonpMapper;
import co.elastic.clients.json.jackson.Jackson3JsonpMapper;
import co.elastic.clients.transport.rest_client.RestClientOptions;
import co.elastic.clients.transport.rest_client.RestClientTransport;
import dev.whydunit.source.SourceEnvironment;
import dev.whydunit.source.log.LogUnreadable;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.apache.http.Header;
import org.apache.http.HttpException;
import org.apache.http.HttpHost;
import org.apache.http.HttpRequest;
import org.apache.http.HttpResponse;
import org.apache.http.ProtocolException;
import org.apache.http.client.RedirectStrategy;
import org.apache.http.client.methods.HttpUriRequest;
import org.apache.http.message.BasicHeader;
import org.apache.http.protocol.HttpContext;
import org.elasticsearch.client.RestClient;

/** One client of one server: authenticated, never redirected, with limits on time and size. Thread-safe. */
final class Connection implements AutoCloseable {
    /** The largest answer that is read, in bytes. */
    static final int ANSWER_LIMIT = 32 << 20;

    private static final Duration CONNECT = Duration.ofSeconds(5);

    private final Faults faults;
    private final Duration timeout;
    private final RestClientTransport transport;
    private final ElasticsearchAsyncClient client;

    private Connection(Faults faults, Duration timeout, RestClient rest) {
        this.faults = faults;
        this.timeout = timeout;
        this.transport = new RestClientTransport(rest, new Jackson3JsonpMapper());
        RestClientOptions.Builder options = ((RestClientOptions) transport.options()).toBuilder();
        options.restClientRequestOptionsBuilder()
                .setHttpAsyncResponseConsumerFactory(() -> new BoundedAnswer(ANSWER_LIMIT));
        this.client = new ElasticsearchAsyncClient(transport, options.build());
    }

    static Connection open(String name, ElasticsearchSettings settings, SourceEnvironment environment) {
        URI url = url(name, settings.url());
        List<Header> headers = new ArrayList<>();
        authorization(settings, environment).ifPresent(value -> headers.add(new BasicHeader("Authorization", value)));
        Optional<SSLContext> tls = settings.ca().map(ca -> tls(name, environment.resolve(ca)));
        int millis = (int) Math.min(Integer.MAX_VALUE, settings.timeout().toMillis());
        var builder = RestClient.builder(new HttpHost(url.getHost(), port(url), url.getScheme()))
                .setDefaultHeaders(headers.toArray(Header[]::new))
                .setRequestConfigCallback(config -> config.setConnectTimeout((int) Math.min(CONNECT.toMillis(), millis))
                        .setConnectionRequestTimeout(millis)
                        .setSocketTimeout(millis))
                .setHttpClientConfigCallback(http -> {
                    tls.ifPresent(http::setSSLContext);
                    return http.setThreadFactory(daemon(name))
                            .setRedirectStrategy(new NoRedirects())
                            .disableCookieManagement()
                            .addInterceptorFirst(Connection::refuseCompression);
                });
        String path = Optional.ofNullable(url.getPath()).orElse("");
        if (path.length() > 1) {
            builder.setPathPrefix(path);
        }
        return new Connection(new Faults(name, settings.url()), settings.timeout(), builder.build());
    }

    JsonpMapper mapper() {
        return transport.jsonpMapper();
    }

    /**
     * Sends one request and waits for its answer.
     *
     * @param limit how long it may take; the source's own timeout holds as well
     */
    <T> T call(Function<ElasticsearchAsyncClient, CompletableFuture<T>> request, Duration limit)
            throws LogUnreadable, InterruptedException {
        Duration within = limit.compareTo(timeout) < 0 ? limit : timeout;
        CompletableFuture<T> answer = request.apply(client);
        try {
            return answer.get(Math.max(1, within.toMillis()), TimeUnit.MILLISECONDS);
        } catch (ExecutionException failed) {
            throw faults.of(failed.getCause() == null ? failed : failed.getCause(), within);
        } catch (TimeoutException late) {
            throw faults.of(late, within);
        } finally {
            // Nothing when it is there; otherwise the request is aborted.
            answer.cancel(true);
        }
    }

    @Override
    public void close() throws IOException {
        transport.close();
    }

    private static URI url(String name, String text) {
        URI url;
        try {
            url = new URI(text);
        } catch (URISyntaxException wrong) {
            throw new IllegalArgumentException("source " + name + ": url is not a URL: " + wrong.getReason(), wrong);
        }
        String scheme = Optional.ofNullable(url.getScheme()).orElse("").toLowerCase(Locale.ROOT);
        if (!List.of("http", "https").contains(scheme) || url.getHost() == null) {
            throw new IllegalArgumentException(
                    "source " + name + ": url must be like https://host:9200, with http or https and a host");
        }
        if (url.getUserInfo() != null) {
            throw new IllegalArgumentException(
                    "source " + name + ": url must not hold user or password; use user and password, or api_key");
        }
        return url;
    }

    private static int port(URI url) {
        return url.getPort() >= 0 ? url.getPort() : url.getScheme().equalsIgnoreCase("https") ? 443 : 80;
    }

    private static Optional<String> authorization(ElasticsearchSettings settings, SourceEnvironment environment) {
        if (settings.apiKey().isPresent()) {
            return Optional.of("ApiKey " + environment.secret(settings.apiKey().get()));
        }
        if (settings.user().isPresent() && settings.password().isPresent()) {
            String pair = settings.user().get() + ":"
                    + environment.secret(settings.password().get());
            return Optional.of("Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
        }
        return Optional.empty();
    }

    private static SSLContext tls(String name, Path ca) {
        try (InputStream pem = Files.newInputStream(ca)) {
            KeyStore authorities = KeyStore.getInstance(KeyStore.getDefaultType());
            authorities.load(null, null);
            int number = 0;
            for (Certificate certificate :
                    CertificateFactory.getInstance("X.509").generateCertificates(pem)) {
                authorities.setCertificateEntry("ca" + number++, certificate);
            }
            if (number == 0) {
                throw new IllegalArgumentException("source " + name + ": ca holds no certificate: " + ca);
            }
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(authorities);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (IOException unreadable) {
            throw new IllegalArgumentException("source " + name + ": ca cannot be read: " + ca, unreadable);
        } catch (GeneralSecurityException wrong) {
            throw new IllegalArgumentException(
                    "source " + name + ": ca is not a PEM file of certificates: " + ca, wrong);
        }
    }

    private static ThreadFactory daemon(String name) {
        return Thread.ofPlatform()
                .daemon()
                .name("elasticsearch-" + name + "-", 0)
                .factory();
    }

    /** We never ask for compression: what comes compressed all the same could unpack to more than the limit. */
    private static void refuseCompression(HttpResponse response, HttpContext context) throws HttpException {
        Header encoding = response.getFirstHeader("Content-Encoding");
        if (encoding != null && !encoding.getValue().equalsIgnoreCase("identity")) {
            throw new HttpException("an answer compressed by " + encoding.getValue() + ", which was not asked for");
        }
    }

    private static final class NoRedirects implements RedirectStrategy {
        @Override
        public boolean isRedirected(HttpRequest request, HttpResponse response, HttpContext context) {
            return false;
        }

        @Override
        public HttpUriRequest getRedirect(HttpRequest request, HttpResponse response, HttpContext context)
                throws ProtocolException {
            throw new ProtocolException("redirects are not followed");
        }
    }
}
