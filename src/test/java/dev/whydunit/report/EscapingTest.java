package dev.whydunit.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EscapingTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '^',
            quoteCharacter = '%',
            value = {
                "[link](http://x)^\\[link\\](http\\://x)",
                "![image](x)^\\!\\[image\\](x)",
                "`code`^\\`code\\`",
                "**bold** _it_ ~~no~~^\\*\\*bold\\*\\* \\_it\\_ \\~\\~no\\~\\~",
                "<script>&amp;^\\<script\\>\\&amp;",
                "# heading^\\# heading",
                "a | b^a \\| b",
                "- item^\\- item",
                "+ item^\\+ item",
                "1. item^1\\. item",
                "12) item^12\\) item",
                "see www.example.org now^see www\\.example.org now",
                "back\\slash^back\\\\slash",
                "99.9 is a number^99\\.9 is a number",
                "p95 is 2.1 s^p95 is 2.1 s"
            })
    void textShowsInMarkdownAsItIs(String text, String markdown) {
        assertThat(MarkdownText.escaped(text)).isEqualTo(markdown);
    }

    @Test
    void lineBreaksAndLeadingSpaceMakeNoBlocksInMarkdown() {
        assertThat(MarkdownText.escaped("    code\n\n# heading")).isEqualTo("code\\\\n\\\\n\\# heading");
    }

    @Test
    void aFenceIsLongerThanAnyInItsCode() {
        assertThat(MarkdownText.fenced("a\n````\n# not a heading\n```"))
                .isEqualTo("`````text\na\n````\n# not a heading\n```\n`````");
        assertThat(MarkdownText.fenced("\u001b[2J\tx\r\ny")).isEqualTo("```text\n\\x1b[2J    x\ny\n```");
    }

    @Test
    void noTagOrLinkOfAStrangerIsInTheMarkdown() {
        // What stands in a fence is code; all else must be escaped.
        String outsideOfFences =
                SummaryMarkdown.write(SampleSummary.hostile()).replaceAll("(?s)```+text\n.*?\n```+\n", "");

        assertThat(outsideOfFences).doesNotContainPattern("(?<!\\\\)[<\\[`*_]+(script|x\\])");
        assertThat(outsideOfFences).contains("\\<script\\>alert(1)\\</script\\> \\[x\\](http\\://evil.example)");
        assertThat(outsideOfFences.replace("\n", "").chars()).noneMatch(Character::isISOControl);
    }

    @Test
    void textShowsInHtmlAsItIs() {
        assertThat(HtmlText.escaped("<a href=\"x\" onclick='y'>&amp;\u001b[2J\n\u202e"))
                .isEqualTo("&lt;a href=&quot;x&quot; onclick=&#39;y&#39;&gt;&amp;amp;\\x1b[2J\\n\\u202e");
    }

    @Test
    void theHtmlHoldsOnlyOurOwnTags() {
        String html = SummaryHtml.write(SampleSummary.hostile());

        Matcher tags = Pattern.compile("</?([a-zA-Z][^\\s/>]*)").matcher(html);
        assertThat(tags.results().map(tag -> tag.group(1)).distinct())
                .isSubsetOf(List.of(
                        "html", "head", "meta", "title", "style", "body", "main", "header", "p", "span", "h1", "h2",
                        "b", "br", "dl", "div", "dt", "dd", "section", "article", "table", "thead", "tbody", "tr", "th",
                        "td", "svg", "rect", "pre", "code", "ul", "li", "footer"));
        assertThat(html).doesNotContain("<script", "style=", "href=", "src=", "onclick");
        assertThat(html.replace("\n", "").chars()).noneMatch(Character::isISOControl);
    }

    @Test
    void everyOpenedElementIsClosed() {
        for (Summary sample : List.of(
                SampleSummary.concluded(),
                SampleSummary.inconclusive(),
                SampleSummary.symptomAbsent(),
                SampleSummary.hostile())) {
            Deque<String> open = new ArrayDeque<>();
            Matcher tags = Pattern.compile("<(/?)([a-z][a-z0-9]*)[^>]*?(/?)>").matcher(SummaryHtml.write(sample));
            while (tags.find()) {
                String name = tags.group(2);
                if (tags.group(1).equals("/")) {
                    assertThat(open.pop()).isEqualTo(name);
                } else if (tags.group(3).isEmpty() && !List.of("meta", "br").contains(name)) {
                    open.push(name);
                }
            }
            assertThat(open).isEmpty();
        }
    }

    @Test
    void thePolicyAllowsThisStyleSheetAndNothingElse() throws Exception {
        String html = SummaryHtml.write(SampleSummary.concluded());
        String style = html.substring(html.indexOf("<style>") + "<style>".length(), html.indexOf("</style>"));
        String hash = Base64.getEncoder()
                .encodeToString(MessageDigest.getInstance("SHA-256").digest(style.getBytes(StandardCharsets.UTF_8)));

        assertThat(html)
                .contains(
                        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'sha256-"
                                + hash + "'; base-uri 'none'; form-action 'none'\">")
                .doesNotContain("unsafe-inline");
    }

    @ParameterizedTest
    @CsvSource({
        "a\u0007b, a\\x07b",
        "\u009b31m, \\x9b31m",
        "\u202egnp, \\u202egnp",
        "\u200b, \\u200b",
        "\udb40\udc41, \\u{e0041}",
        "é 漢 🙂, é 漢 🙂"
    })
    void whatCommandsHidesOrTurnsIsShownAsAnEscape(String text, String shown) {
        assertThat(ShownText.line(text)).isEqualTo(shown);
    }

    @Test
    void widthCountsWhatATerminalTakes() {
        assertThat(Columns.width("aé漢🙂e\u0301")).isEqualTo(1 + 1 + 2 + 2 + 1);
        assertThat(Columns.cut("漢漢漢", 5, "…")).isEqualTo("漢漢…");
        assertThat(Columns.wrapped("漢漢漢漢漢漢 abc", 8)).containsExactly("漢漢漢漢", "漢漢 abc");
        assertThat(Columns.wrapped("it is (99.9 %) sure", 12)).containsExactly("it is", "(99.9 %)", "sure");
        assertThat(Columns.wrapped("", 12)).containsExactly("");
    }
}
