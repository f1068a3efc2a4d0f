package dev.whydunit.running;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whydunit.alert.Alert;
import dev.whydunit.app.StepKindsForTests;
import dev.whydunit.config.Configuration;
import dev.whydunit.config.IncidentSettings;
import dev.whydunit.engine.StepKind;
import dev.whydunit.incident.Catalogue;
import dev.whydunit.incident.Firing;
import dev.whydunit.incident.Incident;
import dev.whydunit.incident.NotServices;
import dev.whydunit.incident.Severity;
import dev.whydunit.incident.Signals;
import dev.whydunit.runbook.KindSignature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which runbook an alert, and which an incident gets. */
class ShelfTest {
    private static final Signals SIGNALS = new Signals(new Catalogue(List.of()), NotServices.USUAL);
    private static final Instant NOW = Instant.parse("2026-01-31T02:00:00Z");

    @TempDir
    private Path folder;

    private Shelf shelf;

    @BeforeEach
    void runbooks() throws IOException {
        runbook("any_error", "'alertname=~\"Err.*\"'", "");
        runbook("errors", "'alertname=\"Errors\"'", "");
        runbook("errors_of_shop", "'alertname=\"Errors\"', 'service=\"shop\"'", "");
        runbook("pattern_of_shop", "'alertname=~\"Errors\"', 'service=~\"shop\"'", "");
        runbook(
                "services_seen",
                "'alertname=\"Seen\"'",
                "inputs:\n  services: {type: list, default: []}\n  service: {type: string, from: alert.labels.service}\n");
        Collection<Path> roots = List.of(folder);
        List<KindSignature> kinds = StepKindsForTests.stepKinds(Configuration.empty(folder)).stream()
                .<KindSignature>map(StepKind::signature)
                .toList();
        shelf = new Shelf(roots, kinds);
        assertThat(shelf.problems()).isEmpty();
    }

    private void runbook(String id, String matchers, String inputs) throws IOException {
        Files.writeString(folder.resolve(id + ".yaml"), """
                runbook: %s
                title: %s
                symptom: odd%s
                triggers:
                  - matchers: [%s]
                %shypotheses:
                  anything: {claim: Anything}
                steps:
                  look: {host_command: {run: [echo, fine]}, findings: {fine: {when: 'stdout == "fine"', supports: {anything: weak}}}}
                """.formatted(
                        id,
                        id,
                        inputs.isEmpty() ? "" : " ${{ inputs.service }} ${{ inputs.services.join(',') }}",
                        matchers,
                        inputs));
    }

    private static Alert alert(Map<String, String> labels, Map<String, String> annotations) {
        return new Alert(
                Alert.Status.FIRING,
                new TreeMap<>(labels),
                new TreeMap<>(annotations),
                NOW,
                Optional.empty(),
                "f",
                "",
                "");
    }

    private String chosen(Map<String, String> labels, Map<String, String> annotations) {
        return shelf.forAlert(alert(labels, annotations))
                .map(book -> book.runbook().id())
                .orElse("none");
    }

    @ParameterizedTest
    @CsvSource({
        "Errors, shop, errors_of_shop",
        "Errors, cart, errors",
        "Err, shop, any_error",
        "Slow, shop, none",
    })
    void theMostSpecificTriggerThatMatchesCounts(String name, String service, String runbook) {
        assertThat(chosen(Map.of("alertname", name, "service", service), Map.of()))
                .isEqualTo(runbook);
    }

    @Test
    void senderWithoutAnnotationsNamesARunbookByALabel() {
        assertThat(chosen(Map.of("alertname", "Slow", "runbook", "errors"), Map.of()))
                .isEqualTo("errors");
        assertThat(chosen(Map.of("alertname", "Slow", "runbook", "errors"), Map.of("runbook", "any_error")))
                .isEqualTo("any_error");
    }

