package dev.whydunit.demo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executors;

/** The shop's web application: a process of its own with a pool of connections, a log, and metrics. */
final class Shop {
    /** The service's name in metrics, logs and alerts. */
    static final String NAME = "shop";

    private static final int POOL = 8;
    private static final int POOL_WAIT_MILLIS = 1_000;
    private static final int LOCK_WAIT_MILLIS = 3_000;

    private final EcsLog log;
    private final ShopMetrics metrics = new ShopMetrics(NAME);
    private final HikariDataSource pool;
    private final Statements statements;
    private final Path release;
    private final ShopPages pages;

    private Shop(Path logFile, Path release, String databaseUrl, URI payment, PasswordCheck passwords)
            throws IOException {
        this.log = new EcsLog(logFile, NAME);
        this.release = release;
        this.statements = new Statements(release.resolve("queries.properties"), log, metrics);
        HikariConfig settings = new HikariConfig();
        settings.setJdbcUrl(databaseUrl + ";LOCK_TIMEOUT=" + LOCK_WAIT_MILLIS);
        settings.setUsername("shop");
        settings.setPassword(System.getenv(DatabaseServer.SHOP_PASSWORD));
        settings.setPoolName("HikariPool-1");
        settings.setMaximumPoolSize(POOL);
        settings.setConnectionTimeout(POOL_WAIT_MILLIS);
        settings.setMetricsTrackerFactory((name, stats) -> metrics);
        this.pool = new HikariDataSource(settings);
        this.pages = new ShopPages(pool, statements, new Payments(payment, log, metrics), passwords);
    }

    /**
     * Takes the log file and the folder of the release; then, as the parent's first two lines, the database's address and the
     * payment service's, which start meanwhile.
     */
    public static void main(String[] arguments) throws IOException {
        ParentWatch parent = new ParentWatch();
        PasswordCheck passwords = new PasswordCheck();
        String database = parent.line();
        URI payment = URI.create(parent.line());
        Shop shop = new Shop(Path.of(arguments[0]), Path.of(arguments[1]), database, payment, passwords);
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 256);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext(
                "/",
                exchange -> Answer.json(404, "{\"error\": \"no such page\"}").send(exchange));
        server.createContext(
                "/health", exchange -> Answer.json(200, "{\"status\": \"UP\"}").send(exchange));
        server.createContext("/metrics", shop::sendMetrics);
        shop.serve(server, "/products", exchange -> shop.pages.products(exchange));
        shop.serve(server, "/orders", exchange -> shop.pages.orders(exchange));
        shop.serve(server, "/checkout", exchange -> shop.pages.checkout(exchange));
        shop.serve(server, "/export", exchange -> shop.pages.export(exchange));
        server.start();
        shop.started();
        parent.ready(server.getAddress().getPort(), command -> shop.restart());
    }

    /** What a deployment does: the release's files have been replaced, and the shop takes them. */
    private void restart() {
        try {
            statements.reload();
            started();
        } catch (IOException e) {
            log.error(
                    "the release cannot be read",
                    Map.of("error.type", e.getClass().getName(), "error.message", e.toString()));
        }
    }

    private void started() throws IOException {
        String version = Files.readString(release.resolve("VERSION")).strip();
        log.info("release " + version + " started", Map.of("service.version", version));
    }

    private void serve(HttpServer server, String path, Page page) {
        server.createContext(path, exchange -> {
            long start = System.nanoTime();
            int status = 500;
            try {
                status = answer(path, page, exchange);
            } finally {
                long nanos = System.nanoTime() - start;
                metrics.request(path, status, nanos);
                log.info(
                        exchange.getRequestMethod() + " " + path + " " + status,
                        Map.of(
                                "url.path", path,
                                "http.request.method", exchange.getRequestMethod(),
                                "http.response.status_code", status,
                                "event.duration", nanos));
            }
        });
    }

    /** Answers, and logs why it could not. */
    private int answer(String path, Page page, HttpExchange exchange) throws IOException {
        Answer failed;
        try {
            return page.answer(exchange);
        } catch (SQLTransientConnectionException e) {
            failed = Answer.json(503, "{\"error\": \"busy\"}");
            failure(path, e);
        } catch (SQLException e) {
            failed = Answer.json(500, "{\"error\": \"database\"}");
            failure(path, e);
        } catch (PaymentFailed e) {
            // Logged where it was tried.
            failed = Answer.json(502, "{\"error\": \"payment\"}");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            failed = Answer.json(503, "{\"error\": \"stopping\"}");
        }
        failed.send(exchange);
        return failed.status();
    }

    private void failure(String path, SQLException e) {
        String message = Objects.requireNonNullElse(e.getMessage(), "no message");
        log.error(message, Map.of("url.path", path, "error.type", e.getClass().getName(), "error.message", message));
    }

    private void sendMetrics(HttpExchange exchange) throws IOException {
        byte[] text = metrics.text(pool.getHikariPoolMXBean(), POOL).getBytes(java.nio.charset.StandardCharsets.UTF_8);
        new Answer(200, "text/plain; version=0.0.4; charset=utf-8", text).send(exchange);
    }

    /** One page. */
    private interface Page {
        /** Answers and gives the status that it answered with. */
        int answer(HttpExchange exchange) throws IOException, SQLException, PaymentFailed, InterruptedException;
    }
}
