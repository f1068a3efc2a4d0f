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

/** The tutorial of docs/testing-runbooks.md, done as it says: files are saved, commands are run, in its order. */
class TestingRunbooksDocsTest {
    private static final Pattern BLOCK = Pattern.compile("```(yaml|sh)\n(.*?)```", Pattern.DOTALL);

    @TempDir
    Path folder;

    @Test
    void theTutorialWorksAsItIsWritten() throws IOException {
        Program program = new Program(folder);
        Matcher block = BLOCK.matcher(Files.readString(Path.of("docs/testing-runbooks.md")));
        List<Ran> ran = new ArrayList<>();
        while (block.find()) {
            String text = block.group(2);
            if (block.group(1).equals("yaml")) {
                assertThat(text).startsWith("# ");
                Path file = folder.resolve(text.substring(2, text.indexOf('\n')));
                Files.createDirectories(file.getParent());
                Files.writeString(file, text);
            } else {
                for (String line : text.lines().toList()) {
                    Ran one = program.run(line.replace("./whydunit ", "").split(" "));
                    assertThat(one.exit())
                            .as(line + "\n" + one.out() + one.err())
                            .isZero();
                    ran.add(one);
                }
            }
        }

        assertThat(ran).hasSize(6);
        assertThat(ran.get(1).out())
                .contains("hypotheses never concluded: no_inodes")
                .contains("98 changed to 49");
        assertThat(ran.get(5).out()).contains("The verdict is the same.");
    }
}
