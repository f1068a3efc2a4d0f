package dev.whydunit.step;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whydunit.config.Configuration;
import dev.whydunit.notification.Notifications;
import dev.whydunit.outbound.AddressPolicy;
import dev.whydunit.runbook.ParsedRunbook;
import dev.whydunit.runbook.RunbookParser;
import dev.whydunit.step.changequery.ChangeQueryKind;
import dev.whydunit.step.hostcommand.HostCommandKind;
import dev.whydunit.step.httpcheck.HttpCheckKind;
import dev.whydunit.step.notify.NotifyKind;
import dev.whydunit.step.remedy.RemedyKind;
import dev.whydunit.step.sqlquery.SqlQueryKind;
import dev.whydunit.yaml.ProblemRenderer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The examples of the documentation are runbooks'. */
class DocumentedStepsTest {
    private static final String AROUND = """
            runbook: documented
            title: The example of a page
            version: 1.0.0
            inputs:
              folder: {type: string, default: /var}
              host: {type: string, default: shop.example.com}
              database: {type: string, default: shop}
            hypotheses:
              overload: {claim: No CPU left}
              disk: {claim: A disk is full}
              dependency: {claim: A dependency fails}
              lock_wait: {claim: Sessions wait for a lock}
              new_release: {claim: The latest release}
            """;

    @ParameterizedTest
    @ValueSource(strings = {"host_command", "http_check", "sql_query", "change_query", "notify", "remedy"})
    void theExampleIsWithoutProblems(String page) throws IOException {
        String text = Files.readString(Path.of("docs/steps/" + page + ".md"));
        int start = text.indexOf("```yaml\n") + "```yaml\n".length();
        String example = text.substring(start, text.indexOf("```", start));

        ParsedRunbook parsed = new RunbookParser(List.of(
                        new HostCommandKind().signature(),
                        new HttpCheckKind(AddressPolicy.DEFAULT).signature(),
                        new SqlQueryKind().signature(),
                        new ChangeQueryKind().signature(),
                        new NotifyKind(
                                        Notifications.NONE,
                                        Configuration.empty(Path.of("")).environment())
                                .signature(),
                        new RemedyKind().signature()))
                .parse(page + ".yaml", AROUND + example);

        assertThat(parsed.problems().stream().map(ProblemRenderer::line)).isEmpty();
    }
}
