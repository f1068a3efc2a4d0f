package dev.whydunit.incident;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.whydunit.alert.Alert;
import dev.whydunit.alert.Notification;
import dev.whydunit.store.Database;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Alerts and incidents in the embedded database: what is stored, what is listed and what is looked at. */
class IncidentStoreTest {
    private static final Instant NOW = Instant.parse("2026-01-31T02:00:00Z");

    @TempDir
    private Path folder;

    private final List<String> looked = new ArrayList<>();
    private Database database;
    private IncidentStore incidents;
    private IncidentActs acts;
    private int sent;

    @BeforeEach
    void open() throws Exception {
        database = Database.embedded(folder.resolve("journal.db"));
        incidents = store();
        acts = new IncidentActs(incidents);
    }

    private IncidentStore store() {
        return new IncidentStore(
                database,
                new Grouping(new Signals(new Catalogue(List.of()), NotServices.USUAL), GroupingRules.DEFAULT),
                GroupingRules.DEFAULT,
                (connection, incidents, now) -> {
                    incidents.forEach(incident -> looked.add(incident.id()));
                    return Set.of();
                });
    }

    @AfterEach
    void close() throws Exception {
        database.close();
    }

    private static Notification.Item item(String event, String service, String name, boolean firing) {
        return new Notification.Item(
                event,
                new Alert(
                        firing ? Alert.Status.FIRING : Alert.Status.RESOLVED,
                        new TreeMap<>(Map.of("alertname", name, "service", service, "severity", "critical")),
                        new TreeMap<>(),
                        NOW,
                        Optional.empty(),
                        name + service,
                        "",
                        ""));
    }

    private Accepted take(String service, String name, boolean firing, Instant at) {
        Notification one = new Notification(List.of(item("e" + sent++, service, name, firing)), List.of());
        return incidents.accept("am", one, at).join();
    }

    private List<String> timeline(String incident) throws Exception {
        return incidents.timeline(incident).stream().map(TimelineEntry::type).toList();
    }

