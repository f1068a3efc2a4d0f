package dev.whydunit.source.elasticsearch;

import co.elastic.clients.elasticsearch._types.ElasticsearchException;
import co.elastic.clients.elasticsearch._types.ErrorCause;
import co.elastic.clients.elasticsearch._types.ErrorResponse;
import co.elastic.clients.transport.TransportException;
import dev.whydunit.source.log.LogUnreadable;
import dev.whydunit.source.log.LogUnreadable.Reason;
import jakarta.json.JsonArray;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.EOFException;
import java.io.IOException;
import java.io.StringReader;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.apache.http.ConnectionClosedException;
import org.apache.http.ContentTooLongException;
import org.apache.http.HttpException;
import org.apache.http.MalformedChunkCodingException;
import org.apache.http.conn.ConnectTimeoutException;
import org.apache.http.util.EntityUtils;
import org.elasticsearch.client.Response;
import org.elasticsearch.client.ResponseException;

/** Says in one line what went wrong with a request, and what to do about it. */
record Faults(String source, String url) {
    private static final Set<String> QUERY_FAULTS = Set.of(
            "query_shard_exception",
            "parse_exception",
            "number_format_exception",
            "too_complex_to_determinize_exception",
            "too_many_nested_clauses");

    private static final int CAUSES_LIMIT = 20;
    private static final int SERVERS_FAULT = 500;

