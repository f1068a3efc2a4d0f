package dev.whydunit.runbook;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LanguageDocsTest {
    private static final Pattern CODE = Pattern.compile("\\bE[1-6][0-9]{2}\\b");

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static TreeSet<String> codes(String text) {
        TreeSet<String> codes = new TreeSet<>();
        Matcher matcher = CODE.matcher(text);
        while (matcher.find()) {
            codes.add(matcher.group());
        }
        return codes;
    }

    @Test
    void theExampleOfTheReferenceIsWithoutProblems() {
        String page = read(Path.of("docs/runbook-language.md"));
        String example =
                page.substring(page.indexOf("```yaml\n") + 8, page.indexOf("```\n", page.indexOf("```yaml\n") + 8));
        assertThat(RunbookParserTest.good(example).id()).isEqualTo("slow_shop");
    }

    @Test
    void everyErrorCodeIsExplainedAndNoOther() throws IOException {
        TreeSet<String> used = new TreeSet<>();
        for (String folder : new String[] {"yaml", "runbook", "config", "webhook", "authoring", "notification"}) {
            try (Stream<Path> files = Files.list(Path.of("src/main/java/dev/whydunit", folder))) {
                files.filter(file -> file.toString().endsWith(".java")).forEach(file -> used.addAll(codes(read(file))));
            }
        }
        assertThat(codes(read(Path.of("docs/errors.md")))).isEqualTo(used);
    }
}
