package dev.whydunit.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whydunit.report.TextStyle;
import dev.whydunit.shell.Pages.Key;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jline.utils.AttributedString;
import org.junit.jupiter.api.Test;

class PagesTest {
    private static final TextStyle STYLE = new TextStyle(40, false, true);

    /** A page of so many rows, each of which opens one that is named for it. */
    private record Rows(String title, int count) implements View {
        @Override
        public List<Row> rows(TextStyle style) {
            return IntStream.range(0, count)
                    .mapToObj(i -> new Row("row " + i, Optional.of(() -> new Rows("page " + i, 0))))
                    .toList();
        }

        @Override
        public Map<Character, Supplier<View>> keys() {
            return Map.of('t', () -> new Rows("tree", 0));
        }

        @Override
        public String keyNames() {
            return "t tree";
        }
    }

    private final Pages pages = new Pages(new Rows("list", 30));

    private List<String> screen() {
        return pages.lines(STYLE, 10).stream()
                .map(AttributedString::toString)
                .map(String::stripTrailing)
                .toList();
    }

    private void type(String letters) {
        letters.chars().forEach(letter -> pages.letter((char) letter));
    }

    @Test
    void theScreenIsExactlyAsHighAndAtMostAsWideAsTheTerminal() {
        assertThat(screen()).hasSize(10);
        assertThat(pages.lines(STYLE, 10)).allMatch(line -> line.columnLength() <= 40);
        assertThat(screen().getFirst()).isEqualTo("list");
        assertThat(screen().getLast()).startsWith("Enter open").contains("q quit");
    }

    @Test
    void enterOpensWhatIsSelectedAndBackGoesBackToIt() {
        screen();
        pages.key(Key.DOWN);
        pages.key(Key.DOWN);
        assertThat(screen()).contains("> row 2");
        pages.key(Key.ENTER);
        assertThat(screen().getFirst()).isEqualTo("page 2");
        pages.key(Key.BACK);
        assertThat(screen()).contains("> row 2");
        pages.key(Key.BACK);
        assertThat(pages.left()).isTrue();
    }

    @Test
    void whatIsSelectedIsAlwaysOnTheScreen() {
        screen();
        pages.key(Key.END);
        assertThat(screen()).contains("> row 29");
        pages.key(Key.PAGE_UP);
        assertThat(screen()).anyMatch(line -> line.startsWith("> row 21"));
        pages.key(Key.HOME);
        assertThat(screen()).contains("> row 0");
        pages.key(Key.UP);
        assertThat(screen()).contains("> row 0");
    }

    @Test
    void aFilterLeavesTheRowsThatHaveIt() {
        screen();
        type("/Row 2");
        assertThat(screen()).contains("> row 2", "  row 20").doesNotContain("  row 3");
        assertThat(screen().getLast()).startsWith("/Row 2");
        pages.key(Key.ERASE);
        type("9");
        assertThat(screen()).contains("> row 9").doesNotContain("  row 20");
        pages.key(Key.ENTER);
        pages.key(Key.ENTER);
        assertThat(screen().getFirst()).isEqualTo("page 9");
        pages.key(Key.BACK);
        assertThat(screen().getFirst()).isEqualTo("list   /Row 9");
        pages.key(Key.BACK);
        assertThat(screen().getFirst()).isEqualTo("list");
        type("/q");
        assertThat(pages.left())
                .as("q is a letter of the filter while one is typed")
                .isFalse();
        pages.key(Key.BACK);
        type("q");
        assertThat(pages.left()).isTrue();
    }

    @Test
    void lettersOpenThePagesThatTheFootNames() {
        screen();
        type("t");
        assertThat(screen().getFirst()).isEqualTo("tree");
    }

    @Test
    void aScreenOfThreeLinesStillWorks() {
        assertThat(pages.lines(STYLE, 1)).hasSize(3);
        pages.key(Key.PAGE_DOWN);
        assertThat(pages.lines(STYLE, 3).get(1).toString()).startsWith("> row 1");
    }
}
