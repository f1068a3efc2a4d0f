package dev.whydunit.client;

import dev.whydunit.engine.Event;
import dev.whydunit.journal.Archive;
import dev.whydunit.journal.EventJson;
import dev.whydunit.journal.OpenIncident;
import dev.whydunit.journal.StoredEvents;
import dev.whydunit.journal.StoredInvestigation;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One server. Thread-safe. */
public final class RemoteServer implements Archive {
    private static final Duration CONNECTING = Duration.ofSeconds(5);
    private static final Duration ANSWERING = Duration.ofSeconds(30);
    private static final int LARGEST_ANSWER = 64 << 20;
    private static final int LONGEST_REASON = 500;
    private static final int MATCHING = 10;
    private static final JsonMapper JSON = JsonMapper.shared();

    private final URI address;
    private final String token;
    private final HttpClient http;

    /**
     * Asks nothing yet.
     *
     * @param address such as {@code https://whydunit.example:8080}
     * @param token what the API is called with
     * @throws RemoteFailure when the address is none
     */
    public RemoteServer(String address, String token) {
        this.address = parsed(address);
        this.token = token;
        this.http = HttpClient.newBuilder()
                .connectTimeout(CONNECTING)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    private static URI parsed(String address) {
        try {
            URI uri = URI.create(address.endsWith("/") ? address.substring(0, address.length() - 1) : address);
            if (("http".equals(uri.getScheme()) || "https".equals(uri.getScheme())) && uri.getHost() != null) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            throw new RemoteFailure("'" + address + "' is no address of a server; one is https://host:8080", e);
        }
        throw new RemoteFailure("'" + address + "' is no address of a server; one is https://host:8080");
    }

    @Override
    public String name() {
        return address.toString();
    }

    /** The address of an investigation's page. */
    public URI page(String investigation) {
        return address.resolve("/investigations/" + encoded(investigation));
    }

    private static String encoded(String part) {
        return URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20");
    }

    @Override
    public List<StoredInvestigation> list(int limit) {
        return investigations("/api/investigations?limit=" + limit);
    }

    private List<StoredInvestigation> investigations(String path) {
        List<StoredInvestigation> found = new ArrayList<>();
        for (JsonNode one : get(path)) {
            found.add(new StoredInvestigation(
                    one.path("id").asString(""),
                    one.path("runbook").asString(""),
                    one.path("environment").asString(""),
                    moment(one.path("startedAt")).orElse(Instant.EPOCH),
                    moment(one.path("endedAt")),
                    text(one.path("status")),
                    one.path("path").asString(""),
                    one.path("probability").asDouble(0)));
        }
        return List.copyOf(found);
    }

    private static Optional<Instant> moment(JsonNode node) {
        return text(node).map(Instant::parse);
    }

    private static Optional<String> text(JsonNode node) {
        return node.isString() ? Optional.of(node.asString()) : Optional.empty();
    }

    @Override
    public List<String> matching(String prefix) {
        return investigations("/api/investigations?limit=" + MATCHING + "&prefix=" + encoded(prefix)).stream()
                .map(StoredInvestigation::id)
                .toList();
    }

    @Override
    public StoredEvents events(String id) {
        Optional<JsonNode> journal = find("/api/investigations/" + encoded(id) + "/journal");
        if (journal.isEmpty()) {
            return new StoredEvents(id, List.of(), true, 0, "");
        }
        List<Event> events = new ArrayList<>();
        for (JsonNode event : journal.get().path("events")) {
            events.add(EventJson.read(event.toString()));
        }
        return new StoredEvents(
                id,
                events,
                journal.get().path("intact").asBoolean(false),
                journal.get().path("brokenAt").asInt(0),
                journal.get().path("head").asString(""));
    }

    @Override
    public List<OpenIncident> openIncidents() {
        List<OpenIncident> found = new ArrayList<>();
        for (JsonNode one : get("/api/incidents?limit=100")) {
            if (one.path("status").asString("").equals("open")) {
                found.add(new OpenIncident(
                        one.path("id").asString(""),
                        one.path("title").asString(""),
                        one.path("origin").asString(""),
                        moment(one.path("openedAt")).orElse(Instant.EPOCH)));
            }
        }
        return List.copyOf(found);
    }

    /**
     * Asks for an investigation.
     *
     * @param alert as plain data; empty when there is none
     * @return its id
     */
    public String start(String runbook, Map<String, String> inputs, Map<String, Object> alert) {
        return post("/api/investigations", Map.of("runbook", runbook, "inputs", inputs, "alert", alert))
                .path("id")
                .asString("");
    }

    /**
     * Does something to an investigation.
     *
     * @param act {@code notes}, {@code rule-out}, {@code confirm}, {@code redo} or {@code stop}
     * @return the server's answer
     */
    public JsonNode act(String investigation, String act, Map<String, ?> body) {
        return post("/api/investigations/" + encoded(investigation) + "/" + act, body);
    }

    /**
     * What a step there waits for.
     *
     * @param sha256 of the command, to which an answer is bound
     */
    public record Wish(
            String id,
            String step,
            Optional<String> target,
            String command,
            int attempt,
            Optional<String> undo,
            String sha256) {}

    /** What steps wait for, the newest first. */
    public List<Wish> wishes() {
        List<Wish> found = new ArrayList<>();
        for (JsonNode one : get("/api/approvals")) {
            found.add(new Wish(
                    one.path("id").asString(""),
                    one.path("step").asString(""),
                    given(one, "target"),
                    one.path("command").asString(""),
                    one.path("attempt").asInt(1),
                    given(one, "undo"),
                    one.path("sha256").asString("")));
        }
        return List.copyOf(found);
    }

    private static Optional<String> given(JsonNode one, String key) {
        return Optional.of(one.path(key).asString("")).filter(text -> !text.isEmpty());
    }

    /** Allows or denies exactly what was seen. */
    public void decide(Wish wish, boolean granted) {
        post("/api/approvals/" + encoded(wish.id()), Map.of("granted", granted, "sha256", wish.sha256()));
    }

    private JsonNode get(String path) {
        return find(path)
                .orElseThrow(() -> new RemoteFailure(
                        "server " + address + " does not know " + path + "; is it a Whydunit server of this version?"));
    }

    private Optional<JsonNode> find(String path) {
        return send(request(path).GET().build());
    }

    private JsonNode post(String path, Map<String, ?> body) {
        HttpRequest request = request(path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)))
                .build();
        return send(request).orElseThrow(() -> new RemoteFailure("server " + address + " does not know " + path));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(address + path))
                .timeout(ANSWERING)
                .header("Accept", "application/json")
                .header("Authorization", "Bearer " + token);
    }

    /** The answer; empty when there is no such thing. */
    private Optional<JsonNode> send(HttpRequest request) {
        try {
            HttpResponse<InputStream> answer = http.send(request, HttpResponse.BodyHandlers.ofInputStream());
            byte[] body;
            try (InputStream in = answer.body()) {
                body = in.readNBytes(LARGEST_ANSWER + 1);
            }
            if (body.length > LARGEST_ANSWER) {
                throw new RemoteFailure("server " + address + " answered with more than " + (LARGEST_ANSWER >> 20)
                        + " MiB to " + request.uri().getPath());
            }
            return switch (answer.statusCode() / 100) {
                case 2 -> Optional.of(JSON.readTree(body));
                case 4, 5 -> refused(answer.statusCode(), new String(body, StandardCharsets.UTF_8), request);
                default ->
                    throw new RemoteFailure("server " + address + " answered " + answer.statusCode() + " to "
                            + request.uri().getPath() + "; give the address that it redirects to, if any");
            };
        } catch (IOException e) {
            throw new RemoteFailure(
                    "server " + address + " cannot be asked: " + reason(e)
                            + "; is it running, and is the address right?",
                    e);
        } catch (JacksonException e) {
            throw new RemoteFailure(
                    "server " + address + " answered what is no JSON to "
                            + request.uri().getPath() + "; is it a Whydunit server?",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RemoteFailure("asking server " + address + " was interrupted", e);
        }
    }

    private Optional<JsonNode> refused(int status, String body, HttpRequest request) {
        boolean read = request.method().equals("GET");
        if (status == 404 && read) {
            return Optional.empty();
        }
        String why = switch (status) {
            case 401 -> "it does not know the token; set WHYDUNIT_TOKEN, or --token env:NAME or file:PATH";
            case 403 -> "the token's role does not allow that; ask an administrator for one that does";
            default -> said(body);
        };
        throw new RemoteFailure("server " + address + " refused (" + status + "): " + why);
    }

    private static String said(String body) {
        try {
            String error = JSON.readTree(body).path("error").asString("");
            return error.isEmpty() ? "it does not say why" : error;
        } catch (JacksonException e) {
            return body.substring(0, Math.min(LONGEST_REASON, body.length()));
        }
    }

    private static String reason(IOException e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    @Override
    public void close() {
        http.close();
    }
}
