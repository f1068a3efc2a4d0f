package dev.whydunit.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whydunit.authoring.rules.Profile;
import dev.whydunit.authoring.rules.Remark;
import dev.whydunit.authoring.rules.Rule;
import dev.whydunit.authoring.rules.RuleBook;
import dev.whydunit.authoring.rules.RuleText;
import dev.whydunit.authoring.rules.Rules;
import dev.whydunit.authoring.rules.Surroundings;
import dev.whydunit.config.AccessList;
import dev.whydunit.config.Configuration;
import dev.whydunit.config.NamePattern;
import dev.whydunit.engine.StepKind;
import dev.whydunit.runbook.ParsedRunbook;
import dev.whydunit.runbook.RunbookParser;
import dev.whydunit.yaml.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RulesTest {
    private static final RunbookParser PARSER =
            new RunbookParser(Registry.stepKinds(Configuration.empty(Path.of("."))).stream()
                    .map(StepKind::signature)
                    .toList());
    private static final Surroundings SURROUNDINGS = new Surroundings(
            new AccessList(List.of(), List.of(new NamePattern("dmesg", "policy.commands.deny"))),
            Set.of("web1", "web2"));

    private static final String HYPOTHESES = """
            hypotheses:
              overload: {claim: The host has no CPU left, remedy: Add a replica.}
              network: {claim: Packets are lost, remedy: Look at the switch.}
            """;
    private static final String STEPS = """
              load:
                host_command: {run: [cat, /proc/loadavg], parse: 'regex:^(?P<load1>\\S+)'}
                findings: {high: {when: double(fields.load1) > 8.0, says: It is high, supports: {overload: strong}}}
              pressure:
                host_command: {run: [cat, /proc/pressure/cpu], parse: 'regex:avg10=(?P<avg10>\\S+)'}
                findings: {stalled: {when: double(fields.avg10) > 40.0, says: It waits, supports: {overload: strong}}}
              wire:
                packet_capture: {filter: tcp, duration: 5s}
                findings: {loss: {when: tcp.retransmission_ratio > 0.02, says: It is lost, supports: {network: strong}}}
              kernel:
                log_query: {query: 'message:retransmit'}
                findings: {many: {when: count > 5, says: Many, supports: {network: strong}}}
            """.indent(2).replaceAll("(?m)^    ", "  ");

    static String complete(String example) {
        StringBuilder text = new StringBuilder();
        if (!has(example, "runbook")) {
            text.append("runbook: example\ntitle: An example\n");
            for (String key : List.of("owner", "version")) {
                text.append(has(example, key) ? "" : key + ": '1'\n");
            }
        }
        boolean own = has(example, "hypotheses");
        text.append(own ? "" : HYPOTHESES).append(example);
        if (!own || !has(example, "steps")) {
            text.append(has(example, "steps") ? "" : "steps:\n").append(STEPS);
        }
        return text.toString();
    }

    private static boolean has(String example, String key) {
        return Pattern.compile("(?m)^" + key + ":").matcher(example).find();
    }

    private static List<Problem> lint(String text) {
        ParsedRunbook parsed = PARSER.parse("example.yaml", text);
        List<Problem> problems = new ArrayList<>(parsed.problems());
        Rules.look(text, parsed, Profile.PRODUCTION, SURROUNDINGS).stream()
                .map(Remark::problem)
                .forEach(problems::add);
        return problems;
    }

    static Stream<Rule> withExamples() {
        return RuleBook.all().stream().filter(rule -> !rule.bad().isEmpty());
    }

    @ParameterizedTest
    @MethodSource("withExamples")
    void theBadExampleBreaksItsRuleAndNoOther(Rule rule) {
        assertThat(lint(complete(rule.bad())))
                .as(complete(rule.bad()))
                .extracting(Problem::code)
                .isNotEmpty()
                .containsOnly(rule.code());
    }

    @ParameterizedTest
    @MethodSource("withExamples")
    void theGoodExampleIsClean(Rule rule) {
        assertThat(lint(complete(rule.good()))).as(complete(rule.good())).isEmpty();
    }

    @Test
    void everyWarningHasAnExample() {
        assertThat(RuleBook.all().stream().filter(rule -> rule.code().startsWith("W")))
                .isNotEmpty()
                .allMatch(rule -> !rule.bad().isEmpty() && !rule.good().isEmpty());
    }

    @Test
    void everyRuleHasASummaryThatFitsOnALineAndAReason() {
        assertThat(RuleBook.all()).allSatisfy(rule -> {
            assertThat(rule.summary()).isNotBlank().hasSizeLessThan(100).doesNotEndWith(".");
            assertThat(rule.explanation()).as(rule.code()).isNotBlank();
            assertThat(RuleText.full(rule)).contains(rule.code());
        });
    }

    @Test
    void theBookHasEveryErrorOfThePageAndEveryWarningOfTheRules() throws IOException {
        TreeSet<String> codes = new TreeSet<>();
        Pattern.compile("(?m)^\\| ([EW][0-9]{3}) \\|")
                .matcher(Files.readString(Path.of("docs/errors.md")) + Files.readString(Path.of("docs/lint.md")))
                .results()
                .forEach(match -> codes.add(match.group(1)));
        assertThat(RuleBook.all()).extracting(Rule::code).containsExactlyInAnyOrderElementsOf(codes);
    }

    @Test
    void thePageOfRulesIsThatOfTheBook() throws IOException {
        Path page = Path.of("docs/lint.md");
        String text = Files.readString(page);
        String table = RuleText.table(RuleBook.all());
        if (Boolean.getBoolean("golden.update")) {
            int from = text.indexOf("| code | from |");
            int to = text.indexOf("\n\n", from);
            text = text.substring(0, from) + table.strip() + text.substring(to);
            Files.writeString(page, text);
        }
        assertThat(text).contains(table.strip());
    }

    @Test
    void theMessagesReadWell() throws IOException {
        Path golden = Path.of("src/test/resources/dev/whydunit/authoring/messages.txt");
        StringBuilder text = new StringBuilder();
        withExamples().filter(rule -> rule.code().startsWith("W")).forEach(rule -> {
            String example = complete(rule.bad());
            lint(example)
                    .forEach(problem -> text.append(dev.whydunit.yaml.ProblemRenderer.lineAndExcerpt(problem, example))
                            .append('\n'));
        });
        if (Boolean.getBoolean("golden.update")) {
            Files.createDirectories(golden.getParent());
            Files.writeString(golden, text);
        }
        assertThat(text.toString()).isEqualTo(Files.readString(golden));
    }
}
