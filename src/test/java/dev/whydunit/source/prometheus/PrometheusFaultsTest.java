package dev.whydunit.source.prometheus;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import dev.whydunit.source.metric.HttpCredentials;
import dev.whydunit.source.metric.MetricAnswer;
import dev.whydunit.source.metric.MetricFailure;
import dev.whydunit.source.metric.MetricFailure.Reason;
import dev.whydunit.source.metric.MetricQuestion;
import dev.whydunit.source.metric.MetricSource;
import dev.whydunit.source.metric.TestEnvironment;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What goes wrong with a server ends as one clear line, never as an answer. */
class PrometheusFaultsTest {
    @RegisterExtension
    static final WireMockExtension SERVER = WireMockExtension.newInstance()
            .options(WireMockConfiguration.wireMockConfig()
                    .bindAddress("127.0.0.1")
                    .dynamicPort()
                    .dynamicHttpsPort())
            .build();

    private static final String MATRIX = """
            {"status":"success","warnings":["slow store"],"infos":["PromQL info: something"],"data":{"resultType":"matrix","result":[
              {"metric":{"__name__":"m","host":"a"},"values":[[1000,"1"],[1010.5,"+Inf"],[1020,"NaN"],[1030,"-Inf"],[1040,"2.5e3"]]}]}}""";

    private static String address() {
        return "http://127.0.0.1:" + SERVER.getPort();
    }

    private static MetricSource open(String url, Optional<HttpCredentials> auth) {
        return new PrometheusSourceKind()
                .open(
                        "prom",
                        new PrometheusSettings(url, auth, Optional.empty(), Duration.ofSeconds(5)),
                        new TestEnvironment(Map.of("env:TOKEN", "s3cret")));
    }

    private static MetricQuestion question(Duration limit) {
        return new MetricQuestion(
                "m{host=\"a\"} + 1",
                Instant.ofEpochSecond(1_000_000),
                Duration.ofMinutes(15),
                Optional.empty(),
                Optional.empty(),
                limit);
    }

    private static MetricAnswer ask(ResponseDefinitionBuilder response) throws Exception {
        SERVER.stubFor(any(anyUrl()).willReturn(response));
        try (MetricSource source = open(address(), Optional.empty())) {
            return source.ask(question(Duration.ofSeconds(20)));
        }
    }

    private static MetricFailure failure(ResponseDefinitionBuilder response) {
        MetricFailure failure = catchThrowableOfType(MetricFailure.class, () -> ask(response));
        assertThat(failure).isNotNull();
        assertThat(failure.why()).doesNotContain("\n").contains("prom (" + address() + ")");
        return failure;
    }

    @Test
    void readsSpecialValuesAndKeepsWarnings() throws Exception {
        MetricAnswer answer = ask(okJson(MATRIX));
        assertThat(answer.series()).singleElement().satisfies(series -> {
            assertThat(series.labels()).hasToString("m{host=\"a\"}");
            assertThat(series.millis(1)).isEqualTo(1_010_500);
            assertThat(new double[] {series.value(0), series.value(1), series.value(2), series.value(3), series.value(4)
                    })
                    .containsExactly(1, Double.POSITIVE_INFINITY, Double.NaN, Double.NEGATIVE_INFINITY, 2500);
        });
        assertThat(answer.caveats())
                .containsExactly("Prometheus says: slow store", "Prometheus says: PromQL info: something");
    }

    @Test
    void sendsAFormWithAWindowThatEndsAtTheMomentInQuestion() throws Exception {
        ask(okJson(MATRIX));
        SERVER.verify(postRequestedFor(urlEqualTo("/api/v1/query_range"))
                .withHeader("Content-Type", equalTo("application/x-www-form-urlencoded"))
                .withFormParam("query", equalTo("m{host=\"a\"} + 1"))
                .withFormParam("start", equalTo("999100.000"))
                .withFormParam("end", equalTo("1000000.000"))
                .withFormParam("step", equalTo("10.0"))
                .withFormParam("timeout", equalTo("5000ms")));
    }

    @Test
    void aTokenIsSentButNeverShown() {
        SERVER.stubFor(any(anyUrl()).willReturn(aResponse().withStatus(401)));
        try (MetricSource source = open(
                address(),
                Optional.of(new HttpCredentials(Optional.of("env:TOKEN"), Optional.empty(), Optional.empty())))) {
            assertThatThrownBy(() -> source.ask(question(Duration.ofSeconds(20))))
                    .isInstanceOfSatisfying(
                            MetricFailure.class, e -> assertThat(e.reason()).isEqualTo(Reason.DENIED))
                    .hasMessageContaining("refuses our credentials")
                    .hasMessageNotContaining("s3cret");
        }
        SERVER.verify(postRequestedFor(anyUrl()).withHeader("Authorization", equalTo("Bearer s3cret")));
    }

