package dev.whydunit.promql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PromqlQueryTest {
    private static final long AT = 60_000;

    private final GivenSamples samples = new GivenSamples()
            .every(
                    10_000,
                    Labels.metric("requests_total", "code", "200", "host", "a"),
                    0.0,
                    10.0,
                    20.0,
                    30.0,
                    40.0,
                    50.0,
                    60.0)
            .every(
                    10_000,
                    Labels.metric("requests_total", "code", "500", "host", "a"),
                    0.0,
                    1.0,
                    2.0,
                    3.0,
                    4.0,
                    5.0,
                    6.0)
            .every(
                    10_000,
                    Labels.metric("requests_total", "code", "200", "host", "b"),
                    50.0,
                    60.0,
                    5.0,
                    15.0,
                    25.0,
                    35.0,
                    45.0)
            .every(10_000, Labels.metric("temperature", "host", "a"), 20.0, 22.0, 21.0, 25.0, 24.0, 23.0, 30.0)
            .every(10_000, Labels.metric("limit", "host", "a"), 40.0, 40.0, 40.0, 40.0, 40.0, 40.0, 40.0)
            .every(10_000, Labels.metric("limit", "host", "c"), 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0)
            .every(10_000, Labels.metric("seconds_bucket", "le", "0.1"), 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 60.0)
            .every(10_000, Labels.metric("seconds_bucket", "le", "0.5"), 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 90.0)
            .every(10_000, Labels.metric("seconds_bucket", "le", "+Inf"), 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 100.0);

    /** Labels to value, at 60 s. */
    private Map<String, Double> at(String query) throws Exception {
        Map<String, Double> values = new TreeMap<>();
        for (TimeSeries series :
                PromqlQuery.parse(query).evaluate(samples, new long[] {AT}).series()) {
            values.put(series.labels().toString(), series.value(0));
        }
        return values;
    }

    private double one(String query) throws Exception {
        Map<String, Double> values = at(query);
        assertThat(values).hasSize(1);
        return values.values().iterator().next();
    }

    @Test
    void aSelectorKeepsNameAndLabels() throws Exception {
        assertThat(at("temperature")).isEqualTo(Map.of("temperature{host=\"a\"}", 30.0));
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '´', textBlock = """
                    requests_total{code="200"}                ; 2
                    requests_total{code!="200"}               ; 1
                    requests_total{code=~"2..|5.."}           ; 3
                    requests_total{code=~"2"}                 ; 0
                    requests_total{code!~"5.*",host=~"a|b"}   ; 2
                    requests_total{nowhere=""}                ; 3
                    requests_total{nowhere!=""}               ; 0
                    {__name__=~"temp.*|limit"}                ; 3
                    {host="a", code='500'}                    ; 1
                    """)
    void matchersAreAnchoredAndTakeAMissingLabelForEmpty(String query, int series) throws Exception {
        assertThat(at(query)).hasSize(series);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    1 + 2 * 3                                              | 7
                    (1 + 2) * 3                                            | 9
                    2 ^ 3 ^ 2                                              | 512
                    -2 ^ 2                                                 | -4
                    7 % 4 - -1                                             | 4
                    1 > bool 2                                             | 0
                    0x1 or vector(1)                                       | bad
                    time()                                                 | 60
                    scalar(temperature) / 2                                | 15
                    vector(3)                                              | 3
                    sum(requests_total)                                    | 111
                    avg(requests_total)                                    | 37
                    min(requests_total) + max(requests_total)              | 66
                    count(requests_total)                                  | 3
                    quantile(0.5, requests_total)                          | 45
                    stddev(limit)                                          | 19.5
                    rate(requests_total{code="200",host="a"}[1m])          | 1
                    increase(requests_total{code="200",host="a"}[1m])      | 60
                    irate(requests_total{code="500"}[1m])                  | 0.1
                    delta(temperature[1m])                                 | 9.6
                    deriv(limit{host="a"}[1m])                             | 0
                    avg_over_time(temperature[30s])                        | 25.666666666666668
                    max_over_time(temperature[1m])                         | 30
                    min_over_time(temperature[40s])                        | 23
                    count_over_time(temperature[1m])                       | 6
                    changes(limit{host="a"}[1m])                           | 0
                    resets(requests_total{host="b"}[1m])                   | 1
                    temperature offset 10s                                 | 23
                    max_over_time(temperature[10s] offset 30s)             | 25
                    histogram_quantile(0.5, seconds_bucket)                | 0.08333333333333333
                    histogram_quantile(0.75, seconds_bucket)               | 0.3
                    histogram_quantile(0.99, seconds_bucket)               | 0.5
                    histogram_quantile(0.5, sum by (le) (rate(seconds_bucket[1m]))) | 0.08333333333333333
                    abs(temperature - 40)                                  | 10
                    clamp_min(temperature, 50) + clamp_max(temperature, 7) | 57
                    clamp(temperature, 1, 5)                               | 5
                    temperature / limit                                    | 0.75
                    temperature > bool 29                                  | 1
                    temperature > 29                                       | 30
                    29 < temperature                                       | 30
                    absent(nothing{host="x"})                              | 1
                    sum(topk(2, requests_total))                           | 105
                    sum(bottomk(1, requests_total))                        | 6
                    """)
    void computesWhatPrometheusComputes(String query, String expected) throws Exception {
        if (expected.equals("bad")) {
            assertThatThrownBy(() -> one(query)).isInstanceOf(PromqlException.class);
        } else {
            assertThat(one(query)).isCloseTo(Double.parseDouble(expected), within(1e-9));
        }
    }

    @Test
    void aRateAddsWhatACounterLostAtItsReset() throws Exception {
        // 60, then 5 (restarted), then 45: 5 + 40 = 45 in the 50 s that samples cover, carried on to a minute.
        assertThat(at("increase(requests_total{host=\"b\"}[1m])"))
                .isEqualTo(Map.of("{code=\"200\", host=\"b\"}", 54.0));
    }

    @Test
    void groupsByOrWithoutLabels() throws Exception {
        assertThat(at("sum by (host) (requests_total)")).isEqualTo(Map.of("{host=\"a\"}", 66.0, "{host=\"b\"}", 45.0));
        assertThat(at("sum(requests_total) without (host)"))
                .isEqualTo(Map.of("{code=\"200\"}", 105.0, "{code=\"500\"}", 6.0));
    }

    @Test
    void matchesVectorsByLabels() throws Exception {
        assertThat(at("requests_total{code=\"500\"} / on (host) limit")).isEqualTo(Map.of("{host=\"a\"}", 0.15));
        assertThat(at("requests_total{code=\"500\"} / ignoring (code) limit")).isEqualTo(Map.of("{host=\"a\"}", 0.15));
        assertThat(at("requests_total / on (host) group_left limit"))
                .isEqualTo(Map.of("{code=\"200\", host=\"a\"}", 1.5, "{code=\"500\", host=\"a\"}", 0.15));
        assertThat(at("limit * on (host) group_right requests_total"))
                .isEqualTo(Map.of("{code=\"200\", host=\"a\"}", 2400.0, "{code=\"500\", host=\"a\"}", 240.0));
    }

    @Test
    void setOperatorsJoinByLabels() throws Exception {
        assertThat(at("temperature or limit").keySet()).containsExactly("limit{host=\"c\"}", "temperature{host=\"a\"}");
        assertThat(at("limit and temperature").keySet()).containsExactly("limit{host=\"a\"}");
        assertThat(at("limit unless on (host) temperature").keySet()).containsExactly("limit{host=\"c\"}");
    }

    @Test
    void aFilteringComparisonKeepsNames() throws Exception {
        assertThat(at("limit > temperature")).isEqualTo(Map.of("limit{host=\"a\"}", 40.0));
        assertThat(at("requests_total == 6")).isEqualTo(Map.of("requests_total{code=\"500\", host=\"a\"}", 6.0));
    }

    @Test
    void aSeriesEndsAtItsStaleMarkerAndAfterFiveMinutes() throws Exception {
        GivenSamples given = new GivenSamples()
                .add(Labels.metric("ended"), 0, 1)
                .add(Labels.metric("ended"), 10_000, TimeSeries.STALE)
                .add(Labels.metric("old"), 0, 1);
        PromqlQuery query = PromqlQuery.parse("{__name__=~\"ended|old\"}");
        assertThat(query.evaluate(given, new long[] {5_000}).series()).hasSize(2);
        assertThat(query.evaluate(given, new long[] {10_000}).series()).hasSize(1);
        assertThat(query.evaluate(given, new long[] {300_000}).series()).isEmpty();
        assertThat(PromqlQuery.parse("count_over_time(ended[1m])")
                        .evaluate(given, new long[] {30_000})
                        .series()
                        .getFirst()
                        .value(0))
                .isEqualTo(1);
    }

    @Test
    void aRangeThatBeginsBeforeAnybodyLookedIsCutAndTold() throws Exception {
        GivenSamples given = new GivenSamples().coveredFrom(57_000);
        for (long at = 57_000; at <= 60_000; at += 500) {
            given.add(Labels.metric("c"), at, (at - 57_000) / 100.0);
        }
        PromqlQuery.Evaluation evaluation = PromqlQuery.parse("rate(c[5m])").evaluate(given, new long[] {AT});
        assertThat(evaluation.series().getFirst().value(0)).isCloseTo(10, within(1e-9));
        assertThat(evaluation.shortRange())
                .contains(new PromqlQuery.ShortRange(Duration.ofMinutes(5), Duration.ofSeconds(3)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    label_replace(up, "a", "b", "c", "d") | 1:1: the function "label_replace" is not in the subset
                    sum(foo(up))                    | 1:5: the function "foo" is not in the subset
                    rate(up)                        | 1:6: rate() takes a range vector such as x[5m] here, not an instant vector
                    rate(up[5m:1m])                 | 1:11: subqueries are not in the subset
                    up[5m]                          | 1:1: the query gives a range vector
                    up @ 5                          | 1:4: "@" is not in the subset
                    up +                            | 1:5: expected a metric, a function, a number or "(", found the end of the query
                    (up                             | 1:4: expected ")", found the end of the query
                    up{a="b"                        | 1:9: expected ","
                    up{a~"b"}                       | 1:5: unexpected character "~"
                    up{a="b}                        | 1:6: the string that begins here does not end
                    up{a=~"("}                      | 1:7: no regular expression (RE2)
                    {}                              | 1:1: a selector needs at least one matcher
                    {a=~".*"}                       | 1:1: a selector needs at least one matcher
                    1 > 2                           | 1:3: a comparison of two numbers needs "bool"
                    sum by (a) (up, 1)              | 1:1: sum takes 1 argument, not 2
                    histogram_quantile(up, 0.5)     | 1:20: histogram_quantile() takes a number here, not an instant vector
                    up up                           | 1:4: expected an operator or the end of the query, found "up"
                    rate(up[5x])                    | 1:9: bad number: "5x"
                    rate(up[5mm])                   | 1:9: "5mm" is no duration
                    "text"                          | 1:1: the query gives a string
                    1 and up                        | 1:3: "and" needs an instant vector on both sides
                    """)
    void saysWhereAQueryIsWrong(String query, String message) {
        assertThatThrownBy(() -> PromqlQuery.parse(query))
                .isInstanceOf(PromqlException.class)
                .hasMessageStartingWith(message);
    }

    @Test
    void tellsLineAndColumn() {
        assertThatThrownBy(() -> PromqlQuery.parse("sum( # all\n  foo(up))"))
                .isInstanceOfSatisfying(PromqlException.class, e -> {
                    assertThat(e.line()).isEqualTo(2);
                    assertThat(e.column()).isEqualTo(3);
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"requests_total + on (host) limit", "limit + on (host) requests_total"})
    void refusesMatchesThatAreNotOneToOne(String query) {
        assertThatThrownBy(() -> at(query)).isInstanceOf(PromqlException.class).hasMessageContaining("several series");
    }

    @Test
    void refusesAResultWithTheSameLabelsTwice() {
        assertThatThrownBy(() -> at("rate({__name__=~\"temperature|limit\", host=\"a\"}[1m])"))
                .hasMessageContaining("two series with the labels {host=\"a\"}");
    }

    @Test
    void deepNestingAndLongQueriesEndWithAMessage() {
        assertThatThrownBy(() -> PromqlQuery.parse("(".repeat(5_000) + "1" + ")".repeat(5_000)))
                .hasMessageContaining("nested deeper");
        assertThatThrownBy(() -> PromqlQuery.parse("-".repeat(15_000) + "1")).hasMessageContaining("nested deeper");
        assertThatThrownBy(() -> PromqlQuery.parse("1+".repeat(50_000) + "1")).hasMessageContaining("longer than");
    }

    @Test
    void aChainOfOperatorsHasALimit() throws Exception {
        assertThat(one("1" + "+1".repeat(500))).isEqualTo(501);
        assertThatThrownBy(() -> PromqlQuery.parse("1" + "+1".repeat(501))).hasMessageContaining("500 operators");
    }

    @Test
    void aMaliciousPatternRunsInLinearTime() throws Exception {
        GivenSamples given = new GivenSamples().add(Labels.metric("m", "l", "a".repeat(28) + "!"), 0, 1);
        assertThat(PromqlQuery.parse("m{l=~\"(.*a){12}\"}")
                        .evaluate(given, new long[] {0})
                        .series())
                .isEmpty();
    }

    @Test
    void stringsKnowEscapesAndRawText() throws Exception {
        GivenSamples given = new GivenSamples().add(Labels.metric("m", "l", "a\"b\\n\tä"), 0, 1);
        assertThat(PromqlQuery.parse("m{l=\"a\\\"b\\\\n\\t\\u00e4\"}")
                        .evaluate(given, new long[] {0})
                        .series())
                .hasSize(1);
        assertThat(PromqlQuery.parse("m{l=`a\"b\\n\tä`}")
                        .evaluate(given, new long[] {0})
                        .series())
                .hasSize(1);
    }

    @Test
    void anInterruptEndsAnEvaluation() throws Exception {
        PromqlQuery query = PromqlQuery.parse("1");
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> query.evaluate(samples, new long[] {1})).isInstanceOf(InterruptedException.class);
    }
}
