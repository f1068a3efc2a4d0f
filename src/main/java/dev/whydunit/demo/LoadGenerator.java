package dev.whydunit.demo;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The shop's customers: requests at a steady rate, whether the shop answers or not (an open loop), with a bound on how many
 * wait at once.
 */
final class LoadGenerator implements AutoCloseable {
    /** Requests a second. */
    static final int RATE = 20;

    private static final int IN_FLIGHT = 64;

    /** One cycle of the customers' wishes: 72 % products, 20 % checkouts, 8 % orders. */
    private static final String CYCLE = "pppcppppcpoppcppppcppppco";

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("customers").factory());
    private final Semaphore waiting = new Semaphore(IN_FLIGHT);
    private final AtomicLong sent = new AtomicLong();
    private final AtomicLong turnedAway = new AtomicLong();
    private final URI shop;

    private LoadGenerator(URI shop) {
        this.shop = shop;
    }

    /** Starts the load on the shop at this address. */
    static LoadGenerator start(URI shop) {
        LoadGenerator load = new LoadGenerator(shop);
        load.clock.scheduleAtFixedRate(load::next, 0, 1_000_000 / RATE, TimeUnit.MICROSECONDS);
        return load;
    }

    /** Requests sent so far. */
    long sent() {
        return sent.get();
    }

    /** Requests not sent since too many waited already. */
    long turnedAway() {
        return turnedAway.get();
    }

    @Override
    public void close() {
        clock.shutdownNow();
        client.shutdownNow();
    }

    private void next() {
        if (!waiting.tryAcquire()) {
            turnedAway.incrementAndGet();
            return;
        }
        long number = sent.getAndIncrement();
        // No virtual thread waits here: the diagnosis in this process may keep their few carriers busy. A failure is an
        // unhappy
        // customer, whom the shop's own metrics count.
        client.sendAsync(request(number), BodyHandlers.discarding())
                .whenComplete((answer, failure) -> waiting.release());
    }

    private HttpRequest request(long number) {
        // A multiplication spreads customers and products; the cycle stays exact, so that shares do not wander.
        long who = number * 7_919 % 1_000_000;
        HttpRequest.Builder request = HttpRequest.newBuilder().timeout(Duration.ofSeconds(5));
        return switch (CYCLE.charAt((int) (number % CYCLE.length()))) {
            case 'c' ->
                request.uri(shop.resolve("/checkout?" + who))
                        .POST(HttpRequest.BodyPublishers.noBody())
                        .build();
            case 'o' -> request.uri(shop.resolve("/orders?" + who)).build();
            default -> request.uri(shop.resolve("/products?" + who)).build();
        };
    }
}