    @Test
    void userAndPasswordGoAsBasicAuthentication() throws Exception {
        SERVER.stubFor(any(anyUrl()).willReturn(okJson(MATRIX)));
        try (MetricSource source = open(
                address(),
                Optional.of(new HttpCredentials(Optional.empty(), Optional.of("reader"), Optional.of("env:TOKEN"))))) {
            source.ask(question(Duration.ofSeconds(20)));
        }
        SERVER.verify(postRequestedFor(anyUrl())
                .withBasicAuth(new com.github.tomakehurst.wiremock.client.BasicCredentials("reader", "s3cret")));
    }

    @Test
    void aBadQueryIsToldWithItsPlace() {
        MetricFailure failure = failure(okJson("""
                        {"status":"error","errorType":"bad_data","error":"invalid parameter \\"query\\": 1:8: parse error:\\nunexpected end"}""").withStatus(400));
        assertThat(failure.reason()).isEqualTo(Reason.FAILED);
        assertThat(failure.why()).contains("bad_data: invalid parameter \"query\": 1:8: parse error: unexpected end");
    }

    @ParameterizedTest
    @CsvSource({"timeout, TIMED_OUT", "canceled, TIMED_OUT", "execution, FAILED", "internal, FAILED"})
    void theServersErrorsAreTold(String type, Reason reason) {
        MetricFailure failure = failure(
                okJson("{\"status\":\"error\",\"errorType\":\"" + type + "\",\"error\":\"query took too long\"}")
                        .withStatus(503));
        assertThat(failure.reason()).isEqualTo(reason);
        assertThat(failure.why()).endsWith(type + ": query took too long");
    }

    @Test
    void aProxysErrorPageIsTold() {
        MetricFailure busy = failure(aResponse().withStatus(503).withBody("<html>busy</html>"));
        assertThat(busy.why()).endsWith("answered with status 503");
        assertThat(busy.reason()).isEqualTo(Reason.UNREACHABLE);
        assertThat(failure(okJson("{}").withStatus(500)).why()).endsWith("answered with status 500");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '´', textBlock = """
                    <html>welcome</html>
                    {}
                    []
                    {"status":"success"}
                    {"status":"success","data":{"resultType":"matrix"}}
                    {"status":"success","data":{"resultType":"matrix","result":null}}
                    {"status":"success","data":{"resultType":"matrix","result":[17]}}
                    {"status":"success","data":{"resultType":"matrix","result":["x"]}}
                    {"status":"success","data":{"resultType":"matrix","result":[{"metric":{"a":1},"values":[[1,"1"]]}]}}
                    {"status":"success","data":{"resultType":"matrix","result":[{"metric":{},"values":[[1,"one"]]}]}}
                    {"status":"success","data":{"resultType":"matrix","result":[{"metric":{},"values":[[1,2]]}]}}
                    {"status":"success","data":{"resultType":"matrix","result":[{"metric":{},"values":[[1,"1"
                    """)
    void wrongJsonIsNoAnswer(String body) {
        MetricFailure failure = failure(aResponse().withStatus(200).withBody(body));
        assertThat(failure.reason()).isEqualTo(Reason.FAILED);
        assertThat(failure.why()).contains("did not answer with Prometheus' JSON");
    }

    @Test
    void halfABodyIsNoAnswer() {
        assertThat(failure(okJson(MATRIX).withFault(Fault.RANDOM_DATA_THEN_CLOSE))
                        .reason())
                .isEqualTo(Reason.UNREACHABLE);
        assertThat(failure(okJson(MATRIX).withFault(Fault.MALFORMED_RESPONSE_CHUNK))
                        .why())
                .contains("broke off");
        assertThat(failure(okJson(MATRIX).withFault(Fault.EMPTY_RESPONSE)).why())
                .contains("broke off");
        assertThat(failure(okJson(MATRIX).withFault(Fault.CONNECTION_RESET_BY_PEER))
                        .why())
                .contains("broke off");
    }

    @Test
    void aSlowServerTimesOutAtTheStepsLimit() {
        SERVER.stubFor(any(anyUrl()).willReturn(okJson(MATRIX).withFixedDelay(60_000)));
        try (MetricSource source = open(address(), Optional.empty())) {
            assertThatThrownBy(() -> source.ask(question(Duration.ofMillis(200))))
                    .isInstanceOfSatisfying(
                            MetricFailure.class, e -> assertThat(e.reason()).isEqualTo(Reason.TIMED_OUT))
                    .hasMessageContaining("did not answer within");
        }
    }

