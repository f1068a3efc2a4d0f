package dev.whydunit.step.httpcheck;

import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.WireMockServer;
import dev.whydunit.engine.Observation;
import dev.whydunit.engine.Observation.Cause;
import dev.whydunit.engine.Observation.Seen;
import dev.whydunit.engine.Observation.Unseen;
import dev.whydunit.outbound.AddressPolicy;
import dev.whydunit.step.TestStepContext;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpCheckKindTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    private final HttpCheckKind kind = new HttpCheckKind(AddressPolicy.DEFAULT);

    @Test
    void anAnswerIsSeenWithItsStatusHeadersBodyAndPhases() throws Exception {
        try (RawServer server = RawServer.saying(
                "HTTP/1.1 200 OK\r\nContent-Length: 15\r\nX-A: 1\r\nX-A: 2\r\nSet-Cookie: session=secret\r\n\r\n{\"status\":\"UP\"}")) {
            HttpCheckResult result = seen(ask(server.url("/health?a=b"), "UP"));

            assertThat(result.reached()).isTrue();
            assertThat(result.ok()).isTrue();
            assertThat(result.failure()).isEmpty();
            assertThat(result.status()).isEqualTo(200);
            assertThat(result.headers()).containsEntry("x-a", "1, 2").containsEntry("set-cookie", "(left out)");
            assertThat(result.body()).isEqualTo("{\"status\":\"UP\"}");
            assertThat(result.bodyMatches()).isTrue();
            assertThat(result.address()).isEqualTo("127.0.0.1");
            assertThat(result.phases().connect()).isPositive();
            assertThat(result.phases().firstByte()).isPositive();
            assertThat(result.phases().tls()).isZero();
            assertThat(result.seconds())
                    .isGreaterThanOrEqualTo(
                            result.phases().connect() + result.phases().firstByte());
            assertThat(server.requests.getFirst())
                    .startsWith("GET /health?a=b HTTP/1.1\r\n")
                    .contains("Connection: close\r\n");
        }
    }

    @Test
    void theWaitForTheFirstByteIsThatPhasesAlone() throws Exception {
        try (RawServer server = new RawServer((connection, request) -> {
            new CountDownLatch(1).await(400, TimeUnit.MILLISECONDS);
            connection
                    .getOutputStream()
                    .write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        })) {
            HttpCheckResult result = seen(ask(server.url("/")));

            assertThat(result.phases().firstByte()).isGreaterThanOrEqualTo(0.39);
            assertThat(result.phases().connect()).isLessThan(result.phases().firstByte());
        }
    }

    @Test
    void aChunkedBodyIsPutTogether() throws Exception {
        try (RawServer server = RawServer.saying(
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n7;x=y\r\n, world\r\n0\r\n\r\n")) {
            assertThat(seen(ask(server.url("/"))).body()).isEqualTo("hello, world");
        }
    }

    @Test
    void aBodyWithoutEndIsCutAndItIsSaid() throws Exception {
        try (RawServer server = new RawServer((connection, request) -> {
            connection.getOutputStream().write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            while (true) {
                connection.getOutputStream().write(new byte[8192]);
            }
        })) {
            Seen seen = (Seen) ask(server.url("/"));

            assertThat(((HttpCheckResult) seen.result()).body()).hasSize(1 << 20);
            assertThat(seen.caveats()).containsExactly("only the first MiB of the body was read");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SSH-2.0-OpenSSH\r\n",
                "HTTP/1.1 999 X\r\n\r\n",
                "HTTP/1.1 200 OK\r\nno colon\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-5\r\n"
            })
    void whatIsNotHttpIsAProtocolFailure(String answer) throws Exception {
        try (RawServer server = RawServer.saying(answer)) {
            assertThat(seen(ask(server.url("/"))).failure()).isEqualTo("protocol");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "HTTP/1.1 200 OK\r\nContent-Le", "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf"})
    void anAnswerThatBreaksOffIsAReset(String answer) throws Exception {
        try (RawServer server = RawServer.saying(answer)) {
            HttpCheckResult result = seen(ask(server.url("/")));

            assertThat(result.reached()).isFalse();
            assertThat(result.failure()).isEqualTo("reset");
            assertThat(result.status()).isZero();
        }
    }

    @Test
    void aHeadWithoutEndIsGivenUp() throws Exception {
        try (RawServer server = RawServer.saying("HTTP/1.1 200 OK\r\nX: " + "x".repeat(100_000))) {
            HttpCheckResult result = seen(ask(server.url("/")));

            assertThat(result.failure()).isEqualTo("protocol");
            assertThat(result.detail()).contains("head of the answer");
        }
    }

    @Test
    void aClosedPortIsAnObservation() throws Exception {
        int port;
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = taken.getLocalPort();
        }
        HttpCheckResult result = seen(ask("http://127.0.0.1:" + port + "/"));

        assertThat(result.reached()).isFalse();
        assertThat(result.ok()).isFalse();
        assertThat(result.failure()).isEqualTo("refused");
        assertThat(result.detail()).contains("refused");
    }

    @Test
    void aNameThatDoesNotExistIsAnObservation() throws Exception {
        HttpCheckResult result = seen(ask("http://no-such-host.invalid/"));

        assertThat(result.failure()).isEqualTo("dns");
        assertThat(result.address()).isEmpty();
    }

    @Test
    void silenceIsATimeoutWithinTheStepsLimit() throws Exception {
        try (RawServer server = new RawServer((connection, request) -> new CountDownLatch(1).await())) {
            HttpCheckResult result = seen(kind.observe(parameters(server.url("/")), context(Duration.ofMillis(600))));

            assertThat(result.failure()).isEqualTo("timeout");
        }
    }

    @Test
    void anAnswerThatDripsIsATimeoutToo() throws Exception {
        try (RawServer server = new RawServer((connection, request) -> {
            while (true) {
                connection.getOutputStream().write('H');
                connection.getOutputStream().flush();
                new CountDownLatch(1).await(20, TimeUnit.MILLISECONDS);
            }
        })) {
            HttpCheckResult result = seen(kind.observe(parameters(server.url("/")), context(Duration.ofMillis(600))));

            assertThat(result.failure()).isEqualTo("timeout");
        }
    }

    @Test
    void aCertificateThatNobodyVouchesForIsATlsFailure() throws Exception {
        WireMockServer server =
                new WireMockServer(options().dynamicPort().dynamicHttpsPort().bindAddress("127.0.0.1"));
        server.start();
        try {
            HttpCheckResult result = seen(ask("https://127.0.0.1:" + server.httpsPort() + "/"));

            assertThat(result.failure()).isEqualTo("tls");
            assertThat(result.detail()).isNotEmpty();
        } finally {
            server.stop();
        }
    }

    @Test
    void plainTextWhereTlsIsExpectedIsATlsFailure() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread.startVirtualThread(() -> {
                try (var connection = server.accept()) {
                    connection
                            .getOutputStream()
                            .write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                    connection.getInputStream().readAllBytes();
                } catch (java.io.IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            });
            assertThat(seen(ask("https://127.0.0.1:" + server.getLocalPort() + "/"))
                            .failure())
                    .isEqualTo("tls");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://169.254.169.254/latest/meta-data/",
                "http://2852039166/",
                "http://[fe80::1]/",
                "http://[::ffff:169.254.169.254]/",
                "http://[64:ff9b::a9fe:a9fe]/",
                "http://[2002:a9fe:a9fe::1]/",
                "http://[::169.254.169.254]/",
                "http://[fd00:ec2::254]/",
                "http://100.100.100.200/",
                "http://168.63.129.16/",
                "http://0.0.0.0/",
                "http://[::]/",
                "http://224.0.0.1/"
            })
    void metadataAndLinkLocalAddressesAreDenied(String url) throws Exception {
        assertThat(unseen(ask(url)).cause()).isEqualTo(Cause.DENIED);
    }

    @Test
    void aRedirectIsCheckedAgainAndCannotLeadToMetadata() throws Exception {
        try (RawServer server = RawServer.saying(
                "HTTP/1.1 302 Found\r\nLocation: http://169.254.169.254/\r\nContent-Length: 0\r\n\r\n")) {
            assertThat(unseen(ask(following(server.url("/"), 5))).cause()).isEqualTo(Cause.DENIED);
        }
    }

    @Test
    void redirectsAreFollowedAsOftenAsAllowed() throws Exception {
        try (RawServer server =
                RawServer.saying("HTTP/1.1 302 Found\r\nLocation: /again\r\nContent-Length: 0\r\n\r\n")) {
            HttpCheckResult result = seen(ask(following(server.url("/"), 3)));

            assertThat(result.status()).isEqualTo(302);
            assertThat(result.redirects()).hasSize(3);
            assertThat(server.requests).hasSize(4);
        }
    }

    @Test
    void headersAreNotSentOnToAnotherServer() throws Exception {
        try (RawServer other = RawServer.saying("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
                RawServer first = RawServer.saying(
                        "HTTP/1.1 307 X\r\nLocation: " + other.url("/x") + "\r\nContent-Length: 0\r\n\r\n")) {
            HttpCheckResult result = seen(ask(new HttpCheckParameters(
                    first.url("/"),
                    "GET",
                    Map.of("Authorization", "Bearer secret"),
                    Optional.empty(),
                    Optional.empty(),
                    List.of(),
                    5)));

            assertThat(result.status()).isEqualTo(200);
            assertThat(first.requests.getFirst()).contains("Bearer secret");
            assertThat(other.requests.getFirst()).doesNotContain("secret");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "file:///etc/passwd",
                "gopher://127.0.0.1/",
                "http://user:pw@127.0.0.1/",
                "http:///x",
                "127.0.0.1",
                "http://a b/"
            })
    void otherAddressesAreMistakes(String url) throws Exception {
        assertThat(unseen(ask(url)).cause()).isEqualTo(Cause.FAILED);
    }

    @Test
    void aHeaderCannotBecomeTwo() {
        assertThatThrownBy(() -> new HttpCheckParameters(
                        "http://127.0.0.1/",
                        "GET",
                        Map.of("X", "a\r\nY: b"),
                        Optional.empty(),
                        Optional.empty(),
                        List.of(),
                        0))
                .hasMessageContaining("line break");
        assertThatThrownBy(() -> new HttpCheckParameters(
                        "http://127.0.0.1/",
                        "GET / HTTP/1.1\r\nX: ",
                        Map.of(),
                        Optional.empty(),
                        Optional.empty(),
                        List.of(),
                        0))
                .hasMessageContaining("GET, HEAD, OPTIONS, POST");
    }

    @Test
    void expectedStatusesDecideWhetherItIsWell() throws Exception {
        try (RawServer server = RawServer.saying("HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n")) {
            assertThat(seen(ask(server.url("/"))).ok()).isFalse();
            assertThat(seen(ask(new HttpCheckParameters(
                                    server.url("/"),
                                    "GET",
                                    Map.of(),
                                    Optional.empty(),
                                    Optional.empty(),
                                    List.of(401),
                                    0)))
                            .ok())
                    .isTrue();
        }
    }

    @Test
    void aPatternThatWouldTakeExponentialTimeElsewhereTakesNone() throws Exception {
        String body = "a".repeat(28) + "!";
        try (RawServer server = RawServer.saying("HTTP/1.1 200 OK\r\nContent-Length: 29\r\n\r\n" + body)) {
            assertThat(seen(ask(server.url("/"), "(.*a){12}$")).bodyMatches()).isFalse();
            assertThat(unseen(ask(server.url("/"), "(?=x)")).why()).contains("body_match");
        }
    }

    @Test
    void anInterruptEndsTheConnection() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch gone = new CountDownLatch(1);
        CompletableFuture<Throwable> thrown = new CompletableFuture<>();
        try (RawServer server = new RawServer((connection, request) -> {
            asked.countDown();
            if (connection.getInputStream().read() < 0) {
                gone.countDown();
            }
        })) {
            Thread thread = Thread.startVirtualThread(() -> {
                try {
                    ask(server.url("/"));
                    thrown.complete(new AssertionError("it ended by itself"));
                } catch (Exception e) {
                    thrown.complete(e);
                }
            });
            assertThat(asked.await(20, TimeUnit.SECONDS)).isTrue();
            thread.interrupt();

            assertThat(thrown.get(20, TimeUnit.SECONDS)).isInstanceOf(InterruptedException.class);
            assertThat(gone.await(20, TimeUnit.SECONDS)).isTrue();
        }
    }

    private Observation ask(String url) throws InterruptedException {
        return ask(parameters(url));
    }

    private Observation ask(String url, String bodyMatch) throws InterruptedException {
        return ask(
                new HttpCheckParameters(url, "GET", Map.of(), Optional.empty(), Optional.of(bodyMatch), List.of(), 0));
    }

    private Observation ask(HttpCheckParameters parameters) throws InterruptedException {
        return kind.observe(parameters, context(LONG));
    }

    private static HttpCheckParameters parameters(String url) {
        return following(url, 0);
    }

    private static HttpCheckParameters following(String url, int redirects) {
        return new HttpCheckParameters(url, "GET", Map.of(), Optional.empty(), Optional.empty(), List.of(), redirects);
    }

    private static TestStepContext context(Duration limit) {
        return TestStepContext.in(Path.of(""), limit);
    }

    private static HttpCheckResult seen(Observation observation) {
        assertThat(observation).isInstanceOf(Seen.class);
        return (HttpCheckResult) ((Seen) observation).result();
    }

    private static Unseen unseen(Observation observation) {
        assertThat(observation).isInstanceOf(Unseen.class);
        return (Unseen) observation;
    }
}
