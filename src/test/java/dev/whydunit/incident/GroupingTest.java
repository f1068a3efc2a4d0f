package dev.whydunit.incident;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whydunit.alert.Alert;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GroupingTest {
    private static final Instant NOW = Instant.parse("2026-01-31T02:00:00Z");
    private static final Catalogue SHOP = catalogue("shop: cart shop_db", "cart: cart_db", "mail:", "report: shop_db");

    private final Map<String, Incident> incidents = new LinkedHashMap<>();
    private Grouping grouping = new Grouping(usual(SHOP), GroupingRules.DEFAULT);

    private static Catalogue catalogue(String... lines) {
        List<Service> services = new ArrayList<>();
        for (String line : lines) {
            String[] parts = line.split(":\\s*", 2);
            services.add(new Service(
                    parts[0],
                    1,
                    "",
                    Set.of("host-" + parts[0]),
                    parts[1].isBlank() ? Set.of() : new TreeSet<>(List.of(parts[1].split(" ")))));
        }
        return new Catalogue(services);
    }

    private static Signals usual(Catalogue catalogue) {
        return new Signals(catalogue, NotServices.USUAL);
    }

    private static Alert alert(String fingerprint, boolean firing, String... labels) {
        Map<String, String> map = new TreeMap<>();
        for (int i = 0; i < labels.length; i += 2) {
            map.put(labels[i], labels[i + 1]);
        }
        return new Alert(
                firing ? Alert.Status.FIRING : Alert.Status.RESOLVED,
                new TreeMap<>(map),
                new TreeMap<>(),
                NOW,
                Optional.empty(),
                fingerprint,
                "",
                map.getOrDefault("group", ""));
    }

    private Grouping.Decision take(Alert alert, Instant at) {
        Grouping.Decision decision =
                grouping.take(alert, grouping.signal(alert), incidents.values(), incidents.size() + 1, at);
        decision.incident().ifPresent(incident -> incidents.put(incident.id(), incident));
        decision.merged().forEach(merged -> incidents.remove(merged.id()));
        return decision;
    }

    private Grouping.Decision fires(String service, Instant at) {
        return take(alert("of " + service, true, "alertname", "Slow", "service", service), at);
    }

    @Test
    void anAlertOfAnUnknownKindOpensAnIncident() {
        Grouping.Decision decision = take(alert("a", true, "alertname", "Odd"), NOW);
        assertThat(decision.opened()).isTrue();
        assertThat(decision.incident().orElseThrow().id()).isEqualTo("inc-1");
        assertThat(decision.incident().orElseThrow().title()).isEqualTo("Odd");
    }

    @Test
    void theSameServiceJoinsWhateverTheTime() {
        fires("mail", NOW);
        Grouping.Decision later =
                take(alert("b", true, "alertname", "Errors", "service", "mail"), NOW.plus(Duration.ofHours(3)));
        assertThat(later.joined()).isTrue();
        assertThat(later.why()).isEqualTo("Errors (mail) joined: it is of the same service, mail");
    }

    @Test
    void servicesThatNeedEachOtherOrTheSameJoinWithinTheWindow() {
        fires("shop", NOW);
        assertThat(fires("cart_db", NOW.plusSeconds(60)).joined()).isTrue();
        assertThat(fires("report", NOW.plusSeconds(90)).joined()).isTrue();
        assertThat(fires("mail", NOW.plusSeconds(91)).opened()).isTrue();
        assertThat(incidents).hasSize(2);
    }

    @Test
    void connectedServicesDoNotJoinAfterTheWindow() {
        fires("shop", NOW);
        assertThat(fires("cart", NOW.plus(Duration.ofMinutes(5)).plusMillis(1)).opened())
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({"instance, web1:9100, instance, web1:8080", "host, WEB1, node, web1", "zone, a, availability_zone, a"})
    void thePlaceJoins(String label, String value, String otherLabel, String otherValue) {
        take(alert("a", true, "alertname", "A", label, value), NOW);
        assertThat(take(alert("b", true, "alertname", "B", otherLabel, otherValue), NOW)
                        .joined())
                .isTrue();
    }

    private static Alert ofJob(String fingerprint, String job, String instance) {
        return alert(fingerprint, true, "alertname", "HighLoad", "job", job, "instance", instance);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "node", "node-exporter", "node_exporter", "Node-Exporter", "integrations/node_exporter",
                        "mysqld-exporter",
                "cadvisor", "kubelet", "kube-state-metrics", "kubernetes-nodes-cadvisor", "kubernetes-pods", "blackbox",
                "snmp", "windows"
            })
    void machinesHaveNothingInCommonForBeingToldOfByExportersOfOneKind(String job) {
        take(ofJob("a", job, "web1:9100"), NOW);

        assertThat(take(ofJob("b", job, "db7:9100"), NOW).opened()).isTrue();
        assertThat(take(ofJob("c", job, "web1:9100"), NOW).joined())
                .as("it is on the same host")
                .isTrue();
        assertThat(incidents.values())
                .hasSize(2)
                .allMatch(incident -> incident.services().isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"checkout", "nodejs", "exporter", "windows-updates", "kubernetes-dashboard", "node.js"})
    void anyOtherJobIsAService(String job) {
        take(ofJob("a", job, "web1:9100"), NOW);

        assertThat(take(ofJob("b", job, "db7:9100"), NOW).why())
                .isEqualTo("HighLoad (" + job + ") joined: it is of the same service, " + job);
    }

    @Test
    void aJobThatTheCatalogueKnowsIsAService() {
        grouping = new Grouping(usual(catalogue("node: shop-exporter")), GroupingRules.DEFAULT);
        for (String job : List.of("node", "shop-exporter")) {
            take(ofJob("a " + job, job, "web1:9100"), NOW);

            assertThat(take(ofJob("b " + job, job, "db7:9100"), NOW).why())
                    .isEqualTo("HighLoad (" + job + ") joined: it is of the same service, " + job);
        }
    }

    @Test
    void theConfigurationSaysWhichJobsNameNoService() {
        grouping = new Grouping(new Signals(SHOP, new NotServices(List.of("Fleet*"))), GroupingRules.DEFAULT);

        take(ofJob("a", "fleet-eu", "web1:1"), NOW);
        assertThat(take(ofJob("b", "fleet-eu", "web2:1"), NOW).opened()).isTrue();
        take(ofJob("c", "node", "web3:1"), NOW);
        assertThat(take(ofJob("d", "node", "web4:1"), NOW).joined()).isTrue();
        grouping = new Grouping(new Signals(SHOP, new NotServices(List.of())), GroupingRules.DEFAULT);
        assertThat(take(ofJob("e", "node", "web5:1"), NOW).joined()).isTrue();
    }

    @Test
    void whatALabelNamesIsAServiceWhateverTheJob() {
        take(alert("a", true, "alertname", "A", "job", "node", "service", "node"), NOW);

        assertThat(take(alert("b", true, "alertname", "B", "job", "kubelet", "app", "node"), NOW)
                        .joined())
                .isTrue();
    }

    @Test
    void theSendersGroupJoins() {
        take(alert("a", true, "alertname", "A", "group", "g"), NOW);
        assertThat(take(alert("b", true, "alertname", "B", "group", "g"), NOW.plus(Duration.ofHours(1)))
                        .joined())
                .isTrue();
    }

    @Test
    void anAlertThatConnectsTwoIncidentsMakesThemOne() {
        grouping = new Grouping(
                usual(catalogue("a: c", "b: c2", "c:", "c2: c")),
                new GroupingRules(Duration.ofMinutes(5), 1, Duration.ofMinutes(10), Duration.ofHours(1), 100));
        fires("a", NOW);
        fires("b", NOW.plusSeconds(1));
        assertThat(incidents).hasSize(2);
        Grouping.Decision decision = fires("c2", NOW.plusSeconds(2));
        assertThat(decision.merged()).extracting(Incident::id).containsExactly("inc-2");
        assertThat(decision.incident().orElseThrow().id()).isEqualTo("inc-1");
        assertThat(decision.incident().orElseThrow().services()).containsExactly("a", "b", "c2");
        assertThat(decision.merged().getFirst().mergedInto()).contains("inc-1");
    }

    @Test
    void anIncidentEndsWhenAllItsAlertsDoAndClosesWhenItStaysQuiet() {
        fires("shop", NOW);
        fires("cart", NOW);
        take(alert("of shop", false, "service", "shop"), NOW.plusSeconds(10));
        assertThat(incidents.get("inc-1").status()).isEqualTo(Incident.Status.OPEN);
        take(alert("of cart", false, "service", "cart"), NOW.plusSeconds(20));
        Incident resolved = incidents.get("inc-1");
        assertThat(resolved.status()).isEqualTo(Incident.Status.RESOLVED);
        Instant end = NOW.plusSeconds(20).plus(GroupingRules.DEFAULT.quiet());
        assertThat(grouping.closed(resolved, end.minusMillis(1))).isEmpty();
        assertThat(grouping.closed(resolved, end).orElseThrow().status()).isEqualTo(Incident.Status.CLOSED);
    }

    @Test
    void aFlappingAlertStaysInItsIncident() {
        fires("shop", NOW);
        for (int i = 1; i <= 20; i++) {
            take(alert("of shop", false, "service", "shop"), NOW.plusSeconds(20L * i));
            Grouping.Decision again = fires("shop", NOW.plusSeconds(20L * i + 10));
            assertThat(again.opened()).isFalse();
        }
        assertThat(incidents).hasSize(1);
    }

    @Test
    void aClosedIncidentIsReopenedByItsOwn() {
        fires("shop", NOW);
        take(alert("of shop", false, "service", "shop"), NOW.plusSeconds(10));
        Incident closed = grouping.closed(incidents.get("inc-1"), NOW.plus(Duration.ofMinutes(20)))
                .orElseThrow();
        incidents.put("inc-1", closed);
        Grouping.Decision decision = fires("shop", NOW.plus(Duration.ofMinutes(30)));
        assertThat(decision.reopened()).isTrue();
        assertThat(decision.incident().orElseThrow().status()).isEqualTo(Incident.Status.OPEN);
        incidents.put("inc-1", closed);
        assertThat(fires("report", NOW.plus(Duration.ofMinutes(31))).opened()).isTrue();
    }

    @Test
    void theEndOfAnUnknownAlertOpensNothing() {
        assertThat(take(alert("x", false, "service", "shop"), NOW).incident()).isEmpty();
    }

    @Test
    void theOriginIsTheDeepestDependencyThatExplainsTheOthers() {
        assertThat(Origin.of(Set.of("shop", "cart", "cart_db"), SHOP).service()).isEqualTo("cart_db");
        assertThat(Origin.of(Set.of("shop", "report"), SHOP).service()).isEqualTo("shop_db");
        assertThat(Origin.of(Set.of("shop"), SHOP).service()).isEqualTo("shop");
        assertThat(Origin.of(Set.of("mail", "shop"), SHOP).service()).isIn("mail", "shop");
        assertThat(Origin.of(Set.of("not_in_the_catalogue"), SHOP).service()).isEqualTo("not_in_the_catalogue");
    }

    @Test
    void cyclesInTheCatalogueDoNoHarm() {
        Catalogue cycle = catalogue("a: b", "b: c", "c: a");
        assertThat(Origin.of(Set.of("a", "b", "c"), cycle).explains()).hasSize(3);
        assertThat(cycle.connected("a", "c", 1)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void aStormOfFortyServicesIsOneIncidentWhoseOriginIsBelow(int seed) {
        List<String> lines = new ArrayList<>(List.of("switch:"));
        for (int i = 0; i < 39; i++) {
            lines.add(
                    "s" + i + ": " + (i < 6 ? "switch" : "s" + (i % 6)) + (i >= 6 && i % 5 == 0 ? " s" + (i / 7) : ""));
        }
        grouping = new Grouping(usual(catalogue(lines.toArray(String[]::new))), GroupingRules.DEFAULT);
        Random random = new Random(seed);
        for (int i = 0; i < 2_000; i++) {
            int service = random.nextInt(40);
            String name = service == 39 ? "switch" : "s" + service;
            take(
                    alert("f" + name + random.nextInt(60), true, "alertname", "Down", "service", name),
                    NOW.plusMillis(30L * i));
        }
        assertThat(incidents).hasSize(1);
        Incident incident = incidents.get("inc-1");
        assertThat(incident.origin()).isEqualTo("switch");
        assertThat(incident.services()).hasSize(40);
        assertThat(incident.alerts()).isEqualTo(2_000);
    }
}