    @ParameterizedTest
    @CsvSource({
        "runbook, errors, errors",
        "runbook_url, https://wiki.example.com/books/errors.yaml?v=2#top, errors",
        "runbook_url, https://wiki.example.com/errors, errors",
        "runbook_url, https://wiki.example.com/runbooks/Errors-Of-Shop/, errors_of_shop",
        "runbook_url, https://github.com/acme/books/blob/main/errors-of-shop.md#steps, errors_of_shop",
        "runbook, https://wiki.example.com/errors.html, errors",
        "runbook_url, https://wiki.example.com/nothing_here, none",
        "runbook, ../../etc/passwd, none",
    })
    void whereNoTriggerMatchesTheAlertsOwnAnnotationCounts(String annotation, String value, String runbook) {
        assertThat(chosen(Map.of("alertname", "Slow"), Map.of(annotation, value)))
                .isEqualTo(runbook);
        assertThat(chosen(Map.of("alertname", "Err"), Map.of(annotation, value)))
                .isEqualTo("any_error");
    }

    private Requested requested(IncidentSettings settings, String origin, Map<String, String> firing, Alert alert) {
        Incident incident = new Incident(
                "inc-1",
                1,
                Incident.Status.OPEN,
                "t",
                Severity.CRITICAL,
                origin,
                Set.copyOf(firing.values()),
                Set.of(),
                Set.of(),
                Firing.of(firing),
                firing.size(),
                NOW,
                NOW,
                Optional.empty(),
                Optional.empty());
        return new RunbookChoice(shelf, settings, SIGNALS).of(incident, alert).orElseThrow();
    }

    @Test
    void theDefaultIsForWhatNothingElseIsMadeFor() {
        Alert slow = alert(Map.of("alertname", "Slow", "service", "shop"), Map.of());
        assertThat(requested(IncidentSettings.DEFAULT, "shop", Map.of("f", "shop"), slow)
                        .runbook())
                .isEqualTo("slow_host");
        IncidentSettings other = new IncidentSettings(
                "errors",
                "triage",
                5,
                Duration.ofMinutes(5),
                Duration.ofMinutes(10),
                Duration.ofHours(1),
                Optional.empty());
        assertThat(requested(other, "shop", Map.of("f", "shop"), slow).runbook())
                .isEqualTo("errors");
    }

    @Test
    void manyServicesGetTheStormsRunbookInsteadOfTheDefault() {
        Alert slow = alert(Map.of("alertname", "Slow", "service", "a"), Map.of());
        Map<String, String> four = Map.of("1", "a", "2", "b", "3", "c", "4", "d");
        Map<String, String> five = Map.of("1", "a", "2", "b", "3", "c", "4", "d", "5", "e");
        assertThat(requested(IncidentSettings.DEFAULT, "a", four, slow).runbook())
                .isEqualTo("slow_host");
        Requested storm = requested(IncidentSettings.DEFAULT, "a", five, slow);
        assertThat(storm.runbook()).isEqualTo("triage");
        assertThat(storm.inputs()).containsEntry("services", "a,b,c,d,e").doesNotContainKey("service");
        Alert seen = alert(Map.of("alertname", "Seen", "service", "a"), Map.of());
        assertThat(requested(IncidentSettings.DEFAULT, "a", five, seen).runbook())
                .isEqualTo("services_seen");
    }

    @Test
    void anOriginThatDoesNotAlertItselfIsLookedAtByTheStormsRunbook() {
        Alert of = alert(Map.of("alertname", "Errors", "service", "shop"), Map.of());
        Requested requested = requested(IncidentSettings.DEFAULT, "shop_db", Map.of("1", "shop", "2", "report"), of);
        assertThat(requested.runbook()).isEqualTo("triage");
        assertThat(requested.origin()).isEqualTo("shop_db");
        assertThat(requested.inputs()).containsEntry("service", "shop_db").containsEntry("services", "report,shop");
        assertThat(shelf.problems(requested)).isEmpty();
    }

    @Test
    void aDefaultThatIsNotThereIsSaid() {
        IncidentSettings wrong = new IncidentSettings(
                "eror",
                "triage",
                5,
                Duration.ofMinutes(5),
                Duration.ofMinutes(10),
                Duration.ofHours(1),
                Optional.empty());
        assertThat(new RunbookChoice(shelf, wrong, SIGNALS).problem().orElseThrow())
                .startsWith("incidents: default_runbook: there is no runbook eror; known are ");
        assertThat(new RunbookChoice(shelf, IncidentSettings.DEFAULT, SIGNALS).problem())
                .isEmpty();
    }
}
