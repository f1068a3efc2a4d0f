package dev.whydunit.delivery;

import dev.whydunit.notification.Channel;
import dev.whydunit.notification.Letter;
import dev.whydunit.notification.Message;
import dev.whydunit.notification.PagerDutyNote;
import dev.whydunit.notification.SlackBlocks;
import dev.whydunit.notification.TeamsCard;
import dev.whydunit.notification.WebhookPayload;
import dev.whydunit.outbound.AddressPolicy;
import dev.whydunit.outbound.Call;
import dev.whydunit.outbound.Route;
import dev.whydunit.source.SourceEnvironment;
import dev.whydunit.webhook.StandardSignature;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Makes one attempt at a time to send a message to a channel. Bounded: 5 s to connect, 15 s for all of it, a few at once for each channel,
 * so that one that does not answer delays no other. Thread-safe.
 */
public final class Courier {
    /**
     * The addresses of channels are the operator's own, so that inner ones are asked, too; {@code outbound:} is about what runbooks and alerts
     * have a say in. Link-local and metadata addresses are refused all the same.
     */
    private static final AddressPolicy POLICY = AddressPolicy.DEFAULT;

    private static final Duration LIMIT = Duration.ofSeconds(15);
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final int AT_ONCE = 2;

    private final SourceEnvironment environment;
    private final Supplier<Route> route;
    private final InstantSource clock;
    private final Duration limit;
    private final Map<String, Semaphore> lanes = new ConcurrentHashMap<>();

    /** Whom this machine trusts takes a while to read: made when the first message is sent. */
    private static final class SystemRoute {
        static final Route ROUTE = Route.system(POLICY);
    }

    /** By this machine's name service and its trusted authorities; secrets are read for each attempt. */
    public Courier(SourceEnvironment environment, InstantSource clock) {
        this(environment, () -> SystemRoute.ROUTE, clock, LIMIT);
    }

    Courier(SourceEnvironment environment, Supplier<Route> route, InstantSource clock, Duration limit) {
        this.environment = environment;
        this.route = route;
        this.clock = clock;
        this.limit = limit;
    }

    /**
     * Sends a message, or finds out why it cannot be sent.
     *
     * @param key the same for each attempt at this message, so that the other side can tell that it has it already
     * @throws InterruptedException when the thread was interrupted; whether it was taken is not known then
     */
    public Outcome deliver(Channel channel, Message message, String key) throws InterruptedException {
        Optional<String> objection = channel.objection(message);
        if (objection.isPresent()) {
            return new Outcome.Refused(0, objection.get());
        }
        Attempt attempt;
        try {
            attempt = attempt(channel, message, key);
        } catch (IllegalArgumentException e) {
            // A secret that is missing may be there in a minute.
            return new Outcome.Later(0, String.valueOf(e.getMessage()), Optional.empty());
        }
        Semaphore lane = lanes.computeIfAbsent(channel.name(), name -> new Semaphore(AT_ONCE));
        return lane.tryAcquire() ? within(limit, attempt, channel, lane) : new Outcome.Busy();
    }

    /**
     * On a thread of its own, and not on one of those that all virtual ones share: looking a name up may hold it for long, and must hold up
     * no diagnosis. The place is given back when the thread has really ended.
     */
    private static Outcome within(Duration limit, Attempt attempt, Channel channel, Semaphore lane)
            throws InterruptedException {
        CompletableFuture<Outcome> outcome = new CompletableFuture<>();
        Thread.ofPlatform().daemon().name("message to " + channel.name()).start(() -> {
            try {
                outcome.complete(attempt.run());
            } catch (RuntimeException | LinkageError e) {
                outcome.completeExceptionally(e);
            } finally {
                lane.release();
            }
        });
        try {
            return outcome.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            attempt.abort();
            return new Outcome.Later(0, "timeout: no answer within " + limit.toSeconds() + " s", Optional.empty());
        } catch (ExecutionException e) {
            return new Outcome.Refused(0, "it could not be sent: " + e.getCause());
        } catch (InterruptedException e) {
            attempt.abort();
            throw e;
        }
    }

    private Attempt attempt(Channel channel, Message message, String key) {
        return switch (channel) {
            case Channel.SlackWebhook slack ->
                post(
                        secret(slack.url()),
                        Map.of(),
                        SlackBlocks.body(message, slack.template(), Optional.empty()),
                        false);
            case Channel.SlackApp slack ->
                post(
                        below(slack.api(), "chat.postMessage"),
                        Map.of("Authorization", "Bearer " + secret(slack.token())),
                        SlackBlocks.body(message, slack.template(), Optional.of(slack.channel())),
                        true);
            case Channel.Teams teams ->
                post(secret(teams.url()), Map.of(), TeamsCard.body(message, teams.template()), false);
            case Channel.PagerDuty pagerDuty ->
                post(
                        below(pagerDuty.api(), "incidents/" + segment(message) + "/notes"),
                        Map.of(
                                "Authorization",
                                "Token token=" + secret(pagerDuty.token()),
                                "Accept",
                                "application/vnd.pagerduty+json;version=2",
                                "From",
                                pagerDuty.from()),
                        PagerDutyNote.body(message, pagerDuty.template()),
                        false);
            case Channel.Webhook webhook -> signed(webhook, message, key);
            case Channel.Email email ->
                new MailAttempt(
                        email,
                        email.password().map(this::secret),
                        Letter.of(message, email),
                        key,
                        clock.instant(),
                        route.get(),
                        CONNECT,
                        limit);
        };
    }

    private Attempt signed(Channel.Webhook webhook, Message message, String key) {
        String body = WebhookPayload.body(message, webhook.template());
        String time = Long.toString(clock.instant().getEpochSecond());
        String signature = StandardSignature.of(
                secret(webhook.secret()).getBytes(StandardCharsets.UTF_8),
                key,
                time,
                body.getBytes(StandardCharsets.UTF_8));
        return post(
                secretOrItself(webhook.url()),
                Map.of(
                        StandardSignature.ID,
                        key,
                        StandardSignature.TIMESTAMP,
                        time,
                        StandardSignature.SIGNATURE,
                        signature),
                body,
                false);
    }

    private Attempt post(String address, Map<String, String> headers, String body, boolean slackMethod) {
        Instant now = clock.instant();
        Map<String, String> all = new LinkedHashMap<>(headers);
        all.put("Content-Type", "application/json; charset=UTF-8");
        return new PostAttempt(
                new Call(uri(address), "POST", all, body, limit, CONNECT), route.get(), slackMethod, now);
    }

    private static String below(String api, String path) {
        return (api.endsWith("/") ? api : api + "/") + path;
    }

    /** The id of PagerDuty's incident, which came with the alert, as one segment of a path. */
    private static String segment(Message message) {
        return URLEncoder.encode(message.labels().getOrDefault(Channel.PagerDuty.INCIDENT, ""), StandardCharsets.UTF_8)
                .replace("+", "%20");
    }

    private String secretOrItself(String url) {
        return Channel.isReference(url) ? secret(url) : url;
    }

    private String secret(String reference) {
        String value = environment.secret(reference).strip();
        if (value.isEmpty() || value.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("the secret " + reference + " is empty, or more than one line");
        }
        return value;
    }

    /** The address may be a secret: no message shows it. */
    private static URI uri(String address) {
        return Channel.address(address)
                .orElseThrow(() -> new IllegalArgumentException(
                        "the channel's address is no http or https address with a host and without a user"));
    }
}
