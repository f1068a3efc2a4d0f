package dev.whydunit.doctor;

import dev.whydunit.config.Configuration;
import dev.whydunit.config.TlsSettings;
import dev.whydunit.webhook.Receiver;
import dev.whydunit.webhook.Receivers;
import dev.whydunit.yaml.PlainValues;
import dev.whydunit.yaml.Problem;
import dev.whydunit.yaml.ProblemRenderer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What others can reach, and how they are known: receivers, TLS, hosts whose keys are not checked. */
final class DoorChecks {
    private static final Duration SOON = Duration.ofDays(21);

    private DoorChecks() {}

    static List<Check> of(Configuration configuration) {
        List<Check> checks = new ArrayList<>();
        receivers(configuration, checks);
        checks.add(tls(configuration));
        hosts(configuration, checks);
        return checks;
    }

    private static void receivers(Configuration configuration, List<Check> checks) {
        Receivers.Loaded loaded = Receivers.read(configuration.receivers(), configuration.environment(), address -> {
            throw new GeneralSecurityException("nothing is fetched here");
        });
        for (Problem problem : loaded.problems()) {
            checks.add(Check.problem("receivers", ProblemRenderer.line(problem), problem.help()));
        }
        for (Receiver receiver : loaded.receivers().values()) {
            checks.add(
                    receiver.open()
                            ? Check.warning(
                                    "receiver " + receiver.name(),
                                    "anybody who reaches it may send alerts (auth: none)",
                                    "give it auth:, as docs/webhooks.md shows for " + receiver.kind())
                            : Check.ok("receiver " + receiver.name(), receiver.kind() + " senders are authenticated"));
        }
    }

    private static Check tls(Configuration configuration) {
        Optional<TlsSettings> tls = configuration.operation().tls();
        if (tls.isEmpty()) {
            return Check.warning(
                    "tls",
                    "serve speaks plain HTTP; nobody else hears that as long as it listens on this machine alone",
                    "before serve --address: set tls: {certificate: FILE, key: FILE}, or put a proxy with TLS before it");
        }
        Path key = configuration.environment().resolve(tls.get().key());
        if (!Files.isReadable(key)) {
            return Check.problem("tls", key + " is not there or cannot be read by this user", "see tls.key");
        }
        Path file = configuration.environment().resolve(tls.get().certificate());
        try {
            X509Certificate certificate = (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(Files.readAllBytes(file)));
            Instant end = certificate.getNotAfter().toInstant();
            Duration left = Duration.between(Instant.now(), end);
            return left.isNegative()
                    ? Check.problem(
                            "tls", file + " expired at " + end, "put a new certificate there; no restart is needed")
                    : left.compareTo(SOON) < 0
                            ? Check.warning("tls", file + " expires at " + end, "renew it; no restart is needed")
                            : Check.ok("tls", file + " is valid until " + end);
        } catch (IOException | GeneralSecurityException e) {
            return Check.problem(
                    "tls", file + " is no certificate that can be read: " + e.getMessage(), "see tls.certificate");
        }
    }

    private static void hosts(Configuration configuration, List<Check> checks) {
        configuration
                .hosts()
                .values()
                .forEach(host -> host.ssh().ifPresent(ssh -> {
                    if (PlainValues.of(ssh) instanceof Map<?, ?> settings
                            && ("no".equals(String.valueOf(settings.get("host_key_check")))
                                    || "false".equals(String.valueOf(settings.get("host_key_check"))))) {
                        checks.add(Check.warning(
                                "host " + host.name(),
                                "its key is not checked: anybody on the way can be it",
                                "put its key into known_hosts and remove host_key_check: false"));
                    }
                }));
    }
}
