package dev.whydunit.source.scrape;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import dev.whydunit.promql.TimeSeries;
import dev.whydunit.source.metric.MetricAnswer;
import dev.whydunit.source.metric.MetricFailure;
import dev.whydunit.source.metric.MetricFailure.Reason;
import dev.whydunit.source.metric.MetricQuestion;
import dev.whydunit.source.metric.MetricSource;
import dev.whydunit.source.metric.TestEnvironment;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScrapeSourceTest {
    @RegisterExtension
    static final WireMockExtension SERVER = WireMockExtension.newInstance()
            .options(WireMockConfiguration.wireMockConfig()
                    .bindAddress("127.0.0.1")
                    .dynamicPort()
                    .dynamicHttpsPort())
            .build();

    private static String address(String path) {
        return "http://127.0.0.1:" + SERVER.getPort() + path;
    }

    private static MetricSource open(Duration timeout, String... urls) {
        return new ScrapeSourceKind()
                .open(
                        "shop",
                        new ScrapeSettings(
                                Optional.empty(),
                                List.of(urls),
                                Optional.empty(),
                                Duration.ofMillis(40),
                                Duration.ofMillis(20),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                timeout),
                        new TestEnvironment());
    }

    private static MetricAnswer ask(MetricSource source, String query) throws Exception {
        return source.ask(new MetricQuestion(
                query, Instant.now(), Duration.ZERO, Optional.empty(), Optional.empty(), Duration.ofSeconds(60)));
    }

    private static List<String> shown(MetricAnswer answer) {
        List<String> shown = new ArrayList<>();
        for (TimeSeries series : answer.series()) {
            shown.add(series.labels() + " " + series.value(series.size() - 1));
        }
        return shown;
    }

    private static MetricFailure failure(ResponseDefinitionBuilder response) {
        return failure(response, Duration.ofSeconds(30));
    }

    private static MetricFailure failure(ResponseDefinitionBuilder response, Duration timeout) {
        SERVER.stubFor(get(urlEqualTo("/metrics")).willReturn(response));
        try (MetricSource source = open(timeout, address("/metrics"))) {
            MetricFailure failure = catchThrowableOfType(MetricFailure.class, () -> ask(source, "up"));
            assertThat(failure).isNotNull();
            assertThat(failure.why()).doesNotContain("\n").contains("127.0.0.1:" + SERVER.getPort());
            return failure;
        }
    }

    @Test
    void addsTheLabelsThatPrometheusWouldAdd() throws Exception {
        SERVER.stubFor(get(urlEqualTo("/metrics"))
                .willReturn(ok("a{job=\"own\",x=\"1\"} 5\n").withHeader("Content-Type", "text/plain; version=0.0.4")));
        try (MetricSource source = open(Duration.ofSeconds(5), address("/metrics"))) {
            assertThat(shown(ask(source, "a")))
                    .containsExactly("a{exported_job=\"own\", instance=\"127.0.0.1:" + SERVER.getPort()
                            + "\", job=\"shop\", x=\"1\"} 5.0");
            assertThat(shown(ask(source, "up")))
                    .containsExactly("up{instance=\"127.0.0.1:" + SERVER.getPort() + "\", job=\"shop\"} 1.0");
        }
        SERVER.verify(getRequestedFor(urlEqualTo("/metrics"))
                .withHeader("Accept", containing("application/openmetrics-text")));
    }

    @Test
    void ofSeveralTargetsOneThatIsDownIsToldAndTheOthersAreSeen() throws Exception {
        SERVER.stubFor(get(urlEqualTo("/one")).willReturn(ok("a 1\n")));
        SERVER.stubFor(get(urlEqualTo("/two")).willReturn(aResponse().withStatus(500)));
        try (MetricSource source = open(Duration.ofSeconds(5), address("/one"), address("/two"))) {
            MetricAnswer answer = ask(source, "a");
            assertThat(answer.series()).hasSize(1);
            assertThat(answer.caveats()).containsExactly(address("/two") + " answered with status 500");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"<!DOCTYPE html>", "a 1\nb{c=d} 2\n", "", "# nothing\n", "a 1\nb 2 3 4{\nc"})
    void aBodyThatIsNoMetricsIsNoAnswer(String body) {
        assertThat(failure(ok(body)).why()).contains("shows no metrics in text format: ");
    }

    @Test
    void halfAnOpenMetricsBodyIsNoAnswer() {
        assertThat(failure(ok("a 1\n").withHeader("Content-Type", "application/openmetrics-text; version=1.0.0"))
                        .why())
                .endsWith("it breaks off: \"# EOF\" is missing");
        assertThat(failure(ok("a 1\n").withFault(Fault.MALFORMED_RESPONSE_CHUNK))
                        .reason())
                .isEqualTo(Reason.UNREACHABLE);
        assertThat(failure(ok("a 1\n").withFault(Fault.CONNECTION_RESET_BY_PEER))
                        .reason())
                .isEqualTo(Reason.UNREACHABLE);
        assertThat(failure(ok("a 1\n").withFault(Fault.EMPTY_RESPONSE)).reason())
                .isEqualTo(Reason.UNREACHABLE);
    }

    @Test
    void otherFaultsAreToldToo() {
        assertThat(failure(aResponse().withStatus(500)).why()).endsWith("answered with status 500");
        assertThat(failure(aResponse().withStatus(404)).why()).endsWith("answered with status 404");
        assertThat(failure(aResponse().withStatus(403)).reason()).isEqualTo(Reason.DENIED);
        assertThat(failure(aResponse().withStatus(302).withHeader("Location", "http://10.0.0.1/"))
                        .why())
                .contains("redirects to http://10.0.0.1/");
        assertThat(failure(ok("a 1\n").withFixedDelay(60_000), Duration.ofMillis(300))
                        .reason())
                .isEqualTo(Reason.TIMED_OUT);
        assertThat(failure(ok("{\"a\": 1}").withHeader("Content-Type", "application/json"))
                        .why())
                .endsWith("it is application/json");
        assertThat(failure(ok("a{b=\"" + "x".repeat(17 * 1024 * 1024) + "\"} 1\n"))
                        .why())
                .endsWith("the answer is larger than 16 MiB");
    }

    @Test
    void anUntrustedCertificateIsATlsError() {
        try (MetricSource source =
                open(Duration.ofSeconds(5), "https://127.0.0.1:" + SERVER.getHttpsPort() + "/metrics")) {
            assertThatThrownBy(() -> ask(source, "up")).hasMessageContaining("TLS failed");
        }
    }

    @Test
    void moreSamplesThanTheLimitAreNotRead() {
        StringBuilder body = new StringBuilder();
        for (int i = 0; i < 50_001; i++) {
            body.append("a{b=\"").append(i).append("\"} 1\n");
        }
        assertThat(failure(ok(body.toString())).why()).endsWith("it has more than 50000 samples");
    }

    @Test
    void anAddressIsNeeded() {
        assertThatThrownBy(() -> open(Duration.ofSeconds(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("source shop: needs a url, and has at most 50 of them");
    }
}
