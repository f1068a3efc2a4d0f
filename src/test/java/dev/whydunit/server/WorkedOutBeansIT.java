package dev.whydunit.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.aot.AotDetector;
import org.springframework.core.SpringProperties;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The beans that the build has worked out make the server that Spring would make by itself. A build by an older JDK has none. */
@EnabledIfSystemProperty(named = "whydunit.beans", matches = "true")
class WorkedOutBeansIT {
    private static final String YAML = "receivers: {am: {kind: alertmanager, auth: {bearer: 'env:A'}}}\n";
    /** Of each answer itself. */
    private static final Set<String> OWN = Set.of("date", "content-length");

    /** What a server answers to the same questions. */
    private record Seen(
            JsonNode description,
            Map<String, Integer> statuses,
            Map<String, Map<String, List<String>>> headers,
            JsonNode health,
            Set<String> metrics,
            String signIn) {

        static Seen of(Path folder) throws Exception {
            try (RunningServer server = new RunningServer(Files.createDirectory(folder), YAML, Map.of("A", "a's"))) {
                JsonNode description =
                        server.get("/v3/api-docs", RunningServer.ADMIN).json();
                Map<String, Integer> statuses = new LinkedHashMap<>();
                Map<String, Map<String, List<String>>> headers = new LinkedHashMap<>();
                for (String route : routes(description)) {
                    String method = route.substring(0, route.indexOf(' '));
                    String path = route.substring(route.indexOf(' ') + 1);
                    for (String token : List.of("", "Bearer nobody's", "Bearer " + RunningServer.ADMIN)) {
                        RunningServer.Answer answer = server.send(
                                method, path, "{}", token.isEmpty() ? Map.of() : Map.of("Authorization", token));
                        String asked = route + " " + token;
                        statuses.put(asked, answer.status());
                        Map<String, List<String>> kept = new TreeMap<>(answer.headers());
                        kept.keySet().removeAll(OWN);
                        headers.put(asked, kept);
                    }
                }
                JsonNode health =
                        server.get("/actuator/health", RunningServer.ADMIN).json();
                Set<String> metrics = new TreeSet<>();
                server.get("/actuator/prometheus", RunningServer.ADMIN)
                        .body()
                        .lines()
                        // A collection of garbage has happened, or not yet.
                        .filter(line -> line.startsWith("# TYPE ") && !line.contains("jvm_gc_"))
                        .forEach(metrics::add);
                ((ObjectNode) description).remove("servers");
                return new Seen(
                        description,
                        statuses,
                        headers,
                        shape(health),
                        metrics,
                        server.send("GET", "/sign-in", "", Map.of()).body());
            }
        }

        /** The parts and how they are, without what each measures. */
        private static JsonNode shape(JsonNode health) {
            health.path("components").forEach(part -> ((ObjectNode) part).remove("details"));
            return health;
        }

        private static List<String> routes(JsonNode description) {
            List<String> routes = new ArrayList<>();
            description
                    .path("paths")
                    .properties()
                    .forEach(path -> path.getValue()
                            .properties()
                            .forEach(method -> routes.add(method.getKey().toUpperCase(Locale.ROOT) + " "
                                    + path.getKey().replaceAll("\\{[^}]+}", "x1"))));
            assertThat(routes).hasSizeGreaterThan(12);
            routes.addAll(List.of(
                    "GET /actuator",
                    "GET /actuator/health/liveness",
                    "GET /actuator/health/readiness",
                    "GET /actuator/env",
                    "GET /approvals",
                    "GET /investigations/x1",
                    "GET /nowhere",
                    "DELETE /sign-in",
                    "PUT /api/incidents"));
            return routes;
        }
    }

    @Test
    void theyAnswerAsThoseThatSpringFindsByItself(@TempDir Path folder) throws Exception {
        assertThat(ServerBeans.isWorkedOut()).as("the archive has them").isTrue();
        Seen workedOut = Seen.of(folder.resolve("worked-out"));
        assertThat(AotDetector.useGeneratedArtifacts()).isTrue();

        SpringProperties.setProperty(AotDetector.AOT_ENABLED, "false");
        try {
            Seen found = Seen.of(folder.resolve("found"));

            assertThat(workedOut.statuses()).isEqualTo(found.statuses());
            assertThat(workedOut.statuses().values()).contains(200, 400, 401, 404);
            assertThat(workedOut.headers()).isEqualTo(found.headers());
            assertThat(workedOut.description()).isEqualTo(found.description());
            assertThat(workedOut.health()).isEqualTo(found.health());
            assertThat(workedOut.metrics()).isEqualTo(found.metrics()).hasSizeGreaterThan(40);
            assertThat(workedOut.signIn()).isEqualTo(found.signIn());
        } finally {
            SpringProperties.setProperty(AotDetector.AOT_ENABLED, null);
        }
    }
}
