package dev.whydunit.webhook;

import dev.whydunit.alert.AlertFormat;
import dev.whydunit.schema.Spelling;
import dev.whydunit.source.SourceEnvironment;
import dev.whydunit.webhook.ReceiverDocument.AuthDocument;
import dev.whydunit.webhook.ReceiverDocument.BasicDocument;
import dev.whydunit.webhook.ReceiverDocument.HeaderDocument;
import dev.whydunit.webhook.ReceiverDocument.SignatureDocument;
import dev.whydunit.yaml.Binder;
import dev.whydunit.yaml.Holes;
import dev.whydunit.yaml.Problem;
import dev.whydunit.yaml.Problems;
import dev.whydunit.yaml.Scalars;
import dev.whydunit.yaml.YamlNode;
import dev.whydunit.yaml.YamlReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Reads the receivers of a configuration. */
public final class Receivers {
    private static final String BAD_KIND = "E621";
    private static final String BAD_AUTH = "E622";
    private static final String BAD_MAP = "E623";
    private static final String GENERIC = "generic";
    private static final String SNS = "sns";
    private static final Duration WINDOW = Duration.ofMinutes(5);

    private final SourceEnvironment environment;
    private final CertificateSource certificates;
    private final Problems problems = new Problems();

    private Receivers(SourceEnvironment environment, CertificateSource certificates) {
        this.environment = environment;
        this.certificates = certificates;
    }

    /**
     * What the receivers turned out to be.
     *
     * @param receivers by name, in the order of the file; those without a problem
     */
    public record Loaded(Map<String, Receiver> receivers, List<Problem> problems) {
        /** Keeps its own copies. */
        public Loaded {
            receivers = Collections.unmodifiableMap(new LinkedHashMap<>(receivers));
            problems = List.copyOf(problems);
        }
    }

    /**
     * Reads and checks them; secrets are not read before a delivery needs them.
     *
     * @param receivers as written, by name
     */
    public static Loaded read(
            Map<String, YamlNode> receivers, SourceEnvironment environment, CertificateSource certificates) {
        Receivers reader = new Receivers(environment, certificates);
        Map<String, Receiver> read = new LinkedHashMap<>();
        receivers.forEach((name, node) -> reader.receiver(name, node).ifPresent(receiver -> read.put(name, receiver)));
        return new Loaded(read, reader.problems.sorted());
    }

    /** The kinds of senders that can be read. */
    public static Set<String> kinds() {
        Set<String> kinds = new TreeSet<>(AlertFormat.all().keySet());
        kinds.add(GENERIC);
        kinds.addAll(ReadyMappings.BY_NAME.keySet());
        return kinds;
    }

    /** A receiver for what a person brings: it reads one kind of sender, is named so, and nobody can post to it. Empty when there is no such kind. */
    public static Optional<Receiver> ofKind(String kind) {
        return kinds().contains(kind)
                ? Optional.of(new Receiver(
                        kind, kind, delivery -> Optional.of(new Refusal(403, "nobody may post to it")), plain(kind), 1))
                : Optional.empty();
    }

    private static Receiver.Reading plain(String kind) {
        Optional<AlertFormat> format = AlertFormat.named(kind);
        return format.isPresent()
                ? delivery -> format.get().read(delivery.body())
                : ready(ReadyMappings.BY_NAME.getOrDefault(kind, ReadyMappings.PLAIN))::read;
    }

    private Optional<Receiver> receiver(String name, YamlNode node) {
        int before = problems.size();
        Optional<ReceiverDocument> bound = new Binder(Holes.NONE, problems)
                .bindAsFarAsItGoes(node, ReceiverDocument.class, "receiver '" + name + "'", node);
        if (bound.isEmpty() || problems.size() > before) {
            return Optional.empty();
        }
        ReceiverDocument document = bound.get();
        String kind = document.kind().text();
        Optional<Receiver.Reading> reading = reading(document, kind);
        Optional<Authentication> authentication = authentication(document, kind);
        return reading.isPresent() && authentication.isPresent() && problems.size() == before
                ? Optional.of(new Receiver(name, kind, authentication.get(), reading.get(), document.perMinute()))
                : Optional.empty();
    }

    private Optional<Receiver.Reading> reading(ReceiverDocument document, String kind) {
        Optional<AlertFormat> format = AlertFormat.named(kind);
        boolean mapped = kind.equals(GENERIC) || ReadyMappings.BY_NAME.containsKey(kind);
        if (format.isEmpty() && !mapped) {
            problems.add(
                    BAD_KIND,
                    document.kind(),
                    "there is no kind of receiver '" + kind + "'",
                    Spelling.didYouMeanOr(kind, kinds(), "kinds"));
            return Optional.empty();
        }
        if (document.map().isPresent() && !mapped) {
            problems.add(
                    BAD_MAP,
                    document.kind(),
                    "kind " + kind + " has a format of its own and takes no map",
                    "write kind: generic");
            return Optional.empty();
        }
        return document.map().isPresent()
                ? new MappingReader(problems).read(document.map().get()).map(mapping -> mapping::read)
                : Optional.of(plain(kind));
    }

