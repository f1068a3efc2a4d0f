package dev.whydunit.cli;

import dev.whydunit.config.Configuration;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Posts a payload to a server's receiver. */
final class AlertPost {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int MOST_SHOWN = 2_000;

    private final Application application;
    private final Configuration configuration;
    private final Optional<String> token;

    /** @param token where the receiver's bearer token is */
    AlertPost(Application application, Configuration configuration, Optional<String> token) {
        this.application = application;
        this.configuration = configuration;
        this.token = token;
    }

    int send(String server, String receiver, byte[] payload) throws InterruptedException {
        try (HttpClient client =
                HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build()) {
            URI base = URI.create(server.endsWith("/") ? server : server + "/");
            if (!"http".equals(base.getScheme()) && !"https".equals(base.getScheme())) {
                throw new IllegalArgumentException("it begins with http:// or https://");
            }
            HttpRequest.Builder request = HttpRequest.newBuilder(
                            base.resolve("webhooks/" + URLEncoder.encode(receiver, StandardCharsets.UTF_8)))
                    .timeout(PATIENCE)
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofByteArray(payload));
            if (token.isPresent()) {
                request.header(
                        "Authorization", "Bearer " + configuration.environment().secret(token.get()));
            }
            HttpResponse<String> answer =
                    client.send(request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
            String body = answer.body().length() <= MOST_SHOWN
                    ? answer.body()
                    : answer.body().substring(0, MOST_SHOWN);
            if (answer.statusCode() == 202) {
                application.console().out().println(dev.whydunit.report.PlainText.forTerminal(body));
                return refused(answer.body());
            }
            application.fail(server + " answers " + answer.statusCode() + " for receiver " + receiver + ": " + body
                    + (answer.statusCode() == 401
                            ? "; give the receiver's secret by --token env:NAME or file:PATH (bearer only)"
                            : ""));
            return ExitCode.FAILED;
        } catch (ConnectException e) {
            application.fail("nothing answers at " + server + "; is the server there?");
            return ExitCode.FAILED;
        } catch (IOException e) {
            application.fail("posting to " + server + " failed: " + e.getMessage());
            return ExitCode.FAILED;
        } catch (IllegalArgumentException e) {
            application.fail("--server " + server + " or --token cannot be used: " + e.getMessage());
            return ExitCode.USAGE;
        }
    }

    /** Says which alerts the server did not take in beside those that it did. */
    private int refused(String body) {
        try {
            JsonNode refused = JsonMapper.shared().readTree(body).path("refused");
            refused.forEach(
                    one -> application.fail("refused: " + one.path("error").asString("")));
            return refused.isEmpty() ? ExitCode.DONE : ExitCode.FAILED;
        } catch (JacksonException e) {
            application.fail("it took the payload, but its answer is no JSON: is it a Whydunit server?");
            return ExitCode.FAILED;
        }
    }
}
