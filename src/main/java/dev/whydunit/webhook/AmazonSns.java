package dev.whydunit.webhook;

import dev.whydunit.outbound.Answer;
import dev.whydunit.outbound.Call;
import dev.whydunit.outbound.HttpExchange;
import dev.whydunit.outbound.Refused;
import dev.whydunit.outbound.Route;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertPathValidator;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/**
 * What is asked of Amazon SNS: the certificates of its signatures, and the confirmation of a subscription. Its host is known by TLS: the
 * chain of its certificate is checked up to a trusted authority, and so is its name; nothing but {@code https://sns.REGION.amazonaws.com}
 * is asked, no redirect is followed, and no private address is connected to. Thread-safe.
 */
public final class AmazonSns implements CertificateSource {
    private static final Duration LIMIT = Duration.ofSeconds(5);
    /** Amazon has one certificate a region, and a new one a year. */
    private static final int MOST_KEPT = 32;

    private static final Duration FAILURE_KEPT = Duration.ofSeconds(30);
    private static final int SUBJECT_DNS = 2;
    private static final int FIRST_SERVER_ERROR = 500;

    private final Route route;
    private final InstantSource clock;
    private final Supplier<Set<X509Certificate>> authorities;
    private final Map<URI, X509Certificate> known = bounded();
    /** Failures are remembered for a moment, apart: a flood of messages with addresses of nothing forgets no certificate. */
    private final Map<URI, Failed> failed = bounded();

    private record Failed(String why, boolean passes, long atMillis) {
        GeneralSecurityException again() {
            return passes ? new Unavailable(why) : new GeneralSecurityException(why);
        }
    }

    /** @param route by which Amazon is reached */
    public AmazonSns(Route route, InstantSource clock) {
        this(route, clock, AmazonSns::authorities);
    }

    /** @param authorities those to whom a chain of certificates must lead */
    AmazonSns(Route route, InstantSource clock, Supplier<Set<X509Certificate>> authorities) {
        this.route = route;
        this.clock = clock;
        this.authorities = authorities;
    }

    /** The JDK's. */
    private static Set<X509Certificate> authorities() {
        try {
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            // Null stands for the JDK's own.
            factory.init((KeyStore) null);
            return Arrays.stream(factory.getTrustManagers())
                    .filter(X509TrustManager.class::isInstance)
                    .flatMap(manager -> Arrays.stream(((X509TrustManager) manager).getAcceptedIssuers()))
                    .collect(Collectors.toSet());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has authorities that it trusts", e);
        }
    }

    private static <T> Map<URI, T> bounded() {
        return new LinkedHashMap<>() {
            @Override
            protected boolean removeEldestEntry(Map.Entry<URI, T> eldest) {
                return size() > MOST_KEPT;
            }
        };
    }

    @Override
    public synchronized X509Certificate certificate(URI address) throws GeneralSecurityException {
        X509Certificate certificate = known.get(address);
        if (certificate == null) {
            Failed before = failed.get(address);
            if (before != null && clock.millis() - before.atMillis() < FAILURE_KEPT.toMillis()) {
                throw before.again();
            }
            try {
                certificate = read(ask(address), address.getHost());
                known.put(address, certificate);
            } catch (GeneralSecurityException e) {
                failed.put(
                        address, new Failed(String.valueOf(e.getMessage()), e instanceof Unavailable, clock.millis()));
                throw e;
            }
        }
        certificate.checkValidity(Date.from(clock.instant()));
        return certificate;
    }

    /**
     * Calls the address by which Amazon learns that somebody wants the messages of a topic.
     *
     * @throws GeneralSecurityException when it is not Amazon's, or Amazon does not answer with 200
     */
    public void confirm(URI address) throws GeneralSecurityException {
        ask(address);
    }

    private String ask(URI address) throws GeneralSecurityException {
        if (SnsSignature.amazon(address.toString()).isEmpty()) {
            throw new GeneralSecurityException("it is not an address of Amazon SNS");
        }
        try {
            Answer answer = new HttpExchange(Call.get(address, LIMIT), route).run();
            if (!answer.reached()) {
                throw new Unavailable(answer.failure() + ": " + answer.detail());
            }
            if (answer.status() >= FIRST_SERVER_ERROR) {
                throw new Unavailable("it answered with status " + answer.status());
            }
            if (answer.status() != 200) {
                throw new GeneralSecurityException("it answered with status " + answer.status());
            }
            return answer.body();
        } catch (Refused e) {
            throw new GeneralSecurityException(e.getMessage(), e);
        }
    }

    /** The first certificate of a PEM text. Certificates that follow must lead up from it to a trusted authority. */
    private X509Certificate read(String pem, String host) throws GeneralSecurityException {
        List<X509Certificate> chain = new ArrayList<>();
        for (Certificate certificate : CertificateFactory.getInstance("X.509")
                .generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.UTF_8)))) {
            if (certificate instanceof X509Certificate x509) {
                chain.add(x509);
            }
        }
        if (chain.isEmpty()) {
            throw new CertificateException("what it answered with is no certificate");
        }
        if (chain.size() > 1) {
            lead(chain);
        }
        X509Certificate first = chain.getFirst();
        if (!names(first).stream().anyMatch(name -> name.equals(host) || name.equals("sns.amazonaws.com"))) {
            throw new CertificateException("its certificate is not for " + host);
        }
        return first;
    }

    private void lead(List<X509Certificate> chain) throws GeneralSecurityException {
        Set<TrustAnchor> anchors = authorities.get().stream()
                .map(authority -> new TrustAnchor(authority, null))
                .collect(Collectors.toSet());
        List<X509Certificate> path = new ArrayList<>(chain);
        // An authority that sends itself along is trusted, or not, for what it is here.
        while (path.size() > 1
                && path.getLast()
                        .getSubjectX500Principal()
                        .equals(path.getLast().getIssuerX500Principal())) {
            path.removeLast();
        }
        PKIXParameters parameters = new PKIXParameters(anchors);
        parameters.setRevocationEnabled(false);
        parameters.setDate(Date.from(clock.instant()));
        CertPathValidator.getInstance("PKIX")
                .validate(CertificateFactory.getInstance("X.509").generateCertPath(path), parameters);
    }

    private static List<String> names(X509Certificate certificate) throws CertificateException {
        Collection<List<?>> alternatives = certificate.getSubjectAlternativeNames();
        List<String> names = new ArrayList<>();
        if (alternatives != null) {
            for (List<?> alternative : alternatives) {
                if (alternative.getFirst() instanceof Integer kind
                        && kind == SUBJECT_DNS
                        && alternative.get(1) instanceof String name) {
                    names.add(name);
                }
            }
        }
        return names;
    }
}
