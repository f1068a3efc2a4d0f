package dev.whydunit.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Walks every route that the server says it has, without and with each role, and by the tricks with paths that fooled others. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RoutesIT {
    private static final Set<Integer> REFUSED = Set.of(400, 401, 403, 404, 405);

    private RunningServer server;

    private record Route(String method, String path) {}

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        server = new RunningServer(
                folder, "receivers: {am: {kind: alertmanager, auth: {bearer: 'env:A'}}}\n", Map.of("A", "a's"));
    }

    @AfterAll
    void stop() {
        server.close();
    }

    /** Receivers know their senders themselves, and health is open. */
    private List<Route> routes() throws Exception {
        JsonNode paths = server.get("/v3/api-docs", RunningServer.ADMIN).json().path("paths");
        List<Route> routes = new ArrayList<>();
        paths.properties()
                .forEach(path -> path.getValue().properties().forEach(method -> {
                    if (!path.getKey().startsWith("/webhooks/")) {
                        routes.add(new Route(
                                method.getKey().toUpperCase(Locale.ROOT),
                                path.getKey().replaceAll("\\{[^}]+}", "x1")));
                    }
                }));
        assertThat(routes).hasSizeGreaterThan(12);
        routes.add(new Route("GET", "/v3/api-docs"));
        routes.add(new Route("GET", "/actuator/prometheus"));
        routes.add(new Route("GET", "/actuator"));
        return routes;
    }

    private static List<String> tricks(String path) {
        String last = path.substring(path.lastIndexOf('/'));
        String before = path.substring(0, path.lastIndexOf('/'));
        String front = before.isEmpty() ? "/" : before;
        return List.of(
                path,
                path + "/",
                path + ";a=b",
                front + ";a=b" + last,
                "/" + path,
                "/." + path,
                path + "/.",
                front + "%2f" + last.substring(1),
                path.replace("/api", "/%61pi"),
                "/webhooks/.." + path,
                "/webhooks/..;" + path,
                "/webhooks/%2e%2e" + path,
                "/webhooks/..%2f" + path.substring(1),
                "/actuator/health/..;/.." + path,
                "/actuator/health/%2e%2e/%2e%2e" + path,
                path + ".json",
                path.toUpperCase(Locale.ROOT));
    }

    @Test
    void withoutATokenNoRouteIsOpenWhateverThePath() throws Exception {
        for (Route route : routes()) {
            for (String path : tricks(route.path())) {
                RunningServer.Answer answer = server.send(route.method(), path, "{}", Map.of());
                assertThat(answer.status())
                        .as(route.method() + " " + path + ": " + answer.body())
                        .isIn(REFUSED);
            }
            assertThat(server.send(route.method(), route.path(), "{}", Map.of()).status())
                    .as(route.method() + " " + route.path())
                    .isEqualTo(401);
        }
    }

    private static final List<Route> PAGES = List.of(
            new Route("GET", "/approvals"),
            new Route("POST", "/approvals/x1"),
            new Route("GET", "/investigations/x1"),
            new Route("POST", "/sign-out"));

    @Test
    void noPageIsOpenWithoutASessionWhateverThePath() throws Exception {
        for (Route route : PAGES) {
            for (String path : tricks(route.path())) {
                assertThat(server.send(route.method(), path, "", Map.of()).status())
                        .as(route.method() + " " + path)
                        .isIn(REFUSED);
            }
            assertThat(server.send(
                                    route.method(),
                                    route.path(),
                                    "",
                                    Map.of("Authorization", "Bearer " + RunningServer.ADMIN))
                            .status())
                    .as("a bearer token is for the API: " + route)
                    .isEqualTo(403);
        }
    }

    @Test
    void aSessionOpensNoRouteOfTheApi() throws Exception {
        String cookie = Pages.signIn(server, RunningServer.ADMIN);
        for (Route route : routes()) {
            assertThat(server.send(route.method(), route.path(), "{}", Map.of("Cookie", cookie))
                            .status())
                    .as("a cookie is for the pages: " + route)
                    .isIn(401, 403);
        }
        assertThat(Pages.get(server, "/approvals", cookie).status()).isEqualTo(200);
    }

    @Test
    void aViewersSessionAnswersNothing() throws Exception {
        String viewer = server.post(
                        "/api/tokens",
                        "{\"name\": \"v2\", \"role\": \"viewer\"}",
                        Map.of("Authorization", "Bearer " + RunningServer.ADMIN))
                .json()
                .path("token")
                .asString();
        String cookie = Pages.signIn(server, viewer);

        assertThat(Pages.get(server, "/approvals", cookie).status()).isEqualTo(200);
        assertThat(Pages.post(server, "/approvals/x1", Map.of("decision", "deny"), cookie)
                        .status())
                .isEqualTo(403);
    }

    @Test
    void aViewerChangesNothingWhateverThePath() throws Exception {
        String viewer = server.post(
                        "/api/tokens",
                        "{\"name\": \"v\", \"role\": \"viewer\"}",
                        Map.of("Authorization", "Bearer " + RunningServer.ADMIN))
                .json()
                .path("token")
                .asString();
        for (Route route : routes()) {
            boolean administers =
                    route.path().startsWith("/api/tokens") || route.path().equals("/api/audit");
            boolean reads = route.method().equals("GET") && !administers;
            for (String path : tricks(route.path())) {
                int status = server.send(route.method(), path, "{}", Map.of("Authorization", "Bearer " + viewer))
                        .status();
                if (!reads) {
                    assertThat(status)
                            .as("viewer: " + route.method() + " " + path)
                            .isIn(REFUSED);
                }
            }
            int plain = server.send(route.method(), route.path(), "{}", Map.of("Authorization", "Bearer " + viewer))
                    .status();
            assertThat(plain == 403).as("viewer: " + route + " gives " + plain).isEqualTo(!reads);
        }
    }
}
