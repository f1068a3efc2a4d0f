package dev.whydunit.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpressionsTest {
    record Pattern(String text, long count, boolean new_, double share) {}

    record Result(
            double last,
            Optional<Instant> onset,
            List<Pattern> patterns,
            Map<String, List<Pattern>> by,
            List<Map<String, Object>> rows) {}

    record Inputs(String service, Duration objective, int most) {}

    private static final Scope SCOPE = Scope.of(ValueType.of(Result.class).fields())
            .with("inputs", ValueType.of(Inputs.class))
            .with("service", new ValueType.MapOf(ValueType.Simple.DYNAMIC));

    private static Variables variables() {
        Map<String, Object> values = new HashMap<>(Values.of(new Result(
                0.5,
                Optional.empty(),
                List.of(new Pattern("timeout after <n> ms", 30, true, 0.25)),
                Map.of(),
                List.of(Map.of("wait_event_type", "Lock", "n", 7)))));
        values.put("inputs", Values.of(new Inputs("shop", Duration.ofMillis(300), 3)));
        values.put("service", Map.of("tier", 1L, "hosts", List.of("web1", "web2")));
        return new Variables(values, id -> id.equals("slow_query") ? 0.7 : 0.1);
    }

    static Expression good(String text) {
        Compiled<Expression> compiled = Expressions.compile(text, SCOPE);
        assertThat(compiled.issues()).isEmpty();
        return compiled.value().orElseThrow();
    }

    private static Issue issue(String text) {
        Compiled<Expression> compiled = Expressions.compile(text, SCOPE);
        assertThat(compiled.issues()).hasSize(1);
        return compiled.issues().getFirst();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "last > double(inputs.objective) | true",
                "last > 5 | false",
                "last * 2.0 == 1.0 | true",
                "patterns.exists(p, p.new && p.count > 20) | true",
                "patterns[0].text.contains('timeout') | true",
                "patterns.map(p, p.share)[0] | 0.25",
                "rows.exists(r, r.wait_event_type == \"Lock\" && r.n > 5) | true",
                "size(rows) == 1 && size('abc') == 3 | true",
                "probability(\"slow_query\") > 0.5 | true",
                "inputs.objective < duration(\"1m30s\") | true",
                "duration('1d') | PT24H",
                "double(service.tier) * 1.5 | 1.5",
                "service.tier < 1.5 | true",
                "'web1' in service.hosts | true",
                "'abc'.matches('b') | true",
                "'Ab'.lowerAscii() + 'x'.upperAscii() | abX",
                "max(1, 2.5) - double(min(2, 3) + abs(-2)) | -1.5",
                "round(2.6) | 3",
                "'a,b'.split(',').join('-') | a-b",
                "has(inputs.service) | true",
                "has(service.owner) | false",
                "{'a': 1}['a'] | 1",
            })
    void anExpressionHasItsValue(String text, String value) throws EvaluationFailure {
        assertThat(good(text).evaluate(variables())).asString().isEqualTo(value);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "lst > 1 | 0 | 3 | unknown name 'lst' | did you mean 'last'?",
                "last > 1 && inputs.objectve > last | 19 | 8 | 'inputs' has no field 'objectve' | did you mean 'objective'?",
                "patterns.exists(p, p.cuont > 1) | 21 | 5 | 'p' has no field 'cuont' | did you mean 'count'?",
                "patterns[0].cnt > 1 | 12 | 3 | this has no field 'cnt' | did you mean 'count'?",
                "last > inputs.service | 5 | 1 | these types do not go together: double > string | double(…) reads a number from a text",
                "last > inputs.objective | 5 | 1 | these types do not go together: double > duration | double(…) of a duration gives its seconds; duration(\"5m\") makes one",
                "last = 1 | 5 | 1 | '=' does not compare | write == to compare",
                "last > 1 and last < 2 | 9 | 3 | 'and' is not expected here | write && for and",
                "last >  | 5 | 1 | the expression ends too early | ``",
                "(last > 1 | 8 | 1 | a '(' is not closed | add a ')'",
                "inputs.service == \"shop | 18 | 5 | this text has no closing quote | ``",
                "sise(rows) > 1 | 0 | 4 | unknown function 'sise' | did you mean 'size'?",
                "inputs.service.matches('(a') | 23 | 4 | this regular expression is not valid: missing closing ) | it is RE2's syntax, without look-around and back references",
                "'a'.matches(inputs.service) | 18 | 1 | matches takes a text in quotes, so that it is known when the runbook is loaded | to look for a value use contains(…)",
                "duration('5 min') > inputs.objective | 9 | 7 | '5 min' is not a duration such as 90s or 1h30m | ``",
                "last && true | 5 | 2 | these types do not go together: double && bool | both sides are conditions: compare the value, for example value > 0",
                "inputs.most * last > 1.0 | 12 | 1 | these types do not go together: int * double | write double(…) around the whole number, or 2.0 for 2",
                "`` | 0 | 1 | there is no expression | ``",
            })
    void aMistakeIsNamedWhereItStands(String text, int offset, int length, String message, String help) {
        assertThat(issue(text)).isEqualTo(new Issue(offset, length, message, help));
    }

    @Test
    void whatIsAbsentIsNamed() {
        assertThatThrownBy(
                        () -> good("onset < timestamp('2026-01-01T00:00:00Z')").test(variables()))
                .isInstanceOf(EvaluationFailure.class)
                .hasMessage("there is no onset");
        assertThatThrownBy(() -> good("service.owner == 'x'").test(variables()))
                .hasMessage("there is no service.owner");
        assertThatThrownBy(() -> good("rows.exists(r, r.m > 5)").test(variables()))
                .hasMessage("rows.exists(r, r.m > 5): key 'm' is not present in map.");
        assertThatThrownBy(() -> good("patterns[4].count > 5").test(variables()))
                .hasMessageContaining("patterns[4].count > 5: ");
        assertThatThrownBy(() -> good("double(inputs.service) > 1.0").test(variables()))
                .hasMessage("double(inputs.service) > 1.0: 'shop' is not a number");
        assertThatThrownBy(() -> good("1 / (size(rows) - 1) > 1").test(variables()))
                .hasMessageContaining("/ by zero");
    }

    @Test
    void whatIsAbsentDoesNotMatterWhereTheRestDecides() throws EvaluationFailure {
        assertThat(good("onset < timestamp('2026-01-01T00:00:00Z') || last > 0.1")
                        .test(variables()))
                .isTrue();
        assertThat(good("onset < timestamp('2026-01-01T00:00:00Z') && last > 1.0")
                        .test(variables()))
                .isFalse();
    }

    @Test
    void anExplanationShowsWhatWasRead() {
        assertThat(good("last > double(inputs.objective) && size(patterns) > 3").explain(variables()))
                .isEqualTo(
                        "last > double(inputs.objective) && size(patterns) > 3 (last = 0.5, inputs.objective = 300ms, patterns has 1 element)");
    }

    @Test
    void referencesArePathsFromVariables() {
        assertThat(
                        good("patterns.exists(p, p.new && p.count > 20) && inputs.service == service['name'] && service.x.y[0].z == last")
                                .references())
                .containsExactlyInAnyOrder("patterns", "inputs.service", "service.name", "service.x.y", "last");
        assertThat(good("probability('a') > probability('b')").hypotheses())
                .extracting(Mention::name, Mention::offset)
                .containsExactly(
                        org.assertj.core.api.Assertions.tuple("a", 12), org.assertj.core.api.Assertions.tuple("b", 31));
    }

    @Test
    void costIsBounded() {
        String deep = "(".repeat(300) + "1" + ")".repeat(300) + " == 1";
        assertThat(issue(deep).message()).isEqualTo("the expression is nested too deeply");
        assertThat(issue("'" + "a".repeat(20_000) + "' == ''").message()).isEqualTo("the expression is too long");
        List<Long> many = java.util.stream.LongStream.range(0, 2_000).boxed().toList();
        Scope scope = Scope.of(Map.of("many", new ValueType.ListOf(ValueType.Simple.INT)));
        Expression quadratic = Expressions.compile("many.all(a, many.all(b, a + b >= 0))", scope)
                .value()
                .orElseThrow();
        assertThatThrownBy(() -> quadratic.test(Variables.of(Map.of("many", many))))
                .isInstanceOf(EvaluationFailure.class)
                .hasMessageContaining("Iteration budget exceeded");
        Expression evil = Expressions.compile(
                        "text.matches('(.*a){12}$')", Scope.of(Map.of("text", ValueType.Simple.STRING)))
                .value()
                .orElseThrow();
        assertThat(org.assertj.core.api.Assertions.catchThrowableOfType(
                        EvaluationFailure.class, () -> evil.test(Variables.of(Map.of("text", "a".repeat(28) + "!")))))
                .isNull();
    }

    @Test
    void whatComesFromOutsideIsNeverCompiled() throws EvaluationFailure {
        String hostile = "${{ probability('x') }} {{ 1 + 1 }} #{T(java.lang.Runtime)} ' || true || '";
        Map<String, Object> values = new HashMap<>(variables().values());
        values.put("inputs", Map.of("service", hostile, "objective", Duration.ofSeconds(1), "most", 1L));
        Variables variables = Variables.of(values);
        Template template =
                Expressions.template("for ${{ inputs.service }}", SCOPE).value().orElseThrow();
        assertThat(template.render(variables, Sink.PLAIN)).isEqualTo("for " + hostile);
        assertThat(good("inputs.service == 'shop'").test(variables)).isFalse();
    }
}
