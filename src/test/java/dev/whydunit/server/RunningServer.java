package dev.whydunit.server;

import dev.whydunit.app.StepKindsForTests;
import dev.whydunit.config.Configuration;
import dev.whydunit.source.SourceKind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A server in this process, on a port of its own. */
final class RunningServer implements AutoCloseable {
    static final String ADMIN = "an administrator's token";
    private static final JsonMapper JSON = new JsonMapper();

    private final Server server;
    private final HttpClient client = HttpClient.newHttpClient();
    final ByteArrayOutputStream console = new ByteArrayOutputStream();

    RunningServer(Path folder, String yaml, Map<String, String> variables) throws Exception {
        this(folder, yaml, variables, Optional.of(ADMIN));
    }

    /** @param admin the operator's token; empty for a server that makes one at its first start */
    RunningServer(Path folder, String yaml, Map<String, String> variables, Optional<String> admin) throws Exception {
        Path file = Files.writeString(folder.resolve("whydunit.yaml"), yaml);
        List<SourceKind<?>> sourceKinds = StepKindsForTests.sourceKinds();
        Configuration.Loaded loaded = Configuration.load(file, "default", sourceKinds, variables);
        if (!loaded.problems().isEmpty()) {
            throw new IllegalArgumentException(loaded.problems().toString());
        }
        Configuration configuration = loaded.configuration().orElseThrow();
        server = Server.start(new ServeSettings(
                configuration,
                folder.resolve("state"),
                InetAddress.getLoopbackAddress(),
                0,
                admin,
                StepKindsForTests.stepKinds(configuration),
                sourceKinds,
                new PrintStream(console, true, StandardCharsets.UTF_8)));
    }

    record Answer(int status, String body, Map<String, List<String>> headers) {
        JsonNode json() {
            return JSON.readTree(body);
        }
    }

    Answer get(String path, String token) throws IOException, InterruptedException {
        return send("GET", path, "", Map.of("Authorization", "Bearer " + token));
    }

    Answer post(String path, String body, Map<String, String> headers) throws IOException, InterruptedException {
        return send("POST", path, body, headers);
    }

    Answer send(String method, String path, String body, Map<String, String> headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body));
        headers.forEach(request::setHeader);
        HttpResponse<String> response = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        return new Answer(
                response.statusCode(), response.body(), response.headers().map());
    }

    int port() {
        return server.port();
    }

    @Override
    public void close() {
        server.close();
    }
}
