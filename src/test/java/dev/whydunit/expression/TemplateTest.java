package dev.whydunit.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.Tokenizer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.queryparser.classic.ParseException;
import org.apache.lucene.queryparser.classic.QueryParser;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class TemplateTest {
    private static final Scope SCOPE = Scope.of(Map.of(
            "v", ValueType.Simple.DYNAMIC,
            "text", ValueType.Simple.STRING,
            "texts", new ValueType.ListOf(ValueType.Simple.STRING)));

    /** What strangers put into labels. */
    static List<String> hostile() {
        return List.of(
                "a'b\"c`d",
                "$(touch canary)",
                "`touch canary`",
                "a; touch canary",
                "a | touch canary && touch canary",
                "line\ntouch canary",
                "\" OR *:* OR \"",
                "\\\" OR *:*",
                "trailing\\",
                "a AND NOT b",
                "x\"} or up{a=\"",
                "' OR '1'='1' --",
                "${{ probability('x') }}",
                "{{ 7 * 7 }} #{7*7} ${jndi:ldap://x}",
                "..%2f..%2fetc/passwd?x=1#y",
                "http://evil.example/@",
                "\u2028\u202eevil\u0000",
                "ｆｕｌｌｗｉｄｔｈ＇",
                "(.*a){12}$");
    }

    /** Takes a text as one term, as a keyword field does. */
    private static final class WholeText extends Analyzer {
        @Override
        protected TokenStreamComponents createComponents(String field) {
            return new TokenStreamComponents(new Tokenizer() {
                private final CharTermAttribute term = addAttribute(CharTermAttribute.class);
                private boolean done;

                @Override
                public boolean incrementToken() throws IOException {
                    if (done) {
                        return false;
                    }
                    done = true;
                    clearAttributes();
                    for (int c = input.read(); c >= 0; c = input.read()) {
                        term.append((char) c);
                    }
                    return true;
                }

                @Override
                public void reset() throws IOException {
                    super.reset();
                    done = false;
                }
            });
        }
    }

    private static Template template(String text) {
        Compiled<Template> compiled = Expressions.template(text, SCOPE);
        assertThat(compiled.issues()).isEmpty();
        return compiled.value().orElseThrow();
    }

    private static String render(String text, Sink sink, Object value) throws EvaluationFailure {
        return template(text).render(Variables.of(Map.of("v", value, "text", value, "texts", List.of(value))), sink);
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void aHostileValueStaysOneTermOfALuceneQuery(String value) throws EvaluationFailure, ParseException {
        Query query = new QueryParser("f", new WholeText()).parse(render("name:${{ text }}", Sink.LUCENE, value));
        assertThat(query).isInstanceOf(TermQuery.class);
        assertThat(((TermQuery) query).getTerm().text()).isEqualTo(value);
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void aHostileValueStaysOneQuotedTextOfPromql(String value) throws EvaluationFailure {
        String query = render("up{job=${{ text }}}", Sink.PROMQL, value);
        String quoted = query.substring("up{job=".length(), query.length() - 1);
        assertThat(quoted).startsWith("\"").endsWith("\"").doesNotContain("\n", "\0");
        String inside =
                quoted.substring(1, quoted.length() - 1).replace("\\\\", "").replace("\\\"", "");
        assertThat(inside).doesNotContain("\"");
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void aHostileValueIsABindParameterOfSql(String value) throws EvaluationFailure {
        SqlText sql = template("select 1 where s = ${{ text }} and n > ${{ v }}")
                .renderSql(Variables.of(Map.of("text", value, "v", 3L)));
        assertThat(sql).isEqualTo(new SqlText("select 1 where s = ? and n > ?", List.of(value, 3L)));
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void aHostileValueCannotLeaveItsPlaceInAUrl(String value) throws EvaluationFailure {
        String url = render("https://host:8080/a/${{ text }}?q=${{ text }}", Sink.URL, value);
        assertThat(url).matches("https://host:8080/a/[A-Za-z0-9._~%-]+\\?q=[A-Za-z0-9._~%-]+");
        assertThatThrownBy(() -> render("https://${{ text }}/a", Sink.URL, value))
                .isInstanceOf(EvaluationFailure.class);
        assertThatThrownBy(() -> render("https://host:${{ text }}/a", Sink.URL, value))
                .isInstanceOf(EvaluationFailure.class);
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void aHostileValueDoesNotEnterACaptureFilter(String value) {
        assertThatThrownBy(() -> render("host ${{ text }}", Sink.BPF, value))
                .isInstanceOf(EvaluationFailure.class)
                .hasMessageContaining("nothing else may enter a capture filter");
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void aHostileValueIsOneArgumentAsItIs(String value) throws EvaluationFailure {
        if (value.indexOf('\0') >= 0) {
            assertThatThrownBy(() -> render("${{ text }}", Sink.ARGUMENT, value))
                    .hasMessageContaining("NUL");
        } else {
            assertThat(render("${{ text }}", Sink.ARGUMENT, value)).isEqualTo(value);
        }
    }

    @Test
    void aValueIsNeverReadAsAnOption() throws EvaluationFailure {
        assertThatThrownBy(() -> render("${{ text }}", Sink.ARGUMENT, "--checkpoint-action=exec=sh"))
                .hasMessage("text begins with '-' (--checkpoint-action=exec=sh) and would be read as an option");
        assertThat(render("--name=${{ text }}", Sink.ARGUMENT, "-x")).isEqualTo("--name=-x");
        assertThatThrownBy(() -> template("${{ texts }}")
                        .renderList(Variables.of(Map.of("texts", List.of("a", "-b"))), Sink.ARGUMENT))
                .isInstanceOf(EvaluationFailure.class);
    }

    @Test
    void numbersDurationsAndMomentsHaveTheFormOfTheSink() throws EvaluationFailure {
        assertThat(render("x[${{ v }}]", Sink.PROMQL, Duration.ofMinutes(90))).isEqualTo("x[1h30m]");
        assertThat(render("x > ${{ v }}", Sink.PROMQL, 0.25)).isEqualTo("x > 0.25");
        assertThat(render("x{a=${{ v }}}", Sink.PROMQL, 5L)).isEqualTo("x{a=\"5\"}");
        assertThat(render("x{a=~${{ v }}}", Sink.PROMQL, "a.b|c")).isEqualTo("x{a=~\"a\\\\.b\\\\|c\"}");
        assertThat(render("n:${{ v }}", Sink.LUCENE, 5L)).isEqualTo("n:5");
        assertThat(render("n:${{ v }}", Sink.LUCENE, -5L)).isEqualTo("n:\"-5\"");
        assertThat(render("t:[${{ v }} TO *]", Sink.LUCENE, Instant.EPOCH))
                .isEqualTo("t:[\"1970-01-01T00:00:00Z\" TO *]");
        assertThat(render("port ${{ v }} and host ${{ text }}", Sink.BPF, "5432"))
                .isEqualTo("port 5432 and host 5432");
        assertThat(render("${{ v }}", Sink.URL, "https://shop.example:8443/health?x=1"))
                .isEqualTo("https://shop.example:8443/health?x=1");
        assertThatThrownBy(() -> render("${{ v }}", Sink.URL, "file:///etc/passwd"))
                .hasMessageContaining("is no http or https URL");
        assertThatThrownBy(() -> render("http://h/${{ v }}/x", Sink.URL, "..")).hasMessageContaining("step up");
    }

    @ParameterizedTest
    @CsvSource({
        "0.30000000000000004, 0.3",
        "1234567.0, 1235000",
        "0.00012345, 0.0001234",
        "1.0E-9, 1E-9",
        "-2.5, -2.5",
        "0.0, 0",
        "NaN, NaN",
        "100.0, 100",
        "2.0E20, 2E+20"
    })
    void numbersForPeopleHaveAtMostFourDigits(double number, String shown) throws EvaluationFailure {
        assertThat(render("${{ v }} s", Sink.PLAIN, number)).isEqualTo(shown + " s");
    }

    @Test
    void valuesForPeople() throws EvaluationFailure {
        assertThat(render("${{ v }}", Sink.PLAIN, Duration.ofMillis(90_500))).isEqualTo("1m30s500ms");
        assertThat(render("${{ v }}", Sink.PLAIN, Instant.EPOCH)).isEqualTo("1970-01-01T00:00:00Z");
        assertThat(render("${{ v }}", Sink.PLAIN, List.of("a", 2L))).isEqualTo("a, 2");
        assertThat(render("a ${{ '}}' + text }} b", Sink.PLAIN, "x")).isEqualTo("a }}x b");
        assertThat(template("${{ v }}").value(Variables.of(Map.of("v", 5L)))).isEqualTo(5L);
        assertThat(template("no hole").literal()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "LUCENE | name:\"${{ text }}\" | this value stands inside quotes",
                "LUCENE | /a${{ text }}/ | this value stands inside a regular expression",
                "PROMQL | up{a='${{ text }}'} | this value stands inside quotes",
                "PROMQL | up # ${{ text }} | this value stands inside a comment",
                "SQL | select '${{ text }}' | this value stands inside quotes",
                "SQL | select 1 -- ${{ text }} | this value stands inside a comment",
                "SQL | select /* ${{ text }} */ 1 | this value stands inside a comment",
                "LITERAL | echo ${{ text }} | no value may enter this text",
                "LUCENE | name:${{ texts }} | a list of string cannot be put into this text",
            })
    void aValueWhereItCouldBreakOutIsRefusedAtLoad(Sink sink, String text, String message) {
        assertThat(template(text).issues(sink)).extracting(Issue::message).containsExactly(message);
    }

    @Test
    void aHoleWithoutItsEndIsAnIssue() {
        assertThat(Expressions.template("a ${{ text", SCOPE).issues())
                .containsExactly(new Issue(2, 3, "this ${{ has no }}", "close it with }}"));
    }
}
