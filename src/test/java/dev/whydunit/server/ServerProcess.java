package dev.whydunit.server;

import static org.awaitility.Awaitility.await;

import dev.whydunit.app.Main;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.core.ConditionTimeoutException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The server as it really runs: a process of its own, which can be killed, stopped and woken. */
final class ServerProcess implements AutoCloseable {
    static final String ADMIN = "admin";
    private static final Pattern READY = Pattern.compile("ready on http://127\\.0\\.0\\.1:(\\d+)");
    private static final JsonMapper JSON = new JsonMapper();
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final Process process;
    private final int port;
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

    /** Starts one and waits until it is ready. */
    ServerProcess(Path configuration, Path state) throws IOException {
        this(configuration, state, Map.of());
    }

    /** As above, with further environment variables. */
    ServerProcess(Path configuration, Path state, Map<String, String> environment) throws IOException {
        Path said = state.resolveSibling("said-" + NUMBER.incrementAndGet() + ".txt");
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        "serve",
                        "--config",
                        configuration.toString(),
                        "--state",
                        state.toString(),
                        "--port",
                        "0")
                .redirectErrorStream(true)
                .redirectOutput(said.toFile());
        builder.environment().put("WHYDUNIT_ADMIN_TOKEN", ADMIN);
        builder.environment().put("DB_PASSWORD", "postgres");
        builder.environment().putAll(environment);
        process = builder.start();
        try {
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> !process.isAlive()
                            || READY.matcher(Files.readString(said)).find());
        } catch (ConditionTimeoutException e) {
            process.destroyForcibly();
            throw new IOException("the server did not get ready: " + Files.readString(said), e);
        }
        Matcher ready = READY.matcher(Files.readString(said));
        if (!ready.find()) {
            process.destroyForcibly();
            throw new IOException("the server did not start: " + Files.readString(said));
        }
        port = Integer.parseInt(ready.group(1));
    }

    long pid() {
        return process.pid();
    }

    /** Sends a signal, such as {@code STOP} and {@code CONT}. */
    void signal(String name) throws IOException, InterruptedException {
        int exit = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .start()
                .waitFor();
        if (exit != 0) {
            throw new IOException("kill -" + name + " " + process.pid() + " gave " + exit);
        }
    }

    /** The whole answer. */
    HttpResponse<String> exchange(String method, String path, String body) throws IOException, InterruptedException {
        return exchange(method, path, body, Map.of());
    }

    /** As above, with further headers. */
    HttpResponse<String> exchange(String method, String path, String body, Map<String, String> headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(30))
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + ADMIN)
                .method(method, HttpRequest.BodyPublishers.ofString(body));
        headers.forEach(request::header);
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    /** The status that probes of readiness get. */
    int ready() throws IOException, InterruptedException {
        return client.send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/actuator/health/readiness"))
                                .timeout(Duration.ofSeconds(30))
                                .build(),
                        HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    /** The HTTP status; 0 when there was no answer. */
    int post(String path, String body) {
        try {
            return client.send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                                    .timeout(Duration.ofSeconds(20))
                                    .POST(HttpRequest.BodyPublishers.ofString(body))
                                    .build(),
                            HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        } catch (IOException e) {
            return 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 0;
        }
    }

    JsonNode get(String path) throws IOException, InterruptedException {
        HttpResponse<String> response = client.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .header("Authorization", "Bearer " + ADMIN)
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        return JSON.readTree(response.body());
    }

    /** As {@code kill -9}. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(Duration.ofSeconds(10))) {
            kill();
        }
    }
}
