package dev.whydunit.app;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class NotificationCommandTest {
    private static WireMockServer server;

    @TempDir
    Path folder;

    private Program program;

    @BeforeAll
    static void start() {
        server = new WireMockServer(options().dynamicPort());
        server.start();
        server.stubFor(post(urlEqualTo("/good")).willReturn(aResponse().withBody("ok")));
        server.stubFor(
                post(urlEqualTo("/bad")).willReturn(aResponse().withStatus(403).withBody("invalid_token")));
    }

    @AfterAll
    static void stop() {
        server.stop();
    }

    @BeforeEach
    void configure() throws IOException {
        Files.writeString(folder.resolve("whydunit.yaml"), """
                notifications:
                  channels:
                    team: {kind: slack, url: 'env:GOOD'}
                    ops: {kind: teams, url: 'env:BAD'}
                    lost: {kind: teams, url: 'env:NOT_SET'}
                    wrong: {kind: slack, url: 'env:NO_ADDRESS'}
                  routes:
                    - {channels: [team, ops, lost, wrong]}
                """);
        program = new Program(folder)
                .with("GOOD", server.baseUrl() + "/good")
                .with("BAD", server.baseUrl() + "/bad")
                .with("NO_ADDRESS", "hooks.slack.com");
    }

    @Test
    void aSampleIsSentAndTheAnswerSaid() {
        Program.Ran ran = program.run("notification", "test", "team");
        assertThat(ran.exit()).as(ran.err()).isZero();
        assertThat(ran.out()).isEqualTo("team (slack) took it: HTTP 200: ok\n");
        server.verify(postRequestedFor(urlEqualTo("/good")));

        Program.Ran refused = program.run("notification", "test", "ops", "-o", "json");
        assertThat(refused.exit()).isEqualTo(1);
        JsonNode json = new JsonMapper().readTree(refused.out());
        assertThat(json.path("delivered").asBoolean()).isFalse();
        assertThat(json.path("status").asInt()).isEqualTo(403);
        assertThat(json.path("said").asString()).isEqualTo("HTTP 403: invalid_token");
    }

    @Test
    void anUnknownChannelIsSaidWithTheOneThatMayBeMeant() {
        Program.Ran ran = program.run("notification", "test", "taem");
        assertThat(ran.exit()).isEqualTo(2);
        assertThat(ran.err()).contains("there is no channel 'taem'; did you mean 'team'?");
    }

    @Test
    void theListIsEmptyUntilAServerHasToldSomebody() {
        assertThat(program.run("notification", "list").out()).startsWith("No message yet.");
        assertThat(new JsonMapper()
                        .readTree(program.run("notification", "list", "-o", "json")
                                .out())
                        .path("notifications")
                        .size())
                .isZero();
    }

    @Test
    void theDoctorLooksAtChannelsWithoutSending() {
        server.resetRequests();
        Program.Ran ran = program.run("doctor");
        assertThat(ran.exit()).isEqualTo(1);
        assertThat(ran.out())
                .contains("ok       channel team: slack, to be tried with: whydunit notification test team")
                .contains("problem  channel lost: teams: the environment variable NOT_SET")
                .contains("problem  channel wrong: slack: env:NO_ADDRESS holds no http or https address")
                .contains("warning  public_url: ")
                .doesNotContain(server.baseUrl());
        server.verify(0, postRequestedFor(urlEqualTo("/good")));
    }
}
