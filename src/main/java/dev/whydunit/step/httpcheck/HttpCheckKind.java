package dev.whydunit.step.httpcheck;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.whydunit.engine.Observation;
import dev.whydunit.engine.Observation.Cause;
import dev.whydunit.engine.Observation.Seen;
import dev.whydunit.engine.Observation.Unseen;
import dev.whydunit.engine.StepContext;
import dev.whydunit.engine.StepKind;
import dev.whydunit.outbound.AddressPolicy;
import dev.whydunit.outbound.Answer;
import dev.whydunit.outbound.Call;
import dev.whydunit.outbound.HttpExchange;
import dev.whydunit.outbound.Refused;
import dev.whydunit.outbound.Route;
import dev.whydunit.runbook.Effect;
import dev.whydunit.runbook.KindSignature;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The step kind {@code http_check}. */
public final class HttpCheckKind implements StepKind<HttpCheckParameters> {
    private static final KindSignature SIGNATURE = new KindSignature(
            "http_check",
            "Asks a web address and says how it answered, phase by phase.",
            HttpCheckParameters.class,
            HttpCheckResult.class,
            Duration.ofSeconds(10),
            Duration.ofSeconds(1),
            Effect.READ,
            Optional.empty());
    /** What is left for ending the step after its address did not answer in time. */
    private static final Duration MARGIN = Duration.ofMillis(200);

    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
    private static final Set<Integer> KEEP_METHOD = Set.of(307, 308);

    private final Route route;

    /** @param policy which addresses may be asked */
    public HttpCheckKind(AddressPolicy policy) {
        this.route = Route.system(policy);
    }

    @Override
    public KindSignature signature() {
        return SIGNATURE;
    }

    /** The request as a curl command; values of headers are left out, since they may hold secrets. */
    @Override
    public String rendered(HttpCheckParameters parameters) {
        StringBuilder command = new StringBuilder("curl -sS -i");
        if (!parameters.method().equals("GET")) {
            command.append(" -X ").append(parameters.method());
        }
        parameters.headers().keySet().stream()
                .sorted()
                .forEach(name -> command.append(" -H '").append(name).append(": …'"));
        return command.append(" '")
                .append(parameters.url().replace("'", "%27"))
                .append("'")
                .toString();
    }

    @Override
    public Observation observe(HttpCheckParameters parameters, StepContext context) throws InterruptedException {
        long begun = System.nanoTime();
        List<String> redirects = new ArrayList<>();
        List<String> caveats = new ArrayList<>();
        try {
            Optional<Pattern> pattern = parameters.bodyMatch().map(Pattern::compile);
            HttpCheckParameters asked = parameters;
            URI uri = address(parameters.url());
            while (true) {
                Answer answer = ask(new HttpExchange(call(uri, asked, limit(context)), route), limit(context));
                Optional<URI> next = next(uri, answer, parameters.followRedirects() - redirects.size(), caveats);
                if (next.isEmpty()) {
                    return seen(parameters, answer, pattern, redirects, caveats, (System.nanoTime() - begun) / 1e9);
                }
                asked = sameServer(uri, next.get()) ? asked : asked.forAnotherServer();
                asked = KEEP_METHOD.contains(answer.status()) ? asked : asked.asGet();
                uri = next.get();
                redirects.add(uri.toString());
            }
        } catch (Refused e) {
            return new Unseen(Cause.DENIED, String.valueOf(e.getMessage()), "ask another address");
        } catch (PatternSyntaxException e) {
            return new Unseen(
                    Cause.FAILED, "body_match is not RE2: " + e.getMessage(), "correct the step's body_match");
        } catch (URISyntaxException | IllegalArgumentException e) {
            return new Unseen(Cause.FAILED, String.valueOf(e.getMessage()), "correct the step's url");
        }
    }

    /** Where the answer sends one on to, while redirects are followed; never from TLS to plain text. */
    private static Optional<URI> next(URI from, Answer answer, int left, List<String> caveats)
            throws URISyntaxException {
        String location = answer.headers().getOrDefault("location", "");
        if (location.isEmpty() || !REDIRECTS.contains(answer.status()) || left <= 0) {
            return Optional.empty();
        }
        URI to;
        try {
            to = address(from.resolve(new URI(location)).toString());
        } catch (URISyntaxException | IllegalArgumentException e) {
            caveats.add("a redirect that is no http address was not followed");
            return Optional.empty();
        }
        if (from.getScheme().equalsIgnoreCase("https") && !to.getScheme().equalsIgnoreCase("https")) {
            caveats.add("a redirect from https to http was not followed");
            return Optional.empty();
        }
        return Optional.of(to);
    }

    private static boolean sameServer(URI one, URI other) {
        return one.getScheme().equalsIgnoreCase(other.getScheme())
                && one.getHost().equalsIgnoreCase(other.getHost())
                && one.getPort() == other.getPort();
    }

    private static Call call(URI uri, HttpCheckParameters asked, Duration limit) {
        return new Call(uri, asked.method(), asked.headers(), asked.body().orElse(""), limit);
    }

    private static HttpCheckResult.Phases phases(Answer.Phases took) {
        return new HttpCheckResult.Phases(took.dns(), took.connect(), took.tls(), took.firstByte(), took.transfer());
    }

    private static Duration limit(StepContext context) {
        Duration left = context.remaining().minus(MARGIN);
        return left.compareTo(Duration.ofMillis(1)) < 0 ? Duration.ofMillis(1) : left;
    }

    private static URI address(String url) throws URISyntaxException {
        URI uri = new URI(url);
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (!scheme.equals("http") && !scheme.equals("https")) {
            throw new IllegalArgumentException("'" + url + "' is no http or https address");
        }
        if (uri.getHost() == null || uri.getRawUserInfo() != null) {
            throw new IllegalArgumentException("'" + url + "' has no host, or a user name, which it may not have");
        }
        return uri;
    }

    /** On a platform thread of its own, since looking a name up can be neither interrupted nor limited. */
    private static Answer ask(HttpExchange exchange, Duration limit) throws Refused, InterruptedException {
        CompletableFuture<Answer> answer = new CompletableFuture<>();
        Thread.ofPlatform().daemon().name("http_check").start(() -> {
            try {
                answer.complete(exchange.run());
            } catch (Refused | RuntimeException e) {
                answer.completeExceptionally(e);
            }
        });
        try {
            return answer.get(limit.plus(MARGIN.dividedBy(2)).toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            Answer late = exchange.late();
            exchange.abort();
            return late;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Refused refused) {
                throw refused;
            }
            throw new IllegalStateException("the exchange failed: " + e.getCause(), e);
        } catch (InterruptedException e) {
            exchange.abort();
            throw e;
        }
    }

    private static Observation seen(
            HttpCheckParameters parameters,
            Answer answer,
            Optional<Pattern> pattern,
            List<String> redirects,
            List<String> caveats,
            double seconds) {
        boolean expected = parameters.expectStatus().isEmpty()
                ? answer.status() < 400
                : parameters.expectStatus().contains(answer.status());
        boolean matches = pattern.map(one -> one.matcher(answer.body()).find()).orElse(false);
        HttpCheckResult result = new HttpCheckResult(
                answer.reached(),
                answer.reached() && expected && (pattern.isEmpty() || matches),
                answer.failure(),
                answer.detail(),
                answer.status(),
                seconds,
                phases(answer.phases()),
                answer.headers(),
                answer.body(),
                matches,
                redirects,
                answer.address());
        if (answer.cut()) {
            caveats.add("only the first MiB of the body was read");
        }
        return new Seen(result, true, List.of(), caveats);
    }
}
