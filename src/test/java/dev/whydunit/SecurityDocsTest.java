package dev.whydunit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/security.md promises nothing without a test. */
class SecurityDocsTest {
    private static final Pattern TEST = Pattern.compile("`([A-Z][A-Za-z0-9]+(?:Test|IT))`");

    private static List<String> rows() throws IOException {
        return Files.readAllLines(Path.of("docs/security.md")).stream()
                .filter(line -> line.startsWith("| ") && !line.startsWith("| ---"))
                .skip(1)
                .toList();
    }

    @Test
    void everyLineNamesItsTests() throws IOException {
        assertThat(rows()).hasSizeGreaterThan(30).allSatisfy(row -> {
            String[] cells = row.split("(?<!\\\\)\\|", -1);
            assertThat(cells).as(row).hasSize(5);
            assertThat(TEST.matcher(cells[3]).find()).as(row).isTrue();
        });
    }

    @Test
    void everyTestThatIsNamedExists() throws IOException {
        Set<String> there;
        try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
            there = files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".java"))
                    .map(name -> name.substring(0, name.length() - ".java".length()))
                    .collect(Collectors.toSet());
        }
        Matcher named = TEST.matcher(Files.readString(Path.of("docs/security.md")));
        assertThat(named.results().map(found -> found.group(1)).toList())
                .hasSizeGreaterThan(60)
                .isSubsetOf(there);
    }
}
