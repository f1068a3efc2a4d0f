package dev.whydunit.notification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whydunit.config.Configuration;
import dev.whydunit.yaml.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples of docs/notifications.md. */
class DocumentedNotificationsTest {
    private static final Path PAGE = Path.of("docs/notifications.md");

    @TempDir
    private Path folder;

    private static List<String> blocks(String fence) throws IOException {
        String page = Files.readString(PAGE);
        List<String> blocks = new ArrayList<>();
        for (int at = page.indexOf(fence + "\n"); at >= 0; ) {
            int begin = at + fence.length() + 1;
            int end = page.indexOf("\n```", begin);
            blocks.add(page.substring(begin, end + 1));
            at = page.indexOf(fence + "\n", end + 4);
        }
        return blocks;
    }

    @Test
    void itsConfigurationsAreWithoutProblems() throws IOException {
        List<String> examples = blocks("```yaml");
        assertThat(examples).hasSize(2);
        for (String example : examples) {
            Path file = Files.writeString(folder.resolve("whydunit.yaml"), example);
            assertThat(Configuration.load(file, "default", List.of(), Map.of()).problems())
                    .extracting(Problem::message)
                    .isEmpty();
        }
    }

    @Test
    void itsMessageIsTheOneThatIsSent() throws IOException {
        assertThat(Files.readString(PAGE))
                .contains("```\n" + Files.readString(Path.of("src/test/resources/golden/notifications/pagerduty.txt"))
                        + "```");
    }
}
