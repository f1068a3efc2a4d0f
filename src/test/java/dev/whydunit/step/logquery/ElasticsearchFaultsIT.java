package dev.whydunit.step.logquery;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import dev.whydunit.engine.Observation;
import dev.whydunit.engine.Observation.Cause;
import dev.whydunit.engine.Observation.Seen;
import dev.whydunit.engine.Observation.Unseen;
import dev.whydunit.masking.SecretMask;
import dev.whydunit.source.SourceEnvironment;
import dev.whydunit.source.elasticsearch.ElasticsearchKind;
import dev.whydunit.source.elasticsearch.ElasticsearchSettings;
import dev.whydunit.source.log.LogSource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** However a server fails, the step saw nothing, and says why in one line. */
class ElasticsearchFaultsIT {
    private static final String FIELDS =
            "{\"indices\":[\"logs\"],\"fields\":{\"@timestamp\":{\"date\":{\"type\":\"date\",\"searchable\":true,\"aggregatable\":true,\"metadata_field\":false}}}}";
    private static final String NONE = "\"_shards\":{\"total\":1,\"successful\":1,\"skipped\":0,\"failed\":0}";
    private static final String AGGREGATIONS =
            "\"aggregations\":{\"date_histogram#histogram\":{\"buckets\":[]},\"min#first\":{\"value\":null},\"max#last\":{\"value\":null}}";

    @TempDir
    static Path folder;

    private static WireMockServer server;

    @BeforeAll
    static void start() throws Exception {
        keytool(
                "-genkeypair -alias es -keyalg RSA -dname CN=es -ext san=ip:127.0.0.1 -storetype PKCS12 -keystore es.p12 -storepass password");
        keytool("-exportcert -rfc -alias es -file es.crt -keystore es.p12 -storepass password");
        keytool(
                "-genkeypair -alias ca -keyalg RSA -dname CN=other -storetype PKCS12 -keystore other.p12 -storepass password");
        keytool("-exportcert -rfc -alias ca -file other.crt -keystore other.p12 -storepass password");
        server = new WireMockServer(wireMockConfig()
                .bindAddress("127.0.0.1")
                .dynamicPort()
                .dynamicHttpsPort()
                .keystorePath(folder.resolve("es.p12").toString())
                .keystoreType("PKCS12")
                .keystorePassword("password")
                .keyManagerPassword("password"));
        server.start();
    }

    private static void keytool(String arguments) throws IOException, InterruptedException {
        String keytool =
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        Process process = new ProcessBuilder((keytool + " " + arguments).split(" "))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
    }

    @AfterAll
    static void stop() {
        server.stop();
    }

    @BeforeEach
    void reset() {
        server.resetAll();
    }

    private static ResponseDefinitionBuilder answer(int status, String body) {
        return aResponse()
                .withStatus(status)
                .withHeader("X-Elastic-Product", "Elasticsearch")
                .withHeader("Content-Type", "application/vnd.elasticsearch+json;compatible-with=8")
                .withBody(body);
    }

    private static void fields() {
        server.stubFor(post(urlPathMatching(".*/_field_caps")).willReturn(answer(200, FIELDS)));
    }

    private static void search(ResponseDefinitionBuilder answer) {
        fields();
        server.stubFor(post(urlPathMatching(".*/_search")).willReturn(answer));
    }

    private static String http() {
        return "http://127.0.0.1:" + server.port();
    }

    private static String https() {
        return "https://127.0.0.1:" + server.httpsPort();
    }

    private static ElasticsearchSettings settings(String url) {
        return new ElasticsearchSettings(
                url,
                "logs",
                "@timestamp",
                "message",
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Duration.ofSeconds(10));
    }

    private static ElasticsearchSettings withCa(String url, String ca) {
        return new ElasticsearchSettings(
                url,
                "logs",
                "@timestamp",
                "message",
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(ca),
                Duration.ofSeconds(10));
    }

    private static Observation observe(ElasticsearchSettings settings, Duration limit) throws Exception {
        SourceEnvironment environment = new SourceEnvironment() {
            @Override
            public String secret(String reference) {
                return "s3cret-" + reference;
            }

            @Override
            public Path resolve(String path) {
                return folder.resolve(path);
            }
        };
        LogSource source = new ElasticsearchKind().open("logs", settings, environment);
        try (AutoCloseable _ = (AutoCloseable) source) {
            return new LogQuery(SecretMask::none)
                    .observe(parameters(), FixedContext.of(source).within(limit));
        }
    }

    private static LogQueryParameters parameters() {
        return new LogQueryParameters(
                Optional.empty(), "log.level:ERROR", Duration.ofMinutes(15), Optional.empty(), List.of(), 5);
    }

