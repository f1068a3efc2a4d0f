package dev.whydunit.delivery;

import dev.whydunit.outbound.Answer;
import dev.whydunit.outbound.Call;
import dev.whydunit.outbound.HttpExchange;
import dev.whydunit.outbound.Refused;
import dev.whydunit.outbound.Route;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A message as an HTTP request. Redirects are not followed: an address that was configured is the one that is asked. */
final class PostAttempt implements Attempt {
    private static final int SHOWN = 200;
    private static final JsonMapper JSON = new JsonMapper();

    private final HttpExchange exchange;
    private final boolean slackMethod;
    private final Instant now;

    /**
     * @param slackMethod whether a good answer says in its body whether it was good, as those of Slack's methods do
     * @param now for a {@code Retry-After} that is a date
     */
    PostAttempt(Call call, Route route, boolean slackMethod, Instant now) {
        this.exchange = new HttpExchange(call, route);
        this.slackMethod = slackMethod;
        this.now = now;
    }

    @Override
    public Outcome run() {
        try {
            Answer answer = exchange.run();
            return answer.reached()
                    ? read(answer)
                    : new Outcome.Later(0, answer.failure() + ": " + answer.detail(), Optional.empty());
        } catch (Refused e) {
            return new Outcome.Refused(0, String.valueOf(e.getMessage()));
        }
    }

    @Override
    public void abort() {
        exchange.abort();
    }

    private Outcome read(Answer answer) {
        int status = answer.status();
        String said = "HTTP " + status + said(answer.body());
        if (status >= 200 && status < 300) {
            return slackMethod ? slack(answer) : new Outcome.Delivered(status, said);
        }
        if (status >= 300 && status < 400) {
            return new Outcome.Refused(
                    status, "HTTP " + status + ": redirects are not followed; write the final address");
        }
        return status == 408 || status == 429 || status >= 500
                ? new Outcome.Later(status, said, after(answer))
                : new Outcome.Refused(status, said);
    }

    /** {@code {"ok": false, "error": "channel_not_found"}} is said with 200. */
    private static Outcome slack(Answer answer) {
        try {
            JsonNode body = JSON.readTree(answer.body());
            if (body.path("ok").asBoolean(false)) {
                return new Outcome.Delivered(answer.status(), "HTTP " + answer.status());
            }
            String error = body.path("error").asString("an answer without ok");
            String said = "Slack: " + line(error);
            return switch (error) {
                case "ratelimited", "rate_limited", "internal_error", "fatal_error", "service_unavailable" ->
                    new Outcome.Later(answer.status(), said, Optional.empty());
                default -> new Outcome.Refused(answer.status(), said);
            };
        } catch (JacksonException e) {
            return new Outcome.Refused(answer.status(), "the answer is not JSON: is api Slack's?");
        }
    }

    private static String said(String body) {
        String line = line(body);
        return line.isEmpty() ? "" : ": " + line;
    }

    private static String line(String text) {
        String begin = text.substring(0, Math.min(text.length(), 4 * SHOWN))
                .replaceAll("[\\p{Cntrl}\\s]+", " ")
                .strip();
        return begin.length() > SHOWN ? begin.substring(0, SHOWN) + "…" : begin;
    }

    /** Seconds or a date. */
    private Optional<Duration> after(Answer answer) {
        String value = answer.headers().getOrDefault("retry-after", "").strip();
        if (value.matches("[0-9]{1,9}")) {
            return Optional.of(Duration.ofSeconds(Long.parseLong(value)));
        }
        try {
            Instant at = ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            return Optional.of(Duration.between(now, at)).filter(Duration::isPositive);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