    LogUnreadable of(Throwable failure, Duration limit) {
        Throwable cause = failure;
        while ((cause instanceof CompletionException || cause instanceof ExecutionException)
                && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return switch (cause) {
            case ElasticsearchException refused -> refused(refused);
            case ResponseException unsuccessful -> unsuccessful(unsuccessful);
            case TransportException strange -> strange(strange, limit);
            default -> transport(cause, limit);
        };
    }

    /** An answer that is well-formed and yet lacks what was asked for. */
    LogUnreadable lacking(String what) {
        return unreadable(
                Reason.FAILED,
                "answered without " + what,
                "Check that url is an Elasticsearch of 8.19 or later and not a proxy that changes its answers.",
                Optional.empty());
    }

    private LogUnreadable refused(ElasticsearchException refused) {
        ErrorCause error = refused.error();
        String type = Optional.ofNullable(error.type()).orElse("");
        String said = telling(error);
        Optional<Throwable> cause = Optional.of(refused);
        return switch (refused.status()) {
            case 401 ->
                unreadable(
                        Reason.DENIED,
                        "answered 401: it does not accept the credentials",
                        "Check api_key, or user and password.",
                        cause);
            case 403 ->
                unreadable(
                        Reason.DENIED,
                        "answered 403: " + said,
                        "Give the source's user the privileges read and view_index_metadata on the index.",
                        cause);
            case 404 ->
                unreadable(
                        Reason.FAILED,
                        "answered 404: " + said,
                        "Check the source's index; a pattern such as logs-* may match none.",
                        cause);
            case 400 ->
                unreadable(
                        Reason.FAILED,
                        (isQuery(error) ? "the query is wrong: " : "answered 400: ") + said,
                        isQuery(error) ? "Correct the step's query (Lucene query string syntax)." : "",
                        cause);
            case 429 ->
                unreadable(
                        Reason.UNREACHABLE,
                        "answered 429: it has too much to do: " + said,
                        "Ask again later, or about less time.",
                        cause);
            default ->
                unreadable(
                        refused.status() >= SERVERS_FAULT ? Reason.UNREACHABLE : Reason.FAILED,
                        "answered " + refused.status() + ": " + (said.isEmpty() ? type : said),
                        "Look at the server's health and log.",
                        cause);
        };
    }

    /** The client gives some statuses as they came: redirects, 429 and those of the server's own faults. */
    private LogUnreadable unsuccessful(ResponseException unsuccessful) {
        Response response = unsuccessful.getResponse();
        int status = response.getStatusLine().getStatusCode();
        if (status < 400) {
            return redirected(status, Optional.ofNullable(response.getHeader("Location")), unsuccessful);
        }
        try {
            String body = response.getEntity() == null ? "" : EntityUtils.toString(response.getEntity());
            ErrorResponse error = ErrorResponse.of(answer -> answer.withJson(new StringReader(body)));
            return refused(new ElasticsearchException("error", error));
        } catch (IOException | RuntimeException _) {
            // Not the server's own words, but those of a proxy: the status has to do.
            return status(status, unsuccessful);
        }
    }

    private LogUnreadable redirected(int status, Optional<String> location, Throwable cause) {
        return unreadable(
                Reason.FAILED,
                "answered " + status + ": it redirects to " + location.orElse("another address"),
                "Set url to the server's own address; redirects are not followed.",
                Optional.of(cause));
    }

    private LogUnreadable status(int status, Throwable cause) {
        return status == 401 || status == 403
                ? unreadable(
                        Reason.DENIED,
                        "answered " + status + ": it does not accept the credentials",
                        "Check api_key, or user and password.",
                        Optional.of(cause))
                : unreadable(
                        status >= SERVERS_FAULT ? Reason.UNREACHABLE : Reason.FAILED,
                        "answered " + status,
                        "Look at the server's health and log, or the proxy's before it.",
                        Optional.of(cause));
    }

    private static boolean isQuery(ErrorCause error) {
        return Stream.concat(chain(error), error.rootCause().stream())
                .map(ErrorCause::type)
                .anyMatch(type -> type != null && QUERY_FAULTS.contains(type));
    }

    private static Stream<ErrorCause> chain(ErrorCause error) {
        return Stream.iterate(error, Objects::nonNull, ErrorCause::causedBy).limit(CAUSES_LIMIT);
    }

    /** The first line of the first reason that says more than that a query was not parsed: of the failed shard, or of the error. */
    private static String telling(ErrorCause error) {
        List<String> reasons = new ArrayList<>();
        Optional.ofNullable(error.metadata().get("failed_shards"))
                .ifPresent(shards -> addReasons(shards.toJson(), reasons));
        error.rootCause().forEach(root -> reasons.add(firstLine(root)));
        chain(error).forEach(cause -> reasons.add(firstLine(cause)));
        return reasons.stream()
                .filter(reason -> !reason.isEmpty() && !reason.startsWith("Failed to parse query"))
                .findFirst()
                .orElseGet(() -> reasons.isEmpty() ? "" : reasons.getFirst());
    }

    /** The reasons of the first failed shard, the outermost first; the server tells the fault of a query only there. */
    private static void addReasons(JsonValue shards, List<String> reasons) {
        JsonValue first = shards instanceof JsonArray array && !array.isEmpty() ? array.getFirst() : JsonValue.NULL;
        JsonValue cause =
                first instanceof JsonObject shard ? shard.getOrDefault("reason", JsonValue.NULL) : JsonValue.NULL;
        for (int i = 0; i < CAUSES_LIMIT && cause instanceof JsonObject inner; i++) {
            if (inner.get("reason") instanceof JsonString reason) {
                reason.getString().lines().findFirst().ifPresent(reasons::add);
            }
            cause = inner.getOrDefault("caused_by", JsonValue.NULL);
        }
    }

    private static String firstLine(ErrorCause cause) {
        return Optional.ofNullable(cause.reason())
                .flatMap(reason -> reason.lines().findFirst())
                .orElse("");
    }

    private LogUnreadable strange(TransportException strange, Duration limit) {
        int status = strange.statusCode();
        Optional<Throwable> cause = Optional.of(strange);
        if (status >= 300 && status < 400) {
            return redirected(status, Optional.ofNullable(strange.response().header("Location")), strange);
        }
        if (status >= 400) {
            return status(status, strange);
        }
        String message = String.valueOf(strange.getMessage());
        if (message.contains("X-Elastic-Product")) {
            return unreadable(
                    Reason.FAILED,
                    "is not an Elasticsearch: its answer lacks the header X-Elastic-Product",
                    "Set url to an Elasticsearch of 8.19 or later.",
                    cause);
        }
        return strange.getCause() == null ? broken(cause) : transport(strange.getCause(), limit);
    }

    private LogUnreadable transport(Throwable failure, Duration limit) {
        for (Throwable inner = failure; inner != null; inner = inner.getCause()) {
            Optional<LogUnreadable> known = known(inner, failure, limit);
            if (known.isPresent()) {
                return known.get();
            }
        }
        return failure instanceof IOException
                ? unreadable(
                        Reason.UNREACHABLE,
                        "could not be asked: " + failure.getMessage(),
                        "Check the source's url and that the server runs.",
                        Optional.of(failure))
                : broken(Optional.of(failure));
    }

    private Optional<LogUnreadable> known(Throwable inner, Throwable failure, Duration limit) {
        Optional<Throwable> cause = Optional.of(failure);
        return switch (inner) {
            case SSLPeerUnverifiedException _ ->
                Optional.of(unreadable(
                        Reason.FAILED,
                        "has a certificate for another host name: " + inner.getMessage(),
                        "Set url to a name that the certificate holds.",
                        cause));
            case SSLException _ -> Optional.of(certificate(failure));
            case UnknownHostException _, UnresolvedAddressException _ ->
                Optional.of(unreadable(
                        Reason.UNREACHABLE, "has a host name that does not exist", "Check the source's url.", cause));
            case TimeoutException _, SocketTimeoutException _, ConnectTimeoutException _ ->
                Optional.of(late(limit, cause));
            case ConnectException _ ->
                Optional.of(unreadable(
                        Reason.UNREACHABLE,
                        "refused the connection",
                        "Check the source's url and that the server runs.",
                        cause));
            case NoRouteToHostException _ ->
                Optional.of(unreadable(
                        Reason.UNREACHABLE,
                        "cannot be reached: there is no route to it",
                        "Check the source's url and the network.",
                        cause));
            case ContentTooLongException _ ->
                Optional.of(unreadable(
                        Reason.FAILED,
                        "answered with more than " + Connection.ANSWER_LIMIT + " bytes",
                        "Ask for fewer samples or fields.",
                        cause));
            case ConnectionClosedException _, MalformedChunkCodingException _, EOFException _ ->
                Optional.of(brokeOff(cause));
            case HttpException _ ->
                Optional.of(unreadable(
                        Reason.FAILED, "sent " + inner.getMessage(), "Check the proxy before the server.", cause));
            case JsonException _ -> Optional.of(broken(cause));
            default -> Optional.empty();
        };
    }

    private LogUnreadable certificate(Throwable failure) {
        String why = "";
        for (Throwable inner = failure; inner != null; inner = inner.getCause()) {
            why = Optional.ofNullable(inner.getMessage()).orElse(why);
        }
        return unreadable(
                Reason.FAILED,
                "could not be trusted: the TLS handshake failed on its certificate or protocol: " + why,
                "Set ca to the PEM file of the authority that signed the server's certificate, and url to https where the server speaks TLS.",
                Optional.of(failure));
    }

    private LogUnreadable late(Duration limit, Optional<Throwable> cause) {
        return unreadable(
                Reason.TIMED_OUT,
                "did not answer within " + limit.toMillis() / 1000.0 + " s",
                "Ask about less time, or raise the source's or the step's timeout.",
                cause);
    }

    private LogUnreadable brokeOff(Optional<Throwable> cause) {
        return unreadable(
                Reason.UNREACHABLE,
                "broke off in the middle of its answer",
                "Look at the server's health and log, or the proxy's before it.",
                cause);
    }

    private LogUnreadable broken(Optional<Throwable> cause) {
        return unreadable(
                Reason.FAILED,
                "did not answer with what Elasticsearch sends",
                "Check that url is an Elasticsearch of 8.19 or later and not something before it.",
                cause);
    }

    private LogUnreadable unreadable(Reason reason, String what, String help, Optional<Throwable> cause) {
        String message = "source " + source + " (" + url + ") " + what;
        return cause.map(inner -> new LogUnreadable(reason, message, help, inner))
                .orElseGet(() -> new LogUnreadable(reason, message, help));
    }
}
