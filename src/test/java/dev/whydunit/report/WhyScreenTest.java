package dev.whydunit.report;

import static dev.whydunit.report.WorkedInvestigation.ID;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.whydunit.engine.Event;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What is printed is worked out again from what is printed. */
class WhyScreenTest {
    private static final Pattern TERM =
            Pattern.compile("^ +(?:ln prior [0-9.]+|[^ ] \\S+) +([+-][0-9.]+)(?: +\\S+)?$", Pattern.MULTILINE);
    private static final Pattern SUM = Pattern.compile("^  sum +([+-][0-9.]+)$", Pattern.MULTILINE);
    private static final Pattern ROW =
            Pattern.compile("^  (\\S+) +([+-][0-9.]+) +([0-9.e-]+) +(\\S+)$", Pattern.MULTILINE);
    private static final Pattern RESULT =
            Pattern.compile("^  ([0-9.e-]+) / ([0-9.e-]+) = ([0-9.]+), (.+)$", Pattern.MULTILINE);

    private static String why(List<Event> events, String path) {
        return WhyScreen.text(ID, events, path, new TextStyle(100, false, false));
    }

    private static MatchResult one(Pattern pattern, String text) {
        return pattern.matcher(text).results().reduce((a, b) -> b).orElseThrow(() -> new AssertionError(text));
    }

    private static double number(MatchResult match, int group) {
        return Double.parseDouble(match.group(group));
    }

    /** The table of belief's documentation. */
    @ParameterizedTest
    @CsvSource({
        "database.slow_query, 0.9859",
        "overload, 0.0018",
        "database.lock_wait, 0.0005",
        "database.pool_exhausted, 0.0025",
        "network, 0.0009",
        "other, 0.0072"
    })
    void thePrintedNumbersGiveTheProbability(String path, double documented) {
        String text = why(WorkedInvestigation.concluded(), path);

        double terms = TERM.matcher(text)
                .results()
                .mapToDouble(term -> number(term, 1))
                .sum();
        double sum = number(one(SUM, text), 1);
        assertThat(terms).isCloseTo(sum, within(1e-9));

        Map<String, Double> sums = new LinkedHashMap<>();
        ROW.matcher(text).results().forEach(row -> {
            sums.put(row.group(1), number(row, 2));
            assertThat(number(row, 3)).isCloseTo(Math.exp(number(row, 2)), within(5e-3 * number(row, 3)));
        });
        assertThat(sums).hasSize(7).containsEntry(path, sum);
        double total = sums.values().stream().mapToDouble(Math::exp).sum();

        MatchResult result = one(RESULT, text);
        assertThat(Math.exp(sum) / total).isCloseTo(documented, within(0.0001));
        assertThat(number(result, 1) / number(result, 2)).isCloseTo(documented, within(0.0001));
        assertThat(number(result, 3)).isCloseTo(documented, within(0.0001));
        assertThat(result.group(4))
                .isEqualTo(PlainText.percent(SummaryFold.of(ID, WorkedInvestigation.concluded())
                        .belief()
                        .get(path)));
        assertThat(text).doesNotContain("The journal says");
    }

    @Test
    void aBranchIsThePrintedSumOfItsLeaves() {
        String text = why(WorkedInvestigation.concluded(), "database");

        List<Double> numbers = Pattern.compile("^  \\S+ +([0-9.]+)$", Pattern.MULTILINE)
                .matcher(text)
                .results()
                .map(row -> number(row, 1))
                .toList();
        double leaves = numbers.subList(0, numbers.size() - 1).stream()
                .mapToDouble(Double::doubleValue)
                .sum();
        assertThat(numbers).hasSize(5);
        assertThat(leaves).isCloseTo(numbers.getLast(), within(1e-9));
        assertThat(numbers.getLast()).isCloseTo(0.9902, within(0.0001));
    }

    @Test
    void theWeakerFindingOfAGroupIsShownAndNotCounted() {
        assertThat(why(WorkedInvestigation.concluded(), "database.slow_query"))
                .contains("+ slower ")
                .contains("(+1.6094)")
                .contains("not counted: the strongest of a group counts once");
    }

    @Test
    void aPersonsWordIsATermOfTheSum() {
        assertThat(why(WorkedInvestigation.withPeople(), "database.lock_wait"))
                .contains("group person database.lock_wait")
                .contains("-6.9078")
                .contains("kim ruled it out: nobody holds a lock")
                .doesNotContain("The journal says");
    }

    @Test
    void aJournalWithoutGroupsIsReadWithAWordOfWarning() {
        assertThat(why(WorkedInvestigation.ofAnOlderVersion(), "database.slow_query"))
                .contains("does not say which findings share a group")
                .contains("= 0.9859, 98.6 %");
    }

    @Test
    void beliefThatTheFindingsDoNotGiveIsSaid() {
        List<Event> events = new java.util.ArrayList<>(WorkedInvestigation.concluded());
        events.removeIf(
                event -> event instanceof Event.FindingRead read && read.step().equals("plan"));

        assertThat(why(events, "database.slow_query")).contains("The journal says 0.9859: it was moved by something");
    }

    @Test
    void greatSumsAreTakenRelativeToTheGreatest() {
        List<Event> events = new java.util.ArrayList<>(WorkedInvestigation.begun());
        for (int i = 0; i < 200; i++) {
            events.add(
                    new Event.RuledOut(events.getFirst().at(), "kim", "h" + i, "", Map.of("overload", Math.log(1000))));
        }

        assertThat(why(events, "overload")).contains("sums less").contains("= >0.9999");
    }

    @Test
    void theJsonHasTheSameTerms() {
        JsonNode json = JsonMapper.shared()
                .readTree(WhyScreen.json(ID, WorkedInvestigation.concluded(), "database.slow_query"));

        double sum = json.path("lnPrior").asDouble();
        for (JsonNode group : json.path("groups")) {
            for (JsonNode finding : group.path("findings")) {
                sum += finding.path("counts").asBoolean() ? finding.path("nats").asDouble() : 0;
            }
        }
        assertThat(json.path("schemaVersion").asInt()).isEqualTo(1);
        assertThat(sum).isCloseTo(json.path("sum").asDouble(), within(1e-9));
        assertThat(json.path("probability").asDouble()).isEqualTo(0.9859);
    }

    @Test
    void aHypothesisIsFoundByItsIdOrPath() {
        Summary summary = SummaryFold.of(ID, WorkedInvestigation.begun());

        assertThat(HypothesisName.path(summary, "slow_query")).contains("database.slow_query");
        assertThat(HypothesisName.path(summary, "database.slow_query")).contains("database.slow_query");
        assertThat(HypothesisName.path(summary, "other")).contains("other");
        assertThat(HypothesisName.path(summary, "slow_qerry")).isEmpty();
        assertThat(HypothesisName.unknown(summary, "slow_qerry")).contains("did you mean 'slow_query'?");
    }
}