    private static MappedFormat ready(String text) {
        Problems none = new Problems();
        Optional<MappedFormat> format = YamlReader.read("mapping", text)
                .root()
                .flatMap(root ->
                        new Binder(Holes.NONE, none).bindAsFarAsItGoes(root, MappingDocument.class, "a mapping", root))
                .flatMap(document -> new MappingReader(none).read(document));
        return format.orElseThrow(() -> new IllegalStateException("a mapping of ours is wrong: " + none.sorted()));
    }

    private Optional<Authentication> authentication(ReceiverDocument document, String kind) {
        YamlNode auth = document.auth();
        if (auth instanceof YamlNode.Scalar scalar && scalar.text().equals("none")) {
            if (kind.equals(SNS)) {
                problems.add(
                        BAD_AUTH,
                        auth,
                        "SNS signs its messages; say whose count",
                        "write auth: {topics: ['arn:aws:sns:…']}");
                return Optional.empty();
            }
            return Optional.of(new Unauthenticated());
        }
        int before = problems.size();
        Optional<AuthDocument> bound =
                new Binder(Holes.NONE, problems).bindAsFarAsItGoes(auth, AuthDocument.class, "auth", auth);
        if (bound.isEmpty() || problems.size() > before) {
            return Optional.empty();
        }
        AuthDocument given = bound.get();
        List<Authentication> ways = new ArrayList<>();
        given.bearer().ifPresent(references -> ways.add(SecretHeader.bearer(secrets(references))));
        given.basic().ifPresent(basic -> ways.add(SecretHeader.basic(basic.user(), secrets(basic.password()))));
        given.header().ifPresent(header -> ways.add(new SecretHeader(header.name(), "", "", secrets(header.secret()))));
        given.signature().flatMap(node -> signature(node, kind)).ifPresent(ways::add);
        given.standardWebhooks().ifPresent(references -> ways.add(new StandardWebhook(WINDOW, secrets(references))));
        given.topics().ifPresent(topics -> ways.add(new SnsSignature(texts(topics), certificates)));
        if (problems.size() > before) {
            return Optional.empty();
        }
        if (ways.size() != 1 || isEmpty(given)) {
            problems.add(
                    BAD_AUTH,
                    auth,
                    "auth names exactly one way and its secret",
                    "one of bearer, basic, header, signature, standard_webhooks, topics; or auth: none to let anybody send");
            return Optional.empty();
        }
        if (kind.equals(SNS) != ways.getFirst() instanceof SnsSignature) {
            problems.add(BAD_AUTH, auth, "topics is how SNS is known, and SNS only", "");
            return Optional.empty();
        }
        return Optional.of(ways.getFirst());
    }

    private static boolean isEmpty(AuthDocument auth) {
        return Stream.of(
                        auth.bearer(),
                        auth.standardWebhooks(),
                        auth.topics(),
                        auth.basic().map(BasicDocument::password),
                        auth.header().map(HeaderDocument::secret))
                .flatMap(Optional::stream)
                .anyMatch(references -> references.items().isEmpty());
    }

    private Optional<Authentication> signature(YamlNode node, String kind) {
        Optional<SignatureDocument> document = node instanceof YamlNode.Mapping
                ? new Binder(Holes.NONE, problems).bindAsFarAsItGoes(node, SignatureDocument.class, "signature", node)
                : scalars(node)
                        .map(secret -> new SignatureDocument(secret, Optional.empty(), Optional.empty(), WINDOW));
        if (document.isEmpty() || document.get().secret().items().isEmpty()) {
            problems.add(BAD_AUTH, node, "a signature needs a secret", "write signature: 'env:NAME'");
            return Optional.empty();
        }
        Optional<String> header = document.get().header().or(() -> switch (kind) {
            case "grafana" -> Optional.of("X-Grafana-Alerting-Signature");
            case "pagerduty" -> Optional.of("X-PagerDuty-Signature");
            case "sentry" -> Optional.of("Sentry-Hook-Signature");
            default -> Optional.empty();
        });
        if (header.isEmpty()) {
            problems.add(
                    BAD_AUTH,
                    node,
                    "kind " + kind + " has no usual header for a signature",
                    "write signature: {secret: …, header: …}");
            return Optional.empty();
        }
        return Optional.of(new HexSignature(
                header.get(),
                kind.equals("pagerduty") ? "v1=" : "",
                document.get().timestampHeader(),
                document.get().window(),
                secrets(document.get().secret())));
    }

    private static Optional<Scalars> scalars(YamlNode node) {
        return switch (node) {
            case YamlNode.Scalar scalar -> Optional.of(new Scalars(List.of(scalar)));
            case YamlNode.Sequence list ->
                Optional.of(new Scalars(list.items().stream()
                        .filter(YamlNode.Scalar.class::isInstance)
                        .map(YamlNode.Scalar.class::cast)
                        .toList()));
            case YamlNode.Mapping mapping -> Optional.empty();
        };
    }

    private SharedSecrets secrets(Scalars references) {
        for (YamlNode.Scalar reference : references.items()) {
            if (!reference.text().startsWith("env:") && !reference.text().startsWith("file:")) {
                problems.add(
                        BAD_AUTH,
                        reference,
                        "a secret is given by reference, not by value",
                        "write env:NAME for an environment variable or file:PATH for a file");
            }
        }
        return new SharedSecrets(List.copyOf(texts(references)), environment);
    }

    private static Set<String> texts(Scalars scalars) {
        return new TreeSet<>(scalars.items().stream().map(YamlNode.Scalar::text).toList());
    }
}