    private static Unseen unseen(String url) throws Exception {
        return unseen(settings(url));
    }

    private static Unseen unseen(ElasticsearchSettings settings) throws Exception {
        Observation observation = observe(settings, Duration.ofSeconds(10));
        assertThat(observation).isInstanceOf(Unseen.class);
        assertThat(((Unseen) observation).why())
                .doesNotContain("\n")
                .startsWith("source logs (" + settings.url() + ") ");
        assertThat(((Unseen) observation).help()).isNotEmpty();
        return (Unseen) observation;
    }

    /** As when the source itself is unwell: with many of these it is left alone for a while. */
    private static void doesNotAnswer(Unseen unseen, String what) {
        assertThat(unseen.cause()).isEqualTo(Cause.UNREACHABLE);
        assertThat(unseen.why()).contains(what);
    }

    private static void failsWith(Unseen unseen, String what) {
        assertThat(unseen.cause()).isEqualTo(Cause.FAILED);
        assertThat(unseen.why()).contains(what);
    }

    @Test
    void aGoodAnswerIsSeen() throws Exception {
        search(answer(
                200,
                "{\"took\":1,\"timed_out\":false," + NONE
                        + ",\"hits\":{\"total\":{\"value\":0,\"relation\":\"eq\"},\"hits\":[]}," + AGGREGATIONS + "}"));
        assertThat(observe(settings(http()), Duration.ofSeconds(10))).isInstanceOf(Seen.class);
        server.verify(anyRequestedFor(urlPathMatching("/logs/_search")));
    }

    @Test
    void slow() throws Exception {
        search(answer(200, "{}").withFixedDelay(60_000));
        Unseen late = (Unseen) observe(settings(http()), Duration.ofMillis(400));
        assertThat(late.cause()).isEqualTo(Cause.TIMED_OUT);
        assertThat(late.why()).startsWith("source logs (" + http() + ") did not answer within 0.");
    }

    @Test
    void anAnswerThatDripsIsTooSlow() throws Exception {
        search(answer(200, "{\"took\":" + " ".repeat(5_000) + "1}").withChunkedDribbleDelay(100, 60_000));
        Unseen late = (Unseen) observe(settings(http()), Duration.ofMillis(600));
        assertThat(late.cause()).isEqualTo(Cause.TIMED_OUT);
    }

    @Test
    void aTimeOutOfTheServersOwnIsNoCount() throws Exception {
        search(answer(
                200,
                "{\"took\":1,\"timed_out\":true," + NONE
                        + ",\"hits\":{\"total\":{\"value\":3,\"relation\":\"eq\"},\"hits\":[]}," + AGGREGATIONS + "}"));
        Unseen late = unseen(http());
        assertThat(late.cause()).isEqualTo(Cause.TIMED_OUT);
        assertThat(late.why()).contains("gave up within its time limit");
    }

    @Test
    void interrupted() throws Exception {
        search(answer(200, "{}").withFixedDelay(60_000));
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread step = Thread.ofVirtual()
                .start(() -> thrown.set(catchThrowable(() -> observe(settings(http()), Duration.ofSeconds(60)))));
        await().until(() ->
                !server.findAll(anyRequestedFor(urlPathMatching(".*/_search"))).isEmpty());
        step.interrupt();
        assertThat(step.join(Duration.ofSeconds(10))).isTrue();
        assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
    }

    @Test
    void serverError() throws Exception {
        search(
                answer(
                        500,
                        "{\"error\":{\"type\":\"circuit_breaking_exception\",\"reason\":\"[parent] Data too large\"},\"status\":500}"));
        doesNotAnswer(unseen(http()), "answered 500: [parent] Data too large");
        server.stubFor(any(anyUrl()).willReturn(aResponse().withStatus(500).withBody("<html>oops</html>")));
        doesNotAnswer(unseen(http()), "answered 500");
        server.stubFor(any(anyUrl()).willReturn(aResponse().withStatus(503)));
        doesNotAnswer(unseen(http()), "answered 503");
    }

    @Test
    void tooManyRequests() throws Exception {
        search(
                answer(
                        429,
                        "{\"error\":{\"type\":\"es_rejected_execution_exception\",\"reason\":\"queue is full\"},\"status\":429}"));
        doesNotAnswer(unseen(http()), "answered 429: it has too much to do: queue is full");
    }

