package dev.whydunit.source.elasticsearch;

import co.elastic.clients.elasticsearch._types.ElasticsearchException;
import co.elastic.clients.elasticsearch._types.ErrorCause;
import co.elastic.clients.transport.TransportException;
import dev.whydunit.source.log.LogUnreadable;
import dev.whydunit.source.log.LogUnreadable.Reason;
import jakarta.json.JsonException;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.apache.http.ConnectionClosedException;
import org.apache.http.ContentTooLongException;
import org.apache.http.HttpException;
import org.apache.http.MalformedChunkCodingException;
import org.apache.http.conn.ConnectTimeoutException;

/** Says in one line what went wrong with a request, and what to do about it. */
record Faults(String source, String url) {
    LogUnreadable of(Throwable failure, Duration limit) {
        Throwable cause = failure;
        while ((cause instanceof CompletionException || cause instanceof ExecutionException)
                && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return switch (cause) {
            case ElasticsearchException refused -> refused(refused);
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
        String said = deepest(error);
        Optional<Throwable> cause = Optional.of(refused);
        return switch (refused.status()) {
            case 401 -> unreadable(
                    Reason.DENIED, "answered 401: it does not accept the credentials", "Check api_key, or user and password.", cause);
            case 403 -> unreadable(
                    Reason.DENIED, "answered 403: " + said, "Give the source's user the privileges read and view_index_metadata on the index.", cause);
            case 404 -> unreadable(
                    Reason.FAILED, "answered 404: " + said, "Check the source's index; a pattern such as logs-* may match none.", cause);
            case 400 -> unreadable(
                    Reason.FAILED,
                    (isQuery(error) ? "the query is wrong: " : "answered 400: ") + said,
                    isQuery(error) ? "Correct the step's query (Lucene query string syntax)." : "",
                    cause);
            case 429 -> unreadable(
                    Reason.FAILED, "answered 429: it has too much to do: " + said, "Ask again later, or about less time.", cause);
            default -> unreadable(
                    Reason.FAILED, "answered " + refused.status() + ": " + (said.isEmpty() ? type : said), "Look at the server's health and log.", cause);
        };
    }

    private static boolean isQuery(ErrorCause error) {
        for (ErrorCause cause = error; cause != null; cause = cause.causedBy()) {
            String type = Optional.ofNullable(cause.type()).orElse("");
            if (type.equals("query_shard_exception") || type.equals("parse_exception") || type.equals("number_format_exception")
                    || type.equals("too_complex_to_determinize_exception")) {
                return true;
            }
        }
        return error.rootCause().stream().anyMatch(root -> "query_shard_exception".equals(root.type()));
    }

    /** The first line of the innermost reason, which says most. */
    private static String deepest(ErrorCause error) {
        ErrorCause deepest = error.rootCause().isEmpty() ? error : error.rootCause().getFirst();
        for (ErrorCause cause = error.causedBy(); cause != null; cause = cause.causedBy()) {
            deepest = cause;
        }
        String outer = firstLine(error.rootCause().isEmpty() ? error : error.rootCause().getFirst());
        String inner = firstLine(deepest);
        return inner.isEmpty() ? outer : inner;
    }

    private static String firstLine(ErrorCause cause) {
        return Optional.ofNullable(cause.reason()).flatMap(reason -> reason.lines().findFirst()).orElse("");
    }

    private LogUnreadable strange(TransportException strange, Duration limit) {
        int status = strange.statusCode();
        Optional<Throwable> cause = Optional.of(strange);
        if (status >= 300 && status < 400) {
            String location = Optional.ofNullable(strange.response().header("Location")).orElse("another address");
            return unreadable(
                    Reason.FAILED, "answered " + status + ": it redirects to " + location, "Set url to the server's own address; redirects are not followed.", cause);
        }
        if (status == 401 || status == 403) {
            return unreadable(
                    Reason.DENIED, "answered " + status + ": it does not accept the credentials", "Check api_key, or user and password.", cause);
        }
        if (status >= 400) {
            return unreadable(Reason.FAILED, "answered " + status, "Look at the server's health and log, or the proxy's before it.", cause);
        }
        String message = String.valueOf(strange.getMessage());
        if (message.contains("X-Elastic-Product")) {
            return unreadable(
                    Reason.FAILED, "is not an Elasticsearch: its answer lacks the header X-Elastic-Product", "Set url to an Elasticsearch of 8.19 or later.", cause);
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
                ? unreadable(Reason.FAILED, "could not be asked: " + failure.getMessage(), "Check the source's url and that the server runs.", Optional.of(failure))
                : broken(Optional.of(failure));
    }

    private Optional<LogUnreadable> known(Throwable inner, Throwable failure, Duration limit) {
        Optional<Throwable> cause = Optional.of(failure);
        return switch (inner) {
            case SSLPeerUnverifiedException _ -> Optional.of(unreadable(
                    Reason.FAILED, "has a certificate for another host name: " + inner.getMessage(), "Set url to a name that the certificate holds.", cause));
            case SSLException _ -> Optional.of(certificate(failure));
            case UnknownHostException _, UnresolvedAddressException _ -> Optional.of(
                    unreadable(Reason.FAILED, "has a host name that does not exist", "Check the source's url.", cause));
            case TimeoutException _, SocketTimeoutException _, ConnectTimeoutException _ -> Optional.of(late(limit, cause));
            case ConnectException _ -> Optional.of(unreadable(
                    Reason.FAILED, "refused the connection", "Check the source's url and that the server runs.", cause));
            case NoRouteToHostException _ -> Optional.of(unreadable(
                    Reason.FAILED, "cannot be reached: there is no route to it", "Check the source's url and the network.", cause));
            case ContentTooLongException _ -> Optional.of(unreadable(
                    Reason.FAILED, "answered with more than " + Connection.ANSWER_LIMIT + " bytes", "Ask for fewer samples or fields.", cause));
            case ConnectionClosedException _, MalformedChunkCodingException _, EOFException _ -> Optional.of(brokeOff(cause));
            case HttpException _ -> Optional.of(
                    unreadable(Reason.FAILED, "sent " + inner.getMessage(), "Check the proxy before the server.", cause));
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
        return unreadable(Reason.FAILED, "broke off in the middle of its answer", "Look at the server's health and log, or the proxy's before it.", cause);
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
