package dev.whydunit.runbook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whydunit.yaml.ProblemRenderer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class RunbookParserTest {
    static final RunbookParser PARSER = new RunbookParser(Kinds.all());

    static String resource(String name) {
        try (InputStream in = RunbookParserTest.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Runbook good(String text) {
        ParsedRunbook parsed = PARSER.parse("test.yaml", text);
        assertThat(parsed.problems().stream().map(ProblemRenderer::line)).isEmpty();
        return parsed.runbook().orElseThrow();
    }

    @Test
    void theExampleOfTheLanguagePageIsWithoutProblems() {
        Runbook runbook = good(resource("web_slowdown.yaml"));
        assertThat(runbook.steps().keySet())
                .containsExactly("latency", "host_load", "sessions", "slow_statements", "wire", "released");
        assertThat(runbook.steps().get("released").needs()).containsExactly("latency");
        assertThat(runbook.steps().get("slow_statements").needs()).containsExactly("sessions");
        assertThat(runbook.steps().get("host_load").hosts()).isPresent();
    }

    @Test
    void everyMistakeOfAFileIsNamedWithWhatToDo() {
        String text = resource("mistakes.yaml");
        ParsedRunbook parsed = PARSER.parse("mistakes.yaml", text);
        StringBuilder shown = new StringBuilder();
        parsed.problems()
                .forEach(problem ->
                        shown.append(ProblemRenderer.full(problem, text)).append('\n'));
        assertThat(parsed.runbook()).isEmpty();
        Golden.check("mistakes.txt", shown.toString());
    }
}