    @Test
    void halfABody() throws Exception {
        String body = "{\"took\":1,\"timed_out\":false," + NONE + ",\"hits\":{\"total\":{\"value\":7";
        search(answer(200, body));
        failsWith(unseen(http()), "did not answer with what Elasticsearch sends");
        search(answer(200, body).withHeader("Content-Length", "9999").withFault(Fault.RANDOM_DATA_THEN_CLOSE));
        failsWith(unseen(http()), "");
        for (Fault fault :
                List.of(Fault.MALFORMED_RESPONSE_CHUNK, Fault.EMPTY_RESPONSE, Fault.CONNECTION_RESET_BY_PEER)) {
            search(aResponse().withFault(fault));
            doesNotAnswer(unseen(http()), "");
        }
    }

    @Test
    void aBodyThatEndsBeforeItsLength() throws Exception {
        try (ServerSocket socket = new ServerSocket(0)) {
            Thread broken = Thread.ofVirtual().start(() -> {
                try (var connection = socket.accept();
                        OutputStream out = connection.getOutputStream()) {
                    connection.getInputStream().read(new byte[4096]);
                    out.write(
                            ("HTTP/1.1 200 OK\r\nX-Elastic-Product: Elasticsearch\r\nContent-Type: application/json\r\n"
                                            + "Content-Length: 9999\r\n\r\n" + FIELDS)
                                    .getBytes(StandardCharsets.UTF_8));
                } catch (IOException failure) {
                    throw new IllegalStateException(failure);
                }
            });
            doesNotAnswer(unseen("http://127.0.0.1:" + socket.getLocalPort()), "broke off in the middle of its answer");
            broken.join();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "not json",
                "[]",
                "{}",
                "{\"took\":1}",
                "{\"took\":\"x\",\"hits\":7}",
                "{\"error\":{}}",
                "{\"took\":1,\"timed_out\":false,\"_shards\":{\"total\":1,\"successful\":1,\"failed\":0},\"hits\":{\"hits\":[]}}",
                "{\"took\":1,\"timed_out\":false,\"_shards\":{\"total\":1,\"successful\":1,\"failed\":0},\"hits\":{\"total\":{\"value\":5,\"relation\":\"eq\"},\"hits\":[]}}",
                "{\"took\":1,\"timed_out\":false,\"_shards\":{\"total\":2,\"successful\":1,\"failed\":1},\"hits\":{\"total\":{\"value\":0,\"relation\":\"eq\"},\"hits\":[]}}"
            })
    void wrongJson(String body) throws Exception {
        search(answer(200, body));
        failsWith(unseen(http()), "");
        server.stubFor(any(anyUrl()).willReturn(answer(200, body)));
        failsWith(unseen(http()), "");
    }

    @Test
    void deeplyNestedJson() throws Exception {
        search(answer(200, "{\"took\":" + "[".repeat(100_000)));
        failsWith(unseen(http()), "did not answer with what Elasticsearch sends");
    }

    @Test
    void anAnswerThatIsTooLong() throws Exception {
        search(answer(200, "{\"took\":" + " ".repeat(34 << 20) + "1}"));
        failsWith(unseen(http()), "answered with more than 33554432 bytes");
    }

