package dev.whydunit.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.whydunit.engine.Event;
import dev.whydunit.engine.Questions;
import dev.whydunit.engine.StepStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What was decided once is decided so again: journals that the program wrote, replayed by today's engine against what was seen then. {@code
 * -Dgolden.update=true} writes them anew, which is right only when decisions are meant to change.
 */
class GoldenJournalsTest {
    private static final String CUT_OFF = """
            runbook: cut_off
            title: An investigation that was cut off
            symptom: the machine is odd
            hypotheses:
              mute: {claim: It cannot speak}
              deaf:
                claim: It cannot hear
                why:
                  asleep: {claim: It sleeps, remedy: Wake it.}
                  gone: {claim: It is gone}
            steps:
              speak: {host_command: {run: [echo, hello]}, findings: {spoke: {when: 'stdout.contains("hello")', says: 'it said ${{ stdout }}', supports: {deaf: strong}, refutes: {mute: moderate}}}}
              listen: {needs: [speak], host_command: {script: 'exit 3'}, findings: {ignored: {when: exit_code == 3, supports: {asleep: moderate}}}}
              wait: {needs: [listen], always: true, host_command: {script: 'echo late; exit 1'}, findings: {late: {when: 'stdout.contains("late")', supports: {asleep: strong}, refutes: {gone: weak}}}}
            """;
    private static final String ASKED = """
            runbook: asked
            title: A person is asked
            symptom: the page does not load
            hypotheses:
              network: {claim: The network between}
              server: {claim: The server, remedy: Restart it.}
            steps:
              from_desk:
                ask: {question: 'Does the page load from your desk?', choices: [yes, no]}
                findings:
                  reachable: {when: 'answer == "yes"', says: 'It loads from ${{ by }}''s desk', refutes: {server: moderate}, supports: {network: moderate}}
                  unreachable: {when: 'answer == "no"', supports: {server: moderate}}
              second_opinion:
                needs: [from_desk]
                ask: {question: 'And from another?'}
                findings:
                  agrees: {when: 'answer.contains("too")', supports: {network: strong}}
            """;

    @BeforeAll
    static void writeAnewWhenAskedTo() throws IOException {
        if (Boolean.getBoolean("golden.update")) {
            GoldenJournal.writeOfCase("concluded", "web_slowdown", "recorded_lock_wait");
            GoldenJournal.writeOfCase("concluded_on_a_host", "slow_host", "swapping");
            GoldenJournal.writeOfCase("narrowed", "slow_host", "direct_reclaim");
            GoldenJournal.writeOfCase("inconclusive", "network_path", "nothing_seen");
            GoldenJournal.writeOfCase("symptom_absent", "web_slowdown", "not_slow");
            GoldenJournal.writeOfCase("failed_steps", "web_slowdown", "slow_in_the_metrics_only");
            GoldenJournal.writeOfCase("denied_steps", "network_path", "not_permitted");
            GoldenJournal.writeOfRun("resumed", CUT_OFF, 9, Questions.nobody());
            GoldenJournal.writeOfRun(
                    "answered",
                    ASKED,
                    Integer.MAX_VALUE,
                    (step, question, choices, patience) ->
                            Optional.of(new Questions.Answer(choices.isEmpty() ? "slow too" : "yes", "ann")));
        }
    }

    static List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(GoldenJournal.FOLDER)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(file -> file.endsWith(".jsonl.gz"))
                    .map(file -> file.substring(0, file.length() - ".jsonl.gz".length()))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void whatWasDecidedIsDecidedAgain(String name) throws IOException {
        GoldenJournal.Compared compared = GoldenJournal.replay(name);
        Replayed then = compared.then();
        Replayed now = compared.now();

        assertThat(now.run().stream().distinct())
                .as("steps, in order")
                .containsExactlyElementsOf(then.run().stream().distinct().toList());
        assertThat(outcomes(now)).as("findings").isEqualTo(outcomes(then));
        assertThat(now.findings().keySet()).isEqualTo(then.findings().keySet());
        then.findings().forEach((id, read) -> close(id, now.findings().get(id).moved(), read.moved()));
        close("belief", now.belief(), then.belief());
        assertThat(now.verdict().status()).isEqualTo(then.verdict().status());
        assertThat(now.verdict().path()).isEqualTo(then.verdict().path());
        assertThat(now.verdict().restsOn()).isEqualTo(then.verdict().restsOn());
        assertThat(now.verdict().alsoFound()).isEqualTo(then.verdict().alsoFound());
        assertThat(now.verdict().probability()).isCloseTo(then.verdict().probability(), within(1e-12));
    }

    private static Map<String, String> outcomes(Replayed replayed) {
        return replayed.findings().entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().outcome()));
    }

    private static void close(String what, Map<String, Double> now, Map<String, Double> then) {
        assertThat(now.keySet()).as(what).isEqualTo(then.keySet());
        then.forEach((cause, number) ->
                assertThat(now.get(cause)).as(what + ": " + cause).isCloseTo(number, within(1e-12)));
    }

    @Test
    void everyWayInWhichAnInvestigationCanGoIsAmongThem() throws IOException {
        Set<String> verdicts = new TreeSet<>();
        Set<StepStatus> statuses = new TreeSet<>();
        boolean resumed = false;
        for (String name : names()) {
            GoldenJournal.Compared compared = GoldenJournal.replay(name);
            verdicts.add(compared.then().verdict().status());
            for (Event event : compared.events()) {
                resumed |= event instanceof Event.Resumed;
                if (event instanceof Event.StepEnded ended) {
                    statuses.add(ended.status());
                }
            }
            assertThat(Files.size(GoldenJournal.FOLDER.resolve(name + ".jsonl.gz")))
                    .as(name)
                    .isLessThan(100_000);
        }
        assertThat(verdicts).containsExactly("concluded", "inconclusive", "narrowed", "symptom_absent");
        assertThat(statuses).contains(StepStatus.ENDED, StepStatus.FAILED, StepStatus.DENIED);
        assertThat(resumed).isTrue();
        assertThat(names()).contains("answered");
    }
}
