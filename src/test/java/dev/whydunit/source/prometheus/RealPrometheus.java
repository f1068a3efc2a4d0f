package dev.whydunit.source.prometheus;

import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** The installed Prometheus on a free port, ended at the end. */
public final class RealPrometheus implements AutoCloseable {
    private final Process process;
    private final String url;

    private RealPrometheus(Process process, String url) {
        this.process = process;
        this.url = url;
    }

    /**
     * Starts it and waits until it is ready.
     *
     * @param directory an empty folder
     * @param config its configuration
     * @param openMetrics samples of the past with their times, to be there from the start
     */
    public static RealPrometheus start(Path directory, String config, Optional<String> openMetrics) throws Exception {
        Path data = Files.createDirectories(directory.resolve("data"));
        if (openMetrics.isPresent()) {
            Path samples = Files.writeString(directory.resolve("samples.om"), openMetrics.get());
            run(
                    directory,
                    "promtool",
                    "tsdb",
                    "create-blocks-from",
                    "openmetrics",
                    samples.toString(),
                    data.toString());
        }
        Path file = Files.writeString(directory.resolve("prometheus.yml"), config);
        int port = freePort();
        Process process = launch(
                directory.resolve("prometheus.log"),
                "prometheus",
                "--config.file=" + file,
                "--storage.tsdb.path=" + data,
                "--web.listen-address=127.0.0.1:" + port,
                "--log.level=warn");
        RealPrometheus started = new RealPrometheus(process, "http://127.0.0.1:" + port);
        try {
            awaitOk(process, started.url + "/-/ready", directory.resolve("prometheus.log"));
        } catch (Throwable e) {
            started.close();
            throw e;
        }
        return started;
    }

    /** Where it listens. */
    public String url() {
        return url;
    }

    /** Runs a program to its end. */
    static void run(Path directory, String... command) throws Exception {
        Path log = directory.resolve(command[0] + ".log");
        Process process = launch(log, command);
        if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
            process.destroyForcibly();
            fail(String.join(" ", command) + " failed:\n" + Files.readString(log));
        }
    }

    /** Starts a program of Debian's packages. */
    public static Process launch(Path log, String... command) throws IOException {
        List<String> all = new ArrayList<>(Arrays.asList(command));
        try {
            return new ProcessBuilder(all)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
        } catch (IOException e) {
            return fail(command[0] + " is not installed: apt-get install -y prometheus prometheus-node-exporter", e);
        }
    }

    /** Waits until an address answers 200. */
    public static void awaitOk(Process process, String address, Path log) {
        try (HttpClient client = HttpClient.newHttpClient()) {
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .pollInterval(Duration.ofMillis(100))
                    .failFast(() -> !process.isAlive() ? fail(Files.readString(log)) : false)
                    .ignoreExceptions()
                    .until(() -> client.send(
                                            HttpRequest.newBuilder(URI.create(address))
                                                    .build(),
                                            BodyHandlers.discarding())
                                    .statusCode()
                            == 200);
        }
    }

    /** A port that nobody listens on. */
    public static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() throws Exception {
        process.destroy();
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }
}