    @Test
    void aBodyThatDribblesTimesOutToo() {
        SERVER.stubFor(any(anyUrl()).willReturn(okJson(MATRIX).withChunkedDribbleDelay(100, 60_000)));
        try (MetricSource source = open(address(), Optional.empty())) {
            assertThatThrownBy(() -> source.ask(question(Duration.ofMillis(300))))
                    .isInstanceOfSatisfying(
                            MetricFailure.class, e -> assertThat(e.reason()).isEqualTo(Reason.TIMED_OUT));
        }
    }

    @Test
    void aRedirectIsRefusedAndNamesItsTarget() {
        MetricFailure failure =
                failure(aResponse().withStatus(302).withHeader("Location", "http://169.254.169.254/latest"));
        assertThat(failure.why()).contains("redirects to http://169.254.169.254/latest (status 302)");
        SERVER.verify(0, postRequestedFor(urlEqualTo("/latest")));
    }

    @Test
    void anUntrustedCertificateIsATlsError() {
        try (MetricSource source = open("https://127.0.0.1:" + SERVER.getHttpsPort(), Optional.empty())) {
            assertThatThrownBy(() -> source.ask(question(Duration.ofSeconds(20))))
                    .isInstanceOf(MetricFailure.class)
                    .hasMessageContaining("TLS failed");
        }
    }

    @Test
    void nobodyListeningIsRefused() throws Exception {
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        try (MetricSource source = open("http://127.0.0.1:" + port, Optional.empty())) {
            assertThatThrownBy(() -> source.ask(question(Duration.ofSeconds(20))))
                    .isInstanceOf(MetricFailure.class)
                    .hasMessage("prom (http://127.0.0.1:" + port + "): connection refused");
        }
    }

    @Test
    void anAnswerThatIsTooLargeIsNotRead() {
        MetricFailure failure = failure(okJson("{\"status\":\"" + "x".repeat(33 * 1024 * 1024) + "\"}"));
        assertThat(failure.why()).endsWith("the answer is larger than 32 MiB");
    }

    @Test
    void controlCharactersOfAnAnswerDoNotReachTheScreen() {
        MetricFailure failure = failure(
                okJson("{\"status\":\"error\",\"errorType\":\"bad_data\",\"error\":\"\\u001b[31mred\\u202e\\nnext\"}"));
        assertThat(failure.why()).endsWith("bad_data:  [31mred  next");
    }

    @Test
    void aStepThatWouldGiveTooManyPointsIsMadeLonger() throws Exception {
        SERVER.stubFor(any(anyUrl()).willReturn(okJson(MATRIX)));
        try (MetricSource source = open(address(), Optional.empty())) {
            MetricAnswer answer = source.ask(new MetricQuestion(
                    "m",
                    Instant.ofEpochSecond(1_000_000),
                    Duration.ofDays(1),
                    Optional.of(Duration.ofSeconds(1)),
                    Optional.empty(),
                    Duration.ofSeconds(20)));
            assertThat(answer.step()).isEqualTo(Duration.ofSeconds(10));
            assertThat(answer.caveats()).anySatisfy(c -> assertThat(c).contains("step is 10s instead of 1s"));
        }
        SERVER.verify(postRequestedFor(anyUrl()).withRequestBody(containing("step=10.0")));
    }

    @Test
    void aBaselineIsASecondQuery() throws Exception {
        SERVER.stubFor(any(anyUrl()).willReturn(okJson(MATRIX)));
        try (MetricSource source = open(address() + "/prefix/", Optional.empty())) {
            MetricAnswer answer = source.ask(new MetricQuestion(
                    "m",
                    Instant.ofEpochSecond(1_000_000),
                    Duration.ofMinutes(15),
                    Optional.empty(),
                    Optional.of(Duration.ofDays(1)),
                    Duration.ofSeconds(20)));
            assertThat(answer.baseline()).isPresent();
        }
        SERVER.verify(postRequestedFor(urlEqualTo("/prefix/api/v1/query_range"))
                .withFormParam("end", equalTo("1000000.000")));
        SERVER.verify(
                postRequestedFor(urlEqualTo("/prefix/api/v1/query_range")).withFormParam("end", equalTo("913600.000")));
    }

    @ParameterizedTest
    @CsvSource({
        "ftp://host, must begin with http",
        "http:///api, must begin with http",
        "not a url, is no address",
        "http://user:pass@host, put user and password into auth",
        "http://host/?a=b, must end before"
    })
    void aWrongAddressIsToldWhenTheSourceIsOpened(String url, String message) {
        assertThatThrownBy(() -> open(url, Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message)
                .hasMessageNotContaining("pass@");
    }

    @Test
    void aClosedSourceSaysSo() {
        MetricSource source = open(address(), Optional.empty());
        source.close();
        assertThatThrownBy(() -> source.ask(question(Duration.ofSeconds(1)))).hasMessageContaining("is closed");
    }
}
