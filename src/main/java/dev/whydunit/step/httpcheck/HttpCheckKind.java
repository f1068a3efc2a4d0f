package dev.whydunit.step.httpcheck;

import com.google.re2j.Pattern;
import dev.whydunit.engine.Observation;
import dev.whydunit.engine.Observation.Cause;
import dev.whydunit.engine.Observation.Seen;
import dev.whydunit.engine.Observation.Unseen;
import dev.whydunit.engine.StepContext;
import dev.whydunit.engine.StepKind;
import dev.whydunit.runbook.Effect;
import dev.whydunit.runbook.KindSignature;
import dev.whydunit.step.httpcheck.HttpExchange.Answer;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

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
        parameters.headers().keySet().stream().sorted().forEach(name -> command.append(" -H '")
                .append(name)
                .append(": …'"));
        return command.append(" '").append(parameters.url().replace("'", "%27")).append("'").toString();
    }

    @Override
    public Observation observe(HttpCheckParameters parameters, StepContext context) throws InterruptedException {
        Optional<Pattern> pattern = parameters.bodyMatch().map(Pattern::compile);
        long begun = System.nanoTime();
        List<String> redirects = new ArrayList<>();
        try {
            URI uri = address(parameters.url());
            while (true) {
                Answer answer = ask(new HttpExchange(uri, parameters, limit(context)));
                Optional<String> next = Optional.ofNullable(answer.headers().get("location"))
                        .filter(location -> REDIRECTS.contains(answer.status()) && redirects.size() < parameters.redirects());
                if (next.isEmpty()) {
                    return seen(answer, pattern, redirects, (System.nanoTime() - begun) / 1e9);
                }
                uri = address(uri.resolve(new URI(next.get())).toString());
                redirects.add(uri.toString());
            }
        } catch (HttpExchange.Refused e) {
            return new Unseen(Cause.DENIED, String.valueOf(e.getMessage()), "ask another address");
        } catch (URISyntaxException | IllegalArgumentException e) {
            return new Unseen(Cause.FAILED, String.valueOf(e.getMessage()), "");
        }
    }

    private static Duration limit(StepContext context) {
        Duration left = context.remaining().minus(MARGIN);
        return left.compareTo(Duration.ofMillis(1)) < 0 ? Duration.ofMillis(1) : left;
    }

    private static URI address(String url) throws URISyntaxException {
        URI uri = new URI(url);
        String scheme = uri.getScheme() == null ? "" : uri.getScheme();
        if (!scheme.equals("http") && !scheme.equals("https")) {
            throw new IllegalArgumentException("'" + url + "' is no http or https address");
        }
        if (uri.getHost() == null || uri.getRawUserInfo() != null) {
            throw new IllegalArgumentException("'" + url + "' has no host, or a user name, which it may not have");
        }
        return uri;
    }

    /** On a thread of its own, since looking a name up cannot be interrupted. */
    private static Answer ask(HttpExchange exchange) throws HttpExchange.Refused, InterruptedException {
        CompletableFuture<Answer> answer = new CompletableFuture<>();
        Thread.ofVirtual().name("http").start(() -> {
            try {
                answer.complete(exchange.run());
            } catch (HttpExchange.Refused | RuntimeException e) {
                answer.completeExceptionally(e);
            }
        });
        try {
            return answer.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof HttpExchange.Refused refused) {
                throw refused;
            }
            throw new IllegalStateException("the exchange failed: " + e.getCause(), e);
        } catch (InterruptedException e) {
            exchange.abort();
            throw e;
        }
    }

    private static Observation seen(Answer answer, Optional<Pattern> pattern, List<String> redirects, double seconds) {
        HttpCheckResult result = new HttpCheckResult(
                answer.reached(),
                answer.failure(),
                answer.status(),
                seconds,
                answer.phases(),
                answer.headers(),
                answer.body(),
                pattern.map(one -> one.matcher(answer.body()).find()).orElse(false),
                redirects,
                answer.address());
        List<String> caveats = answer.cut() ? List.of("only the first MiB of the body was read") : List.of();
        return new Seen(result, true, List.of(), caveats);
    }
}
