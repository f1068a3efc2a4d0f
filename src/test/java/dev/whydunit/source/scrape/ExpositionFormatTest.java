package dev.whydunit.source.scrape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExpositionFormatTest {
    private static List<ExpositionSample> read(String body) throws ExpositionException {
        List<ExpositionSample> samples = new ArrayList<>();
        ExpositionFormat.read(body, samples);
        return samples;
    }

    @Test
    void readsPrometheusText() throws Exception {
        assertThat(read("""
                        # HELP http_requests_total The total number of HTTP requests.
                        # TYPE http_requests_total counter
                        http_requests_total{method="post",code="200"} 1027 1395066363000
                        http_requests_total{method="post",code="400"}    3 1395066363000

                        metric_without_timestamp_and_labels 12.47
                        weird{problem="division by zero"} +Inf -3982045
                          indented\t 1e-3
                        nan NaN
                        rpc{quantile="0.5"} -4.5E+2
                        """))
                .containsExactly(
                        new ExpositionSample("http_requests_total{method=\"post\",code=\"200\"}", 1027),
                        new ExpositionSample("http_requests_total{method=\"post\",code=\"400\"}", 3),
                        new ExpositionSample("metric_without_timestamp_and_labels", 12.47),
                        new ExpositionSample("weird{problem=\"division by zero\"}", Double.POSITIVE_INFINITY),
                        new ExpositionSample("indented", 0.001),
                        new ExpositionSample("nan", Double.NaN),
                        new ExpositionSample("rpc{quantile=\"0.5\"}", -450));
    }

    @Test
    void readsOpenMetricsWithExemplarsToItsEnd() throws Exception {
        List<ExpositionSample> samples = new ArrayList<>();
        boolean ended = ExpositionFormat.read("""
                # TYPE foo histogram
                # UNIT foo seconds
                foo_bucket{le="0.01"} 0
                foo_bucket{le="0.1"} 8 # {} 0.054
                foo_bucket{le="1"} 11 # {trace_id="KOO5S4vxi0o}"} 0.67 1520879607.7
                foo_count 17
                foo_created 1520872607.123
                # EOF
                after_the_end 1
                """, samples);
        assertThat(ended).isTrue();
        assertThat(samples).hasSize(5).contains(new ExpositionSample("foo_bucket{le=\"1\"}", 11));
    }

    @Test
    void unescapesLabelsAndToleratesBlanksAndCommas() throws Exception {
        assertThat(ExpositionFormat.labels(
                        "msdos {path=\"C:\\\\DIR\\\\FILE.TXT\" , error = \"Cannot find file:\\n\\\"FILE}.TXT\\\"\",}"))
                .isEqualTo(Map.of(
                        "__name__", "msdos", "path", "C:\\DIR\\FILE.TXT", "error", "Cannot find file:\n\"FILE}.TXT\""));
        assertThat(read("m{a=\"x } y\\\" {\"} 5").getFirst().series()).isEqualTo("m{a=\"x } y\\\" {\"}");
        assertThat(ExpositionFormat.labels("{\"my.metric\",\"my.label\"=\"1\",b=\"2\"}"))
                .isEqualTo(Map.of("__name__", "my.metric", "my.label", "1", "b", "2"));
        assertThat(ExpositionFormat.labels("up{}")).isEqualTo(Map.of("__name__", "up"));
    }

    @Test
    void windowsLineEndsAreNoPartOfAValue() throws Exception {
        assertThat(read("a 1\r\n\r\nb{x=\"y\"} 2\r\n")).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<html>",
                "a",
                "a ",
                "a one",
                "a{b=\"c\" 1",
                "a{b=\"c\"}",
                "a 1d",
                "a 0x",
                "{",
                "a{b=\"c} 1",
                "a 1,5"
            })
    void aLineThatIsNoSampleIsTold(String line) {
        assertThatThrownBy(() -> read("ok 1\n" + line + "\n"))
                .isInstanceOf(ExpositionException.class)
                .hasMessageStartingWith("line 2: no ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a b{}",
                "1a",
                "a{b=c}",
                "a{b}",
                "a{b=\"1\",b=\"2\"}",
                "{a=\"b\"}",
                "a{=\"b\"}",
                "a{b=\"c\"d}",
                "é"
            })
    void aSeriesThatIsNoneIsTold(String series) {
        assertThatThrownBy(() -> ExpositionFormat.labels(series)).isInstanceOf(ExpositionException.class);
    }

    @Test
    void aLineWithoutEndIsNotTakenWhole() {
        assertThatThrownBy(() -> read("a{b=\"" + "x".repeat(100_000) + "\"} 1"))
                .hasMessageStartingWith("line 1: no series")
                .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(200));
    }
}
