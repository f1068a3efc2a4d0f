package dev.whydunit.step.notify;

import dev.whydunit.delivery.Courier;
import dev.whydunit.delivery.Outcome;
import dev.whydunit.engine.Observation;
import dev.whydunit.engine.Observation.Cause;
import dev.whydunit.engine.Observation.Seen;
import dev.whydunit.engine.Observation.Unseen;
import dev.whydunit.engine.StepContext;
import dev.whydunit.engine.StepKind;
import dev.whydunit.engine.Touch;
import dev.whydunit.notification.Channel;
import dev.whydunit.notification.Message;
import dev.whydunit.notification.Messages;
import dev.whydunit.notification.Notifications;
import dev.whydunit.runbook.Effect;
import dev.whydunit.runbook.KindSignature;
import dev.whydunit.schema.Spelling;
import dev.whydunit.source.SourceEnvironment;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The step kind {@code notify}. */
public final class NotifyKind implements StepKind<NotifyParameters> {
    private static final int MOST_ATTEMPTS = 3;
    private static final Duration WAIT = Duration.ofSeconds(1);

    private static final KindSignature SIGNATURE = new KindSignature(
            "notify",
            "A message to a channel; needs approval.",
            NotifyParameters.class,
            NotifyResult.class,
            Duration.ofMinutes(1),
            Duration.ofSeconds(2),
            Effect.WRITE,
            Optional.empty());

    private final Notifications notifications;
    private final Courier courier;

    /** @param environment where the secrets of channels are read */
    public NotifyKind(Notifications notifications, SourceEnvironment environment) {
        this.notifications = notifications;
        this.courier = new Courier(environment, InstantSource.system());
    }

    @Override
    public KindSignature signature() {
        return SIGNATURE;
    }

    @Override
    public boolean writes() {
        return true;
    }

    @Override
    public List<Touch> touches(NotifyParameters parameters) {
        return List.of(new Touch.Channel(parameters.channel()));
    }

    @Override
    public String rendered(NotifyParameters parameters) {
        return "notify " + parameters.channel() + ": "
                + parameters.subject().map(subject -> subject + ": ").orElse("") + parameters.text();
    }

    @Override
    public Observation observe(NotifyParameters parameters, StepContext context) throws InterruptedException {
        Channel channel = notifications.channels().get(parameters.channel());
        if (channel == null) {
            return new Unseen(
                    Cause.FAILED,
                    "there is no channel '" + parameters.channel() + "'",
                    notifications.channels().isEmpty()
                            ? "add one under notifications: {channels: …} in whydunit.yaml"
                            : Spelling.didYouMeanOr(
                                    parameters.channel(),
                                    notifications.channels().keySet(),
                                    "channels"));
        }
        Message message = Messages.ofStep(
                parameters.subject().orElse("Step " + context.step()),
                parameters.text(),
                context.clock().instant());
        Optional<String> objection = channel.objection(message);
        return objection.isPresent()
                ? new Unseen(Cause.FAILED, objection.get(), "name another channel")
                : send(channel, message, context);
    }

    private Observation send(Channel channel, Message message, StepContext context) throws InterruptedException {
        long begun = System.nanoTime();
        String key = "ntf-" + UUID.randomUUID();
        int attempts = 0;
        Duration wait = WAIT;
        while (true) {
            Outcome outcome = courier.deliver(channel, message, key);
            attempts += outcome instanceof Outcome.Busy ? 0 : 1;
            switch (outcome) {
                case Outcome.Delivered delivered -> {
                    return seen(channel, true, delivered, attempts, begun, context);
                }
                case Outcome.Refused refused -> {
                    return seen(channel, false, refused, attempts, begun, context);
                }
                case Outcome.Later later -> {
                    Duration asked = later.after()
                            .filter(longer -> longer.compareTo(WAIT) > 0)
                            .orElse(wait);
                    wait = asked.multipliedBy(2);
                    if (attempts >= MOST_ATTEMPTS || context.remaining().compareTo(wait) < 0) {
                        return seen(channel, false, later, attempts, begun, context);
                    }
                    context.progress("not taken yet: " + later.said());
                    Thread.sleep(asked);
                }
                case Outcome.Busy busy -> Thread.sleep(WAIT);
            }
        }
    }

    private static Observation seen(
            Channel channel, boolean delivered, Outcome last, int attempts, long begun, StepContext context) {
        NotifyResult result = new NotifyResult(
                channel.name(),
                delivered,
                last.status(),
                last.said(),
                attempts,
                (System.nanoTime() - begun) / 1e9,
                context.approvedBy().orElse(""));
        return new Seen(
                result,
                true,
                List.of(),
                delivered ? List.of() : List.of("the message was not delivered: " + last.said()));
    }
}
