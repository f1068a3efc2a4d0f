package dev.whydunit.webhook;

import dev.whydunit.alert.AlertFormat;
import dev.whydunit.alert.Notification;
import dev.whydunit.alert.UnreadableAlert;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;

/** A door for one sender's alerts. Thread-safe. */
public final class Receiver {
    /** Reads the alerts of a delivery. */
    @FunctionalInterface
    interface Reading {
        Notification read(Delivery delivery) throws UnreadableAlert;
    }

    /** What a delivery came to. */
    public sealed interface Outcome {
        /** It is from whom it should be, and was read. */
        record Read(Notification notification) implements Outcome {}

        /** It is Amazon's request to confirm a subscription, by a call of this address, which is Amazon's own. */
        record Confirm(URI address) implements Outcome {}

        /** It is not taken. */
        record Refused(Refusal refusal) implements Outcome {}
    }

    private final String name;
    private final String kind;
    private final Authentication authentication;
    private final Reading reading;
    private final int perMinute;

    Receiver(String name, String kind, Authentication authentication, Reading reading, int perMinute) {
        this.name = name;
        this.kind = kind;
        this.authentication = authentication;
        this.reading = reading;
        this.perMinute = perMinute;
    }

    /** Its name in the configuration and in its address. */
    public String name() {
        return name;
    }

    /** Whose alerts it reads. */
    public String kind() {
        return kind;
    }

    /** Whether anybody at all may send to it. */
    public boolean open() {
        return authentication.open();
    }

    /** The most deliveries in a minute. */
    public int perMinute() {
        return perMinute;
    }

    /**
     * Checks who sent a delivery and reads it; nothing in it is parsed before its sender is known.
     *
     * @throws IllegalArgumentException when a secret of this receiver cannot be read: the fault is this machine's
     */
    public Outcome receive(Delivery delivery) {
        if (delivery.body().length > AlertFormat.MAX_BYTES) {
            return new Outcome.Refused(
                    new Refusal(413, "the payload has more than " + AlertFormat.MAX_BYTES + " bytes"));
        }
        Optional<Refusal> refusal = authentication.refuses(delivery);
        return refusal.isPresent() ? new Outcome.Refused(refusal.get()) : read(delivery);
    }

    /** Reads a delivery that a person of this machine brings, whoever wrote it: nobody's signature is asked for. */
    public Outcome read(Delivery delivery) {
        if (delivery.body().length > AlertFormat.MAX_BYTES) {
            return new Outcome.Refused(
                    new Refusal(413, "the payload has more than " + AlertFormat.MAX_BYTES + " bytes"));
        }
        try {
            if (kind.equals("sns")) {
                Optional<URI> subscription = subscription(delivery);
                if (subscription.isPresent()) {
                    return new Outcome.Confirm(subscription.get());
                }
            }
            return new Outcome.Read(reading.read(delivery));
        } catch (UnreadableAlert e) {
            return new Outcome.Refused(new Refusal(400, String.valueOf(e.getMessage())));
        }
    }

    private static Optional<URI> subscription(Delivery delivery) throws UnreadableAlert {
        try {
            Map<String, String> fields = SnsSignature.fields(delivery.body());
            if (!"SubscriptionConfirmation".equals(fields.get("Type"))) {
                return Optional.empty();
            }
            Optional<URI> address = SnsSignature.amazon(fields.getOrDefault("SubscribeURL", ""));
            if (address.isEmpty()) {
                throw new UnreadableAlert("SubscribeURL is not an address of Amazon SNS");
            }
            return address;
        } catch (JacksonException e) {
            throw new UnreadableAlert("not readable as JSON");
        }
    }
}
