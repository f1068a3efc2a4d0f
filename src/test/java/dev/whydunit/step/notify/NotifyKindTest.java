package dev.whydunit.step.notify;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.matchingJsonPath;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import dev.whydunit.config.Configuration;
import dev.whydunit.engine.Observation;
import dev.whydunit.engine.Observation.Seen;
import dev.whydunit.engine.Observation.Unseen;
import dev.whydunit.runbook.RunbookParser;
import dev.whydunit.step.TestStepContext;
import dev.whydunit.yaml.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NotifyKindTest {
    private static WireMockServer server;

    @TempDir
    Path folder;

    private NotifyKind kind;

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
    void load() throws IOException {
        server.resetAll();
        Path file = Files.writeString(folder.resolve("whydunit.yaml"), """
                notifications:
                  channels:
                    team: {kind: slack, url: 'env:URL'}
                    pd: {kind: pagerduty, token: 'env:URL', from: sre@example.org}
                """);
        Configuration configuration = Configuration.load(
                        file, "default", List.of(), Map.of("URL", server.baseUrl() + "/hook"))
                .configuration()
                .orElseThrow();
        kind = new NotifyKind(configuration.notifications(), configuration.environment());
    }

    private Observation say(String channel, String text) throws InterruptedException {
        return kind.observe(
                new NotifyParameters(channel, text, Optional.of("Restart")),
                TestStepContext.in(folder, Duration.ofSeconds(30)));
    }

    @Test
    void itSaysWhatTheChannelAnswered() throws InterruptedException {
        server.stubFor(post(urlEqualTo("/hook")).willReturn(aResponse().withBody("ok")));

        assertThat(say("team", "The primary is restarted <!here>"))
                .isInstanceOfSatisfying(
                        Seen.class,
                        seen -> assertThat(seen.result()).isInstanceOfSatisfying(NotifyResult.class, result -> {
                            assertThat(result.channel()).isEqualTo("team");
                            assertThat(result.delivered()).isTrue();
                            assertThat(result.status()).isEqualTo(200);
                            assertThat(result.attempts()).isEqualTo(1);
                            assertThat(result.seconds()).isPositive();
                        }));
        server.verify(postRequestedFor(urlEqualTo("/hook"))
                .withRequestBody(matchingJsonPath("$.blocks[0].text.text", containing("Restart")))
                .withRequestBody(matchingJsonPath(
                        "$.blocks[1].text.text", containing("The primary is restarted &lt;!here&gt;"))));
    }

    @Test
    void aFaultThatPassesIsTriedAgain() throws InterruptedException {
        server.stubFor(post(urlEqualTo("/hook"))
                .inScenario("once")
                .whenScenarioStateIs(Scenario.STARTED)
                .willReturn(aResponse().withStatus(500))
                .willSetStateTo("well"));
        server.stubFor(post(urlEqualTo("/hook"))
                .inScenario("once")
                .whenScenarioStateIs("well")
                .willReturn(aResponse().withStatus(200)));

        assertThat(say("team", "text"))
                .isInstanceOfSatisfying(
                        Seen.class,
                        seen -> assertThat(seen.result()).isInstanceOfSatisfying(NotifyResult.class, result -> {
                            assertThat(result.delivered()).isTrue();
                            assertThat(result.attempts()).isEqualTo(2);
                        }));
    }

    @Test
    void whatIsRefusedIsSeenAsNotDelivered() throws InterruptedException {
        server.stubFor(
                post(urlEqualTo("/hook")).willReturn(aResponse().withStatus(404).withBody("no_service")));

        assertThat(say("team", "text")).isInstanceOfSatisfying(Seen.class, seen -> {
            assertThat(seen.result()).isInstanceOfSatisfying(NotifyResult.class, result -> {
                assertThat(result.delivered()).isFalse();
                assertThat(result.said()).isEqualTo("HTTP 404: no_service");
                assertThat(result.attempts()).isEqualTo(1);
            });
            assertThat(seen.caveats()).containsExactly("the message was not delivered: HTTP 404: no_service");
        });
    }

    @Test
    void aChannelThatIsNotThereOrHasNoPlaceForItIsNotTried() throws InterruptedException {
        assertThat(say("taem", "text")).isInstanceOfSatisfying(Unseen.class, unseen -> {
            assertThat(unseen.why()).isEqualTo("there is no channel 'taem'");
            assertThat(unseen.help()).isEqualTo("did you mean 'team'?");
        });
        assertThat(say("pd", "text")).isInstanceOf(Unseen.class);
    }

    @Test
    void itAlwaysChangesSomething() {
        String runbook = """
                runbook: tells
                title: Tells
                hypotheses:
                  any: {claim: Any}
                steps:
                  tell:
                    effect: %s
                    notify: {channel: team, text: hello}
                """;
        RunbookParser parser = new RunbookParser(List.of(kind.signature()));
        assertThat(kind.writes()).isTrue();
        assertThat(parser.parse("a.yaml", runbook.formatted("read")).problems())
                .extracting(Problem::code)
                .containsExactly("E318");
        assertThat(parser.parse("a.yaml", runbook.formatted("write")).problems())
                .isEmpty();
        assertThat(kind.rendered(new NotifyParameters("team", "text", Optional.empty())))
                .isEqualTo("notify team: text");
    }
}