    @Test
    void anAnswerThatWouldUnpackToMore() throws Exception {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(packed)) {
            out.write(" ".repeat(50 << 20).getBytes(StandardCharsets.UTF_8));
        }
        search(answer(200, "").withHeader("Content-Encoding", "gzip").withBody(packed.toByteArray()));
        failsWith(unseen(http()), "compressed by gzip, which was not asked for");
    }

    @Test
    void refused() throws Exception {
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        doesNotAnswer(unseen("http://127.0.0.1:" + port), "refused the connection");
    }

    @Test
    void aHostThatDoesNotExist() throws Exception {
        doesNotAnswer(unseen("http://no-such-host.invalid:9200"), "has a host name that does not exist");
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 307, 308})
    void redirected(int status) throws Exception {
        server.stubFor(
                any(anyUrl()).willReturn(aResponse().withStatus(status).withHeader("Location", http() + "/elsewhere")));
        failsWith(unseen(http()), "answered " + status + ": it redirects to " + http() + "/elsewhere");
        assertThat(server.findAll(anyRequestedFor(urlPathMatching("/elsewhere.*"))))
                .isEmpty();
    }

    @Test
    void aCertificateThatNobodyTrustsNamesTheCaSetting() throws Exception {
        search(answer(200, "{}"));
        Unseen untrusted = unseen(https());
        failsWith(untrusted, "could not be trusted: the TLS handshake failed on its certificate");
        assertThat(untrusted.help()).startsWith("Set ca to the PEM file");
        failsWith(unseen(withCa(https(), "other.crt")), "could not be trusted");
        assertThat(server.findAll(anyRequestedFor(anyUrl()))).isEmpty();
    }

    @Test
    void aCertificateOfTheGivenAuthorityIsTrusted() throws Exception {
        search(answer(
                200,
                "{\"took\":1,\"timed_out\":false," + NONE
                        + ",\"hits\":{\"total\":{\"value\":0,\"relation\":\"eq\"},\"hits\":[]}," + AGGREGATIONS + "}"));
        assertThat(observe(withCa(https(), "es.crt"), Duration.ofSeconds(10))).isInstanceOf(Seen.class);
    }

    @Test
    void aCertificateOfAnotherHostNameIsNotTrusted() throws Exception {
        search(answer(200, "{}"));
        failsWith(
                unseen(withCa("https://localhost:" + server.httpsPort(), "es.crt")),
                "certificate for another host name");
    }

    @Test
    void plainTextWhereTlsIsExpected() throws Exception {
        failsWith(unseen("https://127.0.0.1:" + server.port()), "TLS handshake failed");
    }

    @Test
    void unauthenticatedAndForbidden() throws Exception {
        server.stubFor(
                any(anyUrl())
                        .willReturn(
                                answer(
                                        401,
                                        "{\"error\":{\"type\":\"security_exception\",\"reason\":\"missing credentials\"},\"status\":401}")));
        Unseen unauthenticated = unseen(http());
        assertThat(unauthenticated.cause()).isEqualTo(Cause.DENIED);
        assertThat(unauthenticated.why()).contains("answered 401: it does not accept the credentials");
        server.stubFor(
                any(anyUrl())
                        .willReturn(
                                answer(
                                        403,
                                        "{\"error\":{\"type\":\"security_exception\",\"reason\":\"action is unauthorized for user [u]\"},\"status\":403}")));
        Unseen forbidden = unseen(http());
        assertThat(forbidden.cause()).isEqualTo(Cause.DENIED);
        assertThat(forbidden.why()).contains("answered 403: action is unauthorized for user [u]");
        server.stubFor(any(anyUrl()).willReturn(aResponse().withStatus(401).withBody("<html>")));
        assertThat(unseen(http()).cause()).isEqualTo(Cause.DENIED);
    }

    @Test
    void anotherProduct() throws Exception {
        server.stubFor(any(anyUrl())
                .willReturn(aResponse()
                        .withStatus(200)
                        .withHeader("Content-Type", "application/json")
                        .withBody("{}")));
        failsWith(unseen(http()), "is not an Elasticsearch: its answer lacks the header X-Elastic-Product");
    }

    @Test
    void credentialsAreSentAndNeverShown() throws Exception {
        search(answer(500, "{\"error\":{\"type\":\"x\",\"reason\":\"down\"},\"status\":500}"));
        ElasticsearchSettings key = new ElasticsearchSettings(
                http(),
                "logs",
                "@timestamp",
                "message",
                Map.of(),
                Optional.of("env:KEY"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Duration.ofSeconds(10));
        assertThat(unseen(key).toString()).doesNotContain("s3cret");
        server.verify(anyRequestedFor(anyUrl()).withHeader("Authorization", equalTo("ApiKey s3cret-env:KEY")));
        ElasticsearchSettings basic = new ElasticsearchSettings(
                http(),
                "logs",
                "@timestamp",
                "message",
                Map.of(),
                Optional.empty(),
                Optional.of("u"),
                Optional.of("env:PW"),
                Optional.empty(),
                Duration.ofSeconds(10));
        assertThat(unseen(basic).toString()).doesNotContain("s3cret");
        server.verify(anyRequestedFor(anyUrl()).withHeader("Authorization", equalTo("Basic dTpzM2NyZXQtZW52OlBX")));
    }

    @Test
    void settingsThatCannotWorkAreRefusedAtOnce() throws Exception {
        assertThatThrownBy(() -> observe(settings("ftp://x"), Duration.ofSeconds(1)))
                .hasMessageContaining("url must be like https://host:9200");
        assertThatThrownBy(() -> observe(settings("http://u:p@x:9200"), Duration.ofSeconds(1)))
                .hasMessageContaining("url must not hold user or password")
                .hasMessageNotContaining("u:p");
        assertThatThrownBy(() -> observe(withCa(https(), "absent.crt"), Duration.ofSeconds(1)))
                .hasMessageContaining("ca cannot be read");
        Files.writeString(folder.resolve("wrong.crt"), "no certificate");
        assertThatThrownBy(() -> observe(withCa(https(), "wrong.crt"), Duration.ofSeconds(1)))
                .hasMessageContaining("source logs: ca ");
    }
}
