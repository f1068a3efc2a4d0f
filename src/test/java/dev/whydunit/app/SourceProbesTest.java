package dev.whydunit.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.whydunit.config.Configuration;
import dev.whydunit.running.OpenSources;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.api.Git;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whether a source can be read is asked as a step would read it. */
class SourceProbesTest {
    private static final Duration LIMIT = Duration.ofSeconds(5);

    @TempDir
    Path folder;

    private HttpServer http;

    @BeforeEach
    void listen() throws IOException {
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        answer(
                "/good/api/v1/query",
                200,
                "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[]}}");
        answer("/bad/api/v1/query", 500, "out of order");
        answer("/metrics", 200, "up 1\n");
        answer("/nothing", 404, "");
        answer("/es/logs/_field_caps", 200, "{\"indices\":[\"logs\"],\"fields\":{}}");
        answer("/es/none/_field_caps", 200, "{\"indices\":[],\"fields\":{}}");
        http.start();
    }

    private void answer(String path, int status, String body) {
        http.createContext(path, exchange -> {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.getRequestBody().readAllBytes();
            exchange.getResponseHeaders()
                    .add("Content-Type", path.equals("/metrics") ? "text/plain" : "application/json");
            exchange.getResponseHeaders().add("X-Elastic-Product", "Elasticsearch");
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
    }

    @AfterEach
    void close() {
        http.stop(0);
    }

    private Optional<String> trouble(String source) throws Exception {
        String url = "http://127.0.0.1:" + http.getAddress().getPort();
        Path file = Files.writeString(
                folder.resolve("whydunit.yaml"), "sources:\n  it: " + source.replace("URL", url) + "\n");
        Configuration.Loaded loaded = Configuration.load(file, "default", Registry.sourceKinds(), Map.of());
        assertThat(loaded.problems()).isEmpty();
        try (OpenSources sources = new OpenSources(loaded.configuration().orElseThrow(), Registry.sourceKinds())) {
            return sources.trouble("it", LIMIT);
        }
    }

    @Test
    void prometheus() throws Exception {
        assertThat(trouble("{kind: prometheus, url: 'URL/good'}")).isEmpty();
        assertThat(trouble("{kind: prometheus, url: 'URL/bad'}").orElseThrow()).contains("500");
        assertThat(trouble("{kind: prometheus, url: 'http://127.0.0.1:1'}")).isPresent();
    }

    @Test
    void scrape() throws Exception {
        assertThat(trouble("{kind: scrape, url: 'URL/metrics'}")).isEmpty();
        assertThat(trouble("{kind: scrape, url: 'URL/nothing'}").orElseThrow()).contains("404");
        assertThat(trouble("{kind: scrape, urls: ['URL/nothing', 'URL/metrics']}"))
                .isEmpty();
    }

    @Test
    void elasticsearch() throws Exception {
        assertThat(trouble("{kind: elasticsearch, url: 'URL/es', index: logs}")).isEmpty();
        assertThat(trouble("{kind: elasticsearch, url: 'URL/es', index: none}")).contains("no index matches none");
        assertThat(trouble("{kind: elasticsearch, url: 'http://127.0.0.1:1', index: logs}"))
                .isPresent();
    }

    @Test
    void files() throws Exception {
        assertThat(trouble("{kind: files, paths: ['*.log'], format: auto}").orElseThrow())
                .contains("no file is there");
        Files.writeString(folder.resolve("a.log"), "x\n");
        assertThat(trouble("{kind: files, paths: ['*.log'], format: auto}")).isEmpty();
    }

    @Test
    void jdbc() throws Exception {
        try (Connection there = DriverManager.getConnection("jdbc:h2:mem:probe")) {
            assertThat(there.isValid(1)).isTrue();
            assertThat(trouble("{kind: jdbc, url: 'jdbc:h2:mem:probe'}")).isEmpty();
        }
        assertThat(trouble("{kind: jdbc, url: 'jdbc:postgresql://127.0.0.1:1/x', user: u}"))
                .isPresent();
    }

    @Test
    void git() throws Exception {
        assertThat(trouble("{kind: git, path: repository}").orElseThrow()).contains("no git repository");
        try (Git git =
                Git.init().setDirectory(folder.resolve("repository").toFile()).call()) {
            git.commit().setMessage("first").setAllowEmpty(true).setSign(false).call();
        }
        assertThat(trouble("{kind: git, path: repository}")).isEmpty();
        assertThat(trouble("{kind: git, path: repository, ref: nowhere}").orElseThrow())
                .contains("has no nowhere");
    }

    @Test
    void host() throws Exception {
        assertThat(trouble("{kind: host}")).isEmpty();
    }

    @Test
    void aSecretThatIsNotThere() throws Exception {
        assertThat(trouble("{kind: prometheus, url: 'URL/good', auth: {bearer: 'env:NOT_SET'}}")
                        .orElseThrow())
                .contains("NOT_SET");
    }
}
