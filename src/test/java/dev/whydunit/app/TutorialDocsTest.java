package dev.whydunit.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whydunit.app.Program.Ran;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** docs/tutorial-runbook.md, done as it says: files are saved, commands are run, in its order; what it shows is printed. */
class TutorialDocsTest {
    private static final Pattern BLOCK = Pattern.compile("```(yaml|sh|text)\n(.*?)```", Pattern.DOTALL);
    private static final Pattern WORD = Pattern.compile("'([^']*)'|(\\S+)");

    @TempDir
    Path folder;

    @Test
    void theTutorialWorksAsItIsWritten() throws IOException {
        Program program = new Program(folder);
        Matcher block = BLOCK.matcher(Files.readString(Path.of("docs/tutorial-runbook.md")));
        String last = "";
        int commands = 0;
        while (block.find()) {
            String text = block.group(2);
            switch (block.group(1)) {
                case "yaml" -> save(text);
                case "text" -> assertThat(last).contains(text.strip());
                default -> {
                    for (String line : text.lines().toList()) {
                        Ran ran = program.run(words(line));
                        assertThat(ran.exit())
                                .as(line + "\n" + ran.out() + ran.err())
                                .isZero();
                        last = ran.out();
                        commands++;
                    }
                }
            }
        }

        assertThat(commands).isEqualTo(12);
        assertThat(folder.resolve("disk_full.svg")).content().contains("few_inodes");
        assertThat(folder.resolve("disk_full.cases/today.yaml")).exists();
    }

    private void save(String text) throws IOException {
        assertThat(text).startsWith("# disk_full.");
        Path file = folder.resolve(text.substring(2, text.indexOf('\n')));
        assertThat(file.getParent()).isDirectory();
        Files.writeString(file, text);
    }

    private static String[] words(String line) {
        assertThat(line).startsWith("./whydunit ");
        List<String> words = new ArrayList<>();
        Matcher word = WORD.matcher(line.substring("./whydunit ".length()));
        while (word.find()) {
            words.add(word.group(1) == null ? word.group(2) : word.group(1));
        }
        return words.toArray(String[]::new);
    }
}
