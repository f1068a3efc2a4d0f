package dev.whydunit.webhook;

import dev.whydunit.schema.About;
import dev.whydunit.schema.Default;
import dev.whydunit.yaml.Scalars;
import dev.whydunit.yaml.YamlNode;
import java.time.Duration;
import java.util.Optional;

/** A receiver as {@code whydunit.yaml} writes it. */
@About("A webhook that brings alerts; POST /webhooks/NAME.")
record ReceiverDocument(
        @About(value = "Who sends.", example = "alertmanager")
        YamlNode.Scalar kind,

        @About(value = "How it is known that it is them; none lets anybody send.", example = "{bearer: 'env:AM_TOKEN'}")
        YamlNode auth,

        @About("For kind generic: how to read its JSON.") Optional<MappingDocument> map,

        @About(value = "The most deliveries in a minute; more are answered with 429.", example = "600") @Default("6000")
        int perMinute) {

    @About("How a sender is known; exactly one.")
    record AuthDocument(
            @About("A bearer token; two while it is being changed.")
            Optional<Scalars> bearer,

            @About("Basic authentication.") Optional<BasicDocument> basic,
            @About("A header that holds a secret.") Optional<HeaderDocument> header,
            @About("A signature over the body.") Optional<YamlNode> signature,
            @About("Standard Webhooks' signature.") Optional<Scalars> standardWebhooks,

            @About("The ARNs of the SNS topics that may send.")
            Optional<Scalars> topics) {}

    @About("Basic authentication.")
    record BasicDocument(
            @About("The user.") String user,
            @About("A reference to the password.") Scalars password) {}

    @About("A header that holds a secret.")
    record HeaderDocument(
            @About("Its name.") String name,
            @About("A reference to the secret.") Scalars secret) {}

    @About("A signature over the body: HMAC-SHA256 in hex.")
    record SignatureDocument(
            @About("A reference to the secret; two while it is being changed.")
            Scalars secret,

            @About("The header that it stands in.") Optional<String> header,

            @About("A header with the time that is signed with the body.")
            Optional<String> timestampHeader,

            @About("How far that time may be away.") @Default("5m")
            Duration window) {}
}
