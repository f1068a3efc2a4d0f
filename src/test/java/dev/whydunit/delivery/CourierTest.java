package dev.whydunit.delivery;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.matchingJsonPath;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import dev.whydunit.notification.Channel;
import dev.whydunit.notification.Message;
import dev.whydunit.notification.Messages;
import dev.whydunit.outbound.AddressPolicy;
import dev.whydunit.outbound.Route;
import dev.whydunit.webhook.Delivery;
import dev.whydunit.webhook.Receiver;
import dev.whydunit.webhook.Receivers;
import dev.whydunit.yaml.YamlReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CourierTest {
    private static final Instant NOW = Instant.parse("2026-03-01T02:15:00Z");
    private static final Message SAMPLE = new Messages(Optional.empty()).sample(NOW, Optional.of("Q1 2/3"));
    private static final Duration SHORT = Duration.ofMillis(500);
    private static final Duration LONG = Duration.ofSeconds(20);

    private static WireMockServer server;

    private final Map<String, String> secrets = new HashMap<>();

    @BeforeAll
    static void start() {
        server = new WireMockServer(options().dynamicPort());
        server.start();
    }

    @AfterAll
    static void stop() {
        server.stop();
    }

    @BeforeEach
    void forget() {
        server.resetAll();
        secrets.put("env:URL", server.baseUrl() + "/hook/secret-part");
        secrets.put("env:TOKEN", "t0ken-of-the-service");
        secrets.put("env:SIGN", "whsec_c2lnbmluZyBrZXkgb2YgdGVzdHM=");
    }

    private Courier courier(Duration limit) {
        return new Courier(
                new TestSecrets(secrets), () -> Route.system(AddressPolicy.DEFAULT), InstantSource.fixed(NOW), limit);
    }

    private Outcome deliver(Channel channel) throws InterruptedException {
        return courier(LONG).deliver(channel, SAMPLE, "ntf-1");
    }

    private static void answers(ResponseDefinitionBuilder answer) {
        server.stubFor(post(urlEqualTo("/hook/secret-part")).willReturn(answer));
    }

    private static final Channel SLACK = new Channel.SlackWebhook("team", "env:URL", Optional.empty());
    private static final Channel TEAMS = new Channel.Teams("ops", "env:URL", Optional.empty());

    private static Channel app() {
        return new Channel.SlackApp("app", server.baseUrl() + "/api", "env:TOKEN", "C012", Optional.empty());
    }

    @Test
    void slackGetsBlocks() throws InterruptedException {
        answers(aResponse().withStatus(200).withBody("ok"));
        assertThat(deliver(SLACK)).isEqualTo(new Outcome.Delivered(200, "HTTP 200: ok"));
        server.verify(postRequestedFor(urlEqualTo("/hook/secret-part"))
                .withHeader("Content-Type", equalTo("application/json; charset=UTF-8"))
                .withRequestBody(matchingJsonPath("$.blocks[0].type", equalTo("header"))));
    }

    @Test
    void slacksMethodSaysInItsBodyWhetherItWasGood() throws InterruptedException {
        server.stubFor(
                post(urlEqualTo("/api/chat.postMessage")).willReturn(aResponse().withBody("{\"ok\": true}")));
        assertThat(deliver(app())).isInstanceOf(Outcome.Delivered.class);
        server.verify(postRequestedFor(urlEqualTo("/api/chat.postMessage"))
                .withHeader("Authorization", equalTo("Bearer t0ken-of-the-service"))
                .withRequestBody(matchingJsonPath("$.channel", equalTo("C012"))));

        server.stubFor(post(urlEqualTo("/api/chat.postMessage"))
                .willReturn(aResponse().withBody("{\"ok\": false, \"error\": \"channel_not_found\"}")));
        assertThat(deliver(app())).isEqualTo(new Outcome.Refused(200, "Slack: channel_not_found"));
        server.stubFor(post(urlEqualTo("/api/chat.postMessage"))
                .willReturn(aResponse().withBody("{\"ok\": false, \"error\": \"internal_error\"}")));
        assertThat(deliver(app())).isInstanceOf(Outcome.Later.class);
    }

    @Test
    void teamsGetsACard() throws InterruptedException {
        answers(aResponse().withStatus(202));
        assertThat(deliver(TEAMS)).isEqualTo(new Outcome.Delivered(202, "HTTP 202"));
        server.verify(postRequestedFor(urlEqualTo("/hook/secret-part"))
                .withRequestBody(matchingJsonPath("$.attachments[0].content.type", equalTo("AdaptiveCard"))));
    }

    @Test
    void pagerDutyGetsANoteOnTheIncidentOfTheAlert() throws InterruptedException {
        Channel pagerDuty =
                new Channel.PagerDuty("pd", server.baseUrl(), "env:TOKEN", "sre@example.org", Optional.empty());
        server.stubFor(post(urlEqualTo("/incidents/Q1%202%2F3/notes"))
                .willReturn(aResponse().withStatus(201)));
        assertThat(deliver(pagerDuty)).isInstanceOf(Outcome.Delivered.class);
        server.verify(postRequestedFor(urlEqualTo("/incidents/Q1%202%2F3/notes"))
                .withHeader("Authorization", equalTo("Token token=t0ken-of-the-service"))
                .withHeader("From", equalTo("sre@example.org"))
                .withHeader("Accept", equalTo("application/vnd.pagerduty+json;version=2"))
                .withRequestBody(matchingJsonPath("$.note.content")));

        Message other = new Messages(Optional.empty()).sample(NOW, Optional.empty());
        assertThat(courier(LONG).deliver(pagerDuty, other, "ntf-2"))
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused -> assertThat(refused.said()).contains("did not come from PagerDuty"));
    }

    @Test
    void aGenericWebhookIsSignedSoThatOurOwnReceiverTakesIt() throws InterruptedException {
        answers(aResponse().withStatus(204));
        Channel webhook =
                new Channel.Webhook("hook", server.baseUrl() + "/hook/secret-part", "env:SIGN", Optional.empty());
        assertThat(deliver(webhook)).isInstanceOf(Outcome.Delivered.class);
        assertThat(deliver(webhook)).isInstanceOf(Outcome.Delivered.class);

        List<LoggedRequest> requests = server.findAll(postRequestedFor(urlEqualTo("/hook/secret-part")));
        assertThat(requests)
                .extracting(request -> request.getHeader("webhook-id"))
                .containsExactly("ntf-1", "ntf-1");
        Receiver receiver = Receivers.read(
                        Map.of("it", YamlReader.read("it.yaml", """
                                {kind: generic, auth: {standard_webhooks: 'env:SIGN'},
                                 map: {firing: 'true', identity: payload.type, labels: {alertname: payload.data.title}}}
                                """).root().orElseThrow()),
                        new TestSecrets(secrets),
                        address -> {
                            throw new GeneralSecurityException("none");
                        })
                .receivers()
                .get("it");
        Map<String, String> headers = new HashMap<>();
        requests.getFirst().getHeaders().all().forEach(header -> headers.put(header.key(), header.firstValue()));
        assertThat(receiver.receive(new Delivery(headers, requests.getFirst().getBody(), NOW)))
                .isInstanceOfSatisfying(
                        Receiver.Outcome.Read.class,
                        read -> assertThat(read.notification()
                                        .alerts()
                                        .getFirst()
                                        .alert()
                                        .labels())
                                .containsEntry("alertname", SAMPLE.title()));
        headers.put("webhook-id", "ntf-9");
        assertThat(receiver.receive(new Delivery(headers, requests.getFirst().getBody(), NOW)))
                .isInstanceOf(Receiver.Outcome.Refused.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 429, 500, 502, 503})
    void whatMayPassIsSentAgain(int status) throws InterruptedException {
        answers(aResponse().withStatus(status));
        assertThat(deliver(TEAMS)).isInstanceOf(Outcome.Later.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 404, 410, 413, 302, 307})
    void whatWillNotPassIsNot(int status) throws InterruptedException {
        answers(aResponse().withStatus(status).withHeader("Location", "/elsewhere"));
        assertThat(deliver(TEAMS)).isInstanceOf(Outcome.Refused.class);
        server.verify(0, postRequestedFor(urlEqualTo("/elsewhere")));
    }

    @ParameterizedTest
    @CsvSource({"7, 7", "'Sun, 01 Mar 2026 02:15:30 GMT', 30", "soon, -1", "'Sun, 01 Mar 2026 02:14:30 GMT', -1"})
    void howLongToWaitIsReadInSecondsOrAsADate(String said, long seconds) throws InterruptedException {
        answers(aResponse().withStatus(429).withHeader("Retry-After", said));
        assertThat(deliver(SLACK))
                .isInstanceOfSatisfying(
                        Outcome.Later.class,
                        later -> assertThat(
                                        later.after().map(Duration::toSeconds).orElse(-1L))
                                .isEqualTo(seconds));
    }

    @Test
    void whatTheOtherSideSaysIsOneLineAndBounded() throws InterruptedException {
        answers(aResponse().withStatus(400).withBody("no\r\n\u001b[2J" + "x".repeat(10_000)));
        assertThat(deliver(SLACK).said())
                .startsWith("HTTP 400: no [2Jxxx")
                .hasSizeLessThan(230)
                .doesNotContain("\n", "\u001b");
    }

    @Test
    void aSecretThatIsMissingIsWaitedForAndNothingIsShownOfOneThatIsThere() throws InterruptedException {
        secrets.remove("env:URL");
        assertThat(deliver(SLACK))
                .isInstanceOfSatisfying(
                        Outcome.Later.class, later -> assertThat(later.said()).contains("env:URL"));
        secrets.put("env:URL", "not an address: s3cret");
        assertThat(deliver(SLACK).said()).doesNotContain("s3cret");
        secrets.put("env:URL", "https://user:s3cret@example.org/");
        assertThat(deliver(SLACK).said()).doesNotContain("s3cret");
        secrets.put("env:URL", "http://127.0.0.1:1/s3cret");
        assertThat(deliver(SLACK))
                .isInstanceOfSatisfying(
                        Outcome.Later.class,
                        later ->
                                assertThat(later.said()).startsWith("refused: ").doesNotContain("s3cret"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://169.254.169.254/latest", "http://[fe80::1]/", "http://100.100.100.200/"})
    void linkLocalAndMetadataAddressesAreRefusedWhoeverConfiguredThem(String address) throws InterruptedException {
        secrets.put("env:URL", address);
        assertThat(deliver(TEAMS))
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused -> assertThat(refused.said()).contains("which may not be asked"));
        Channel mail = new Channel.Email(
                "mail",
                "169.254.169.254",
                25,
                false,
                false,
                Optional.empty(),
                Optional.empty(),
                "w@example.org",
                List.of("a@example.org"),
                Optional.empty(),
                Optional.empty());
        assertThat(deliver(mail)).isInstanceOf(Outcome.Refused.class);
    }

    @Test
    void aChannelThatDoesNotAnswerIsGivenUpAndDelaysNoOther() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            secrets.put("env:SILENT", "http://127.0.0.1:" + silent.getLocalPort() + "/");
            answers(aResponse().withStatus(200));
            Courier courier = courier(LONG);
            Channel stuck = new Channel.Teams("stuck", "env:SILENT", Optional.empty());
            List<CompletableFuture<Outcome>> hanging = List.of(sending(courier, stuck), sending(courier, stuck));
            try (var first = silent.accept();
                    var second = silent.accept()) {
                assertThat(courier.deliver(stuck, SAMPLE, "ntf-3")).isInstanceOf(Outcome.Busy.class);
                assertThat(courier.deliver(TEAMS, SAMPLE, "ntf-4")).isInstanceOf(Outcome.Delivered.class);
                assertThat(first.isConnected() && second.isConnected()).isTrue();
            }
            for (CompletableFuture<Outcome> one : hanging) {
                assertThat(one.get()).isInstanceOf(Outcome.Later.class);
            }
            assertThat(courier(SHORT).deliver(stuck, SAMPLE, "ntf-5"))
                    .isInstanceOfSatisfying(
                            Outcome.Later.class,
                            later -> assertThat(later.said()).startsWith("timeout"));
        }
    }

    private static CompletableFuture<Outcome> sending(Courier courier, Channel channel) throws IOException {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return courier.deliver(channel, SAMPLE, "ntf-2");
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        });
    }
}