    @Test
    void aDeliveryOfManyAlertsIsStoredAndKnownAgain() throws Exception {
        List<Notification.Item> items = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            items.add(item("many" + i, "shop", "A" + i, true));
        }
        Notification many = new Notification(items, List.of());
        assertThat(incidents.accept("am", many, NOW).join().accepted()).isEqualTo(1_000);
        assertThat(incidents.accept("am", many, NOW).join().accepted()).isZero();
        Incident stored = incidents.incident("inc-1").orElseThrow();
        assertThat(stored.alerts()).isEqualTo(1_000);
        assertThat(stored.firing().size()).isEqualTo(1_000);
        assertThat(incidents.alertsOf("inc-1", 5_000)).hasSize(1_000);
        assertThat(timeline("inc-1")).hasSize(1_000);
    }

    @Test
    void deliveriesThatComeAtOnceAreStoredAsIfTheyHadComeOneAfterTheOther() throws Exception {
        List<CompletableFuture<Accepted>> accepted = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            // Each alert twice, of seven services, and the first hundred resolved in the end.
            Notification one = new Notification(
                    List.of(item("e" + i / 2 + "firing", "svc" + i / 2 % 7, "A" + i / 2, true)), List.of());
            accepted.add(incidents.accept("am", one, NOW));
        }
        for (int i = 0; i < 100; i++) {
            Notification over =
                    new Notification(List.of(item("e" + i + "resolved", "svc" + i % 7, "A" + i, false)), List.of());
            accepted.add(incidents.accept("am", over, NOW));
        }
        assertThat(accepted.stream().mapToInt(each -> each.join().accepted()).sum())
                .isEqualTo(250);
        assertThat(accepted.stream()
                        .limit(300)
                        .map(each -> each.join().incident().orElseThrow()))
                .containsAll(List.of("inc-1", "inc-2", "inc-3", "inc-4", "inc-5", "inc-6", "inc-7"))
                .hasSize(300);
        assertThat(incidents.incidents(10)).hasSize(7);
        int firing = 0;
        int listed = 0;
        for (Incident incident : incidents.incidents(10)) {
            firing += incident.firing().size();
            listed += timeline(incident.id()).size();
            assertThat(incidents.firingOf(incident))
                    .extracting(alert -> alert.alert().fingerprint())
                    .containsExactlyInAnyOrderElementsOf(incident.firing().fingerprints());
        }
        assertThat(firing).isEqualTo(50);
        assertThat(listed).isEqualTo(250);
        assertThat(new HashSet<>(looked)).hasSize(7);
    }

    @Test
    void anAlertThatConnectsTwoIncidentsThatBeganAtTheSameMomentMakesThemOne() throws Exception {
        Service front = new Service("front", 1, "", Set.of(), Set.of("middle"));
        Service middle = new Service("middle", 1, "", Set.of(), Set.of("deep"));
        Service deep = new Service("deep", 1, "", Set.of(), Set.of());
        IncidentStore connected = new IncidentStore(
                database,
                new Grouping(
                        new Signals(new Catalogue(List.of(front, middle, deep)), NotServices.USUAL),
                        new GroupingRules(Duration.ofMinutes(5), 1, Duration.ofMinutes(10), Duration.ofHours(1), 100)),
                GroupingRules.DEFAULT,
                (connection, incidents, now) -> Set.of());
        Notification storm = new Notification(
                List.of(
                        item("a", "front", "Slow", true),
                        item("b", "deep", "Slow", true),
                        item("c", "middle", "Slow", true)),
                List.of());
        Accepted accepted = connected.accept("am", storm, NOW).join();
        assertThat(accepted.accepted()).isEqualTo(3);
        assertThat(connected.incidents(10)).extracting(Incident::id).containsExactly("inc-1");
        assertThat(connected.alertsOf("inc-1", 10)).hasSize(3);
        assertThat(connected.timeline("inc-1"))
                .extracting(TimelineEntry::type)
                .containsExactly("opened", "alert", "merged");
        assertThat(connected.timeline("inc-2")).extracting(TimelineEntry::type).containsExactly("opened", "merged");
        assertThat(connected.accept("am", storm, NOW).join().incident()).contains("inc-1");
    }

    @Test
    void anAlertThatFlapsIsSaidSoOnceAndLookedAtNoMore() throws Exception {
        for (int i = 0; i < 10; i++) {
            take("shop", "Slow", true, NOW.plusSeconds(20L * i));
            take("shop", "Slow", false, NOW.plusSeconds(20L * i + 10));
        }
        assertThat(incidents.incidents(10)).hasSize(1);
        assertThat(timeline("inc-1")).containsExactly("opened", "resolved", "alert", "resolved", "flapping");
        assertThat(looked).hasSize(2);
        assertThat(incidents.alertsOf("inc-1", 100)).hasSize(20);
        // Another alert is news as ever.
        take("shop", "Errors", true, NOW.plusSeconds(300));
        assertThat(timeline("inc-1")).endsWith("flapping", "alert");
        assertThat(looked).hasSize(3);
    }

    @Test
    void anAlertThatCameBackAfterAWhileDoesNotFlap() throws Exception {
        for (int i = 0; i < 4; i++) {
            take("shop", "Slow", true, NOW.plus(Duration.ofMinutes(6L * i)));
            take("shop", "Slow", false, NOW.plus(Duration.ofMinutes(6L * i + 1)));
        }
        assertThat(timeline("inc-1")).doesNotContain("flapping").hasSize(8);
    }

    @Test
    void whatPeopleDoIsInTheTimeline() throws Exception {
        take("shop", "Slow", true, NOW);
        acts.assign("inc-1", "ann", "team-shop", NOW).join();
        acts.severity("inc-1", "ann", "Warning", NOW).join();
        acts.note("inc-1", "ann", " a switch was replaced ", NOW).join();
        assertThat(incidents.incident("inc-1").orElseThrow().severity()).isEqualTo(Severity.WARNING);
        assertThat(incidents.assigned(List.of("inc-1"))).containsEntry("inc-1", "team-shop");
        assertThat(incidents.timeline("inc-1"))
                .extracting(TimelineEntry::text)
                .containsExactly(
                        "opened by Slow (shop)",
                        "team-shop",
                        "ann assigned it to team-shop",
                        "ann made it warning; it was critical",
                        "ann: a switch was replaced");
        assertThat(acts.note("inc-7", "ann", "x", NOW).join()).isEmpty();
        assertThatThrownBy(() -> acts.note("inc-1", "ann", " ", NOW)).isInstanceOf(IncidentActs.Refused.class);
        assertThatThrownBy(() -> acts.severity("inc-1", "ann", "awful", NOW)).hasMessageContaining("critical");
    }

    @Test
    void anIncidentThatAPersonResolvedClosesAlthoughItsAlertsStillFire() throws Exception {
        take("shop", "Slow", true, NOW);
        take("shop", "Errors", true, NOW);
        acts.resolve("inc-1", "ann", "mended", NOW).join();
        take("shop", "Slow", false, NOW.plusSeconds(5));
        Incident resolved = incidents.incident("inc-1").orElseThrow();
        assertThat(resolved.status()).isEqualTo(Incident.Status.RESOLVED);
        assertThat(resolved.resolvedAt()).contains(NOW);
        assertThat(incidents.closeQuiet(NOW.plus(GroupingRules.DEFAULT.quiet())).join())
                .containsExactly("inc-1");
        take("shop", "Worse", true, NOW.plus(Duration.ofMinutes(20)));
        assertThat(incidents.incident("inc-1").orElseThrow().status()).isEqualTo(Incident.Status.OPEN);
        assertThat(timeline("inc-1")).contains("closed", "reopened");
    }

    @Test
    void anotherProcessSeesWhatAPersonDid() throws Exception {
        take("shop", "Slow", true, NOW);
        IncidentStore other = store();
        new IncidentActs(other).resolve("inc-1", "ann", "", NOW).join();
        take("shop", "Slow", false, NOW.plusSeconds(5));
        assertThat(incidents.incident("inc-1").orElseThrow().status()).isEqualTo(Incident.Status.RESOLVED);
    }

    @Test
    void anIncidentIsFoundByItsNumberToo() throws Exception {
        take("shop", "Slow", true, NOW);
        take("mail", "Slow", true, NOW);
        assertThat(incidents.matching("2")).extracting(Incident::id).containsExactly("inc-2");
        assertThat(incidents.matching("inc-1")).extracting(Incident::id).containsExactly("inc-1");
        assertThat(incidents.matching("inc")).hasSize(2);
        assertThat(incidents.matching("9")).isEmpty();
    }

    @Test
    void whatIsSentAgainWithoutATimeOrIdIsKnownWhileNothingChanged() throws Exception {
        Notification begins = new Notification(List.of(untold("begins", true)), List.of());
        Notification ends = new Notification(List.of(untold("ends", false)), List.of());
        assertThat(incidents.accept("open", begins, NOW).join().accepted()).isEqualTo(1);
        assertThat(incidents.accept("open", begins, NOW).join().accepted()).isZero();
        assertThat(incidents.accept("open", ends, NOW).join().accepted()).isEqualTo(1);
        assertThat(incidents.accept("open", ends, NOW).join().accepted()).isZero();
        // The same words again, and this time they are news.
        assertThat(incidents.accept("open", begins, NOW).join().accepted()).isEqualTo(1);
        assertThat(incidents.incident("inc-1").orElseThrow().status()).isEqualTo(Incident.Status.OPEN);
        assertThat(incidents.accept("open", begins, NOW).join().accepted()).isZero();
        assertThat(incidents.alertsOf("inc-1", 100)).hasSize(3);
    }

    @Test
    void onceItsIncidentIsOverTheSameWordsAreNews() throws Exception {
        Notification begins = new Notification(List.of(untold("begins", true)), List.of());
        incidents.accept("open", begins, NOW).join();
        acts.resolve("inc-1", "ann", "", NOW).join();
        Instant later = NOW.plus(Duration.ofDays(1));
        assertThat(incidents.closeQuiet(later).join()).containsExactly("inc-1");
        assertThat(incidents.accept("open", begins, later).join().incident()).contains("inc-2");
    }

    private static Notification.Item untold(String event, boolean firing) {
        Notification.Item item = item(event, "shop", "Slow", firing);
        return new Notification.Item(item.event(), item.alert(), false);
    }

    @Test
    void whatNoDatabaseTakesIsReplaced() throws Exception {
        take("sh\0op", "Slow \ud800!", true, NOW);
        Incident stored = incidents.incident("inc-1").orElseThrow();
        assertThat(stored.title()).isEqualTo("Slow \ufffd! (sh\ufffdop)");
        assertThat(stored.services()).containsExactly("sh\ufffdop");
        take("shop", "Slow \ud83d\ude00", true, NOW);
        assertThat(incidents.incident("inc-2").orElseThrow().title()).contains("\ud83d\ude00");
    }
}
