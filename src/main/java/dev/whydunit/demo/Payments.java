package dev.whydunit.demo;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;

/** The shop's client of the payment service: tries three times, with a growing pause. Thread-safe. */
final class Payments {
    private static final int TRIES = 3;
    private static final Duration PAUSE = Duration.ofMillis(150);

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(1))
            .build();
    private final URI charge;
    private final EcsLog log;
    private final ShopMetrics metrics;

    Payments(URI service, EcsLog log, ShopMetrics metrics) {
        this.charge = service.resolve("/charge");
        this.log = log;
        this.metrics = metrics;
    }

    /**
     * Takes a payment.
     *
     * @throws IOException when no try succeeded: the last try's
     */
    void charge(long customer) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(charge)
                .timeout(Duration.ofSeconds(2))
                .POST(HttpRequest.BodyPublishers.ofString("{\"customer\": " + customer + "}"))
                .build();
        for (int attempt = 1; ; attempt++) {
            long start = System.nanoTime();
            try {
                int status = client.send(request, BodyHandlers.discarding()).statusCode();
                metrics.call("payment", status == 200 ? "SUCCESS" : "SERVER_ERROR", System.nanoTime() - start);
                if (status == 200) {
                    return;
                }
                throw new IOException("payment service answered " + status);
            } catch (IOException e) {
                metrics.call("payment", "UNKNOWN", System.nanoTime() - start);
                log.error(
                        "payment failed, try " + attempt + " of " + TRIES + ": " + describe(e) + ": " + charge,
                        Map.of(
                                "error.type",
                                e.getClass().getName(),
                                "error.message",
                                describe(e),
                                "service.target.name",
                                "payment",
                                "url.full",
                                charge));
                if (attempt == TRIES) {
                    throw e;
                }
                Thread.sleep(PAUSE.multipliedBy(attempt));
            }
        }
    }

    /** The JDK's client leaves out what the operating system said; it is in the cause. */
    private static String describe(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause.getMessage() != null) {
                return cause.getMessage();
            }
        }
        return failure instanceof java.net.ConnectException
                ? "Connection refused"
                : failure.getClass().getSimpleName();
    }
}
