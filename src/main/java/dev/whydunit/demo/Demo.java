package dev.whydunit.demo;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A shop that was made slow, and the alert about it. Everything that it started ends with {@link #close()}, or with this process.
 *
 * <p>Not thread-safe.
 */
public final class Demo implements AutoCloseable {
    /** What the p95 of the shop's answers shall stay below. */
    static final Duration OBJECTIVE = Duration.ofMillis(200);

    private static final Duration START_LIMIT = Duration.ofSeconds(30);
    private static final Duration HEALTHY = Duration.ofSeconds(8);
    private static final Duration HEALTHY_LIMIT = Duration.ofSeconds(25);
    private static final Duration FAULT_LIMIT = Duration.ofSeconds(40);

    /** How long the p95 must stay above the objective before the alert fires: the rule's {@code for}. */
    private static final Duration FOR = Duration.ofSeconds(3);

    private static final Duration RATE_WINDOW = Duration.ofSeconds(5);
    private static final Duration SCRAPE_LIMIT = Duration.ofSeconds(5);
    private static final long SCRAPE_MILLIS = 500;
    private static final Duration WORSENING_TIME = Duration.ofMillis(1_500);
    private static final int REPORT_THREADS = 4;

    private final Path folder;
    private final Progress progress;
    private final Deque<AutoCloseable> started = new ArrayDeque<>();
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    private final Latency latency = new Latency(RATE_WINDOW);
    private final Map<String, String> passwords = Map.of(
            DatabaseServer.OWNER_PASSWORD, password(),
            DatabaseServer.SHOP_PASSWORD, password(),
            DatabaseServer.MONITOR_PASSWORD, password());

    private byte[] alert = new byte[0];
    private long windowSeconds;

    private Demo(Path folder, Progress progress) {
        this.folder = folder;
        this.progress = progress;
    }

    /**
     * Starts the shop, lets it run healthy for some seconds, puts the fault in, and waits until the alert fires.
     *
     * @param folder an empty folder of one's own; everything is written there
     * @throws IOException when the shop cannot be started, or does not become slow; nothing is left running then
     * @throws InterruptedException when interrupted; nothing is left running then
     */
    public static Demo start(DemoFault fault, Path folder, Progress progress) throws IOException, InterruptedException {
        return start(fault, folder, progress, HEALTHY);
    }

    /** As {@link #start(DemoFault, Path, Progress)}, with another length of the healthy time. */
    static Demo start(DemoFault fault, Path folder, Progress progress, Duration healthy)
            throws IOException, InterruptedException {
        Demo demo = new Demo(folder.toAbsolutePath(), progress);
        try {
            demo.run(fault, healthy);
            return demo;
        } catch (IOException | InterruptedException | RuntimeException e) {
            demo.close();
            throw e;
        }
    }

    /** The alert that fired, as Alertmanager sends it to a webhook. */
    public byte[] alert() {
        return alert.clone();
    }

    /** The configuration file with the shop's sources, service and host. */
    public Path configuration() {
        return folder.resolve("whydunit.yaml");
    }

    /** The runbook for the alert: the one that is shipped for slow web applications. */
    public Path runbook() {
        return folder.resolve("runbooks").resolve("web_slowdown.yaml");
    }

    /** Inputs of the runbook that a shop of some seconds of age needs; all others have their defaults. */
    public Map<String, String> inputs() {
        return Map.of(
                "objective", OBJECTIVE.toMillis() + "ms",
                "window", windowSeconds + "s",
                "rate_window", RATE_WINDOW.toSeconds() + "s",
                "interface", "lo");
    }

    /** Ends everything that was started, youngest first, and waits until it is gone. The folder stays. */
    @Override
    public void close() {
        while (!started.isEmpty()) {
            try {
                started.pop().close();
            } catch (Exception e) {
                progress.say("could not be ended: " + e.getMessage());
            }
        }
    }

    private void run(DemoFault fault, Duration healthy) throws IOException, InterruptedException {
        long began = System.nanoTime();
        progress.say("starting a shop: database, payment service, web application");
        Path data = Files.createDirectories(folder.resolve("data"));
        Path logs = Files.createDirectories(folder.resolve("logs"));
        ChildJvm database = child("database", DatabaseServer.class, 160, data.toString());
        ChildJvm payment = child("payment", PaymentService.class, 32);
        Path release = Files.createDirectories(folder.resolve("shop"));
        ChildJvm web = child("web", Shop.class, 96, logs.resolve("shop.json").toString(), release.toString());
        Releases releases = opened(Releases.create(release));
        copyRunbook();
        int paymentPort = payment.port(START_LIMIT);
        String databaseUrl = DatabaseServer.url(database.port(START_LIMIT));
        web.tell(databaseUrl);
        web.tell("http://127.0.0.1:" + paymentPort + "/");
        URI shop = URI.create("http://127.0.0.1:" + web.port(START_LIMIT) + "/");
        DemoConfiguration.write(
                folder, shop, paymentPort, databaseUrl, passwords.getOrDefault(DatabaseServer.MONITOR_PASSWORD, ""));
        opened(LoadGenerator.start(shop));
        progress.say(String.format(
                Locale.ROOT,
                "the shop is open after %.1f s: %d requests a second",
                (System.nanoTime() - began) / 1e9,
                LoadGenerator.RATE));
        watchUntilHealthy(shop, healthy);
        progress.say("healthy: p95 is " + millis() + ", the objective " + OBJECTIVE.toMillis() + " ms");
        progress.say("now: " + fault.story());
        long changed = System.nanoTime();
        Worsening worsening = inject(fault, new Parts(payment, web, releases, shop, databaseUrl));
        if (fault == DemoFault.NONE) {
            watchUntilHealthy(shop, FOR);
        } else {
            watchUntilSlow(shop, worsening);
        }
        // From well before it became slow, so that the same length of time before that was healthy.
        windowSeconds = HEALTHY.toSeconds()
                + Duration.ofNanos(System.nanoTime() - changed).toSeconds();
        alert = new FiredAlert(shop.getAuthority(), latency.p95().orElse(0), OBJECTIVE.toMillis() / 1e3, Instant.now())
                .payload();
        Files.write(folder.resolve("alert.json"), alert);
        progress.say("alert HighLatency fires: p95 is " + millis());
    }

    /** Puts the fault in; gives what makes it worse, should it not show yet. */
    private Worsening inject(DemoFault fault, Parts parts) throws IOException, InterruptedException {
        switch (fault) {
            case SLOW_QUERY -> {
                parts.releases().releaseWithSlowQuery();
                parts.web().tell("restart");
            }
            case LOCK_WAIT ->
                child("price-update", PriceUpdate.class, 32, parts.databaseUrl())
                        .port(START_LIMIT);
            case POOL_EXHAUSTED -> opened(SlowDownloads.start(parts.shop().getPort()));
            case CPU_HOG -> {
                ChildJvm report = child("report", NightlyReport.class, 32, Integer.toString(REPORT_THREADS));
                report.port(START_LIMIT);
                return () -> report.tell("more");
            }
            case ERROR_BURST -> parts.payment().close();
            case NONE -> {}
        }
        return () -> {};
    }

    /** Scrapes for at least this time, and until the p95 is below the objective. */
    private void watchUntilHealthy(URI shop, Duration least) throws IOException, InterruptedException {
        long start = System.nanoTime();
        while (true) {
            scrape(shop);
            long passed = System.nanoTime() - start;
            if (passed >= least.toNanos() && latency.p95().orElse(1) < OBJECTIVE.toMillis() / 2e3) {
                return;
            }
            if (passed > HEALTHY_LIMIT.toNanos()) {
                throw new IOException("the shop is slow before anything was done to it: p95 is " + millis() + " after "
                        + HEALTHY_LIMIT.toSeconds() + " s; try again while this machine does less");
            }
            Thread.sleep(SCRAPE_MILLIS);
        }
    }

    /** The alert's rule: p95 above the objective at every look for some seconds. */
    private void watchUntilSlow(URI shop, Worsening worsening) throws IOException, InterruptedException {
        long limit = System.nanoTime() + FAULT_LIMIT.toNanos();
        long slowSince = Long.MAX_VALUE;
        long worsened = System.nanoTime();
        while (true) {
            scrape(shop);
            long now = System.nanoTime();
            boolean slow = latency.p95().orElse(0) > OBJECTIVE.toMillis() / 1e3;
            slowSince = slow ? Math.min(slowSince, now) : Long.MAX_VALUE;
            if (slow && now - slowSince >= FOR.toNanos()) {
                return;
            }
            if (now > limit) {
                throw new IOException("the shop did not become slow in " + FAULT_LIMIT.toSeconds() + " s: p95 is "
                        + millis() + "; try again while this machine does less");
            }
            if (!slow && now - worsened >= WORSENING_TIME.toNanos()) {
                worsening.worsen();
                worsened = now;
            }
            Thread.sleep(SCRAPE_MILLIS);
        }
    }

    /** One scrape. A shop that does not answer in time leaves a gap, as it would in a Prometheus. */
    private void scrape(URI shop) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(shop.resolve("/metrics"))
                .timeout(SCRAPE_LIMIT)
                .build();
        try {
            latency.add(
                    System.nanoTime(),
                    client.send(request, BodyHandlers.ofString()).body());
        } catch (HttpTimeoutException e) {
            progress.say("the shop's metrics did not answer in " + SCRAPE_LIMIT.toSeconds() + " s");
        }
    }

    private String millis() {
        return latency.p95().isPresent() ? Math.round(latency.p95().getAsDouble() * 1e3) + " ms" : "unknown";
    }

    private void copyRunbook() throws IOException {
        Files.createDirectories(runbook().getParent());
        try (InputStream shipped = Demo.class.getResourceAsStream("/runbooks/web_slowdown.yaml")) {
            if (shipped == null) {
                throw new IOException("the application was built without its runbooks");
            }
            Files.copy(shipped, runbook());
        }
    }

    private ChildJvm child(String name, Class<?> main, int heapMegabytes, String... arguments) throws IOException {
        return opened(ChildJvm.start(name, main, heapMegabytes, folder, passwords, List.of(arguments)));
    }

    private <C extends AutoCloseable> C opened(C part) {
        started.push(part);
        return part;
    }

    private static String password() {
        byte[] random = new byte[18];
        new SecureRandom().nextBytes(random);
        return Base64.getUrlEncoder().encodeToString(random);
    }

    /** Makes a fault worse. */
    private interface Worsening {
        void worsen() throws IOException;
    }

    private record Parts(ChildJvm payment, ChildJvm web, Releases releases, URI shop, String databaseUrl) {}
}
