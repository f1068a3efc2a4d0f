package dev.whydunit.demo;

import com.sun.management.OperatingSystemMXBean;
import com.zaxxer.hikari.HikariPoolMXBean;
import com.zaxxer.hikari.metrics.IMetricsTracker;
import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;

/** What the shop counts, and its text for Prometheus, with the names that Java services usually have. Thread-safe. */
final class ShopMetrics implements IMetricsTracker {
    private final String service;
    private final Map<String, Histogram> requests = new ConcurrentSkipListMap<>();
    private final Map<String, Histogram> calls = new ConcurrentSkipListMap<>();
    private final Map<String, Histogram> statements = new ConcurrentSkipListMap<>();
    private final Map<String, LongAdder> poolTimeouts = new ConcurrentHashMap<>();
    private final LongAdder acquireNanos = new LongAdder();
    private final LongAdder acquires = new LongAdder();
    private final LongAdder usageMillis = new LongAdder();
    private final LongAdder usages = new LongAdder();

    ShopMetrics(String service) {
        this.service = service;
    }

    /** A request that was answered. The path is one of the shop's own, never the client's text. */
    void request(String path, int status, long nanos) {
        requests.computeIfAbsent(
                        "service=\"" + service + "\",path=\"" + path + "\",status=\"" + status + "\"",
                        key -> new Histogram())
                .observe(nanos);
    }

    /** A call to another service that ended. */
    void call(String client, String outcome, long nanos) {
        calls.computeIfAbsent(
                        "service=\"" + service + "\",client_name=\"" + client + "\",outcome=\"" + outcome + "\"",
                        key -> new Histogram())
                .observe(nanos);
    }

    /** A statement that ended, well or not. */
    void statement(String operation, long nanos) {
        statements
                .computeIfAbsent(
                        "service=\"" + service + "\",db_operation_name=\"" + operation + "\"", key -> new Histogram())
                .observe(nanos);
    }

    @Override
    public void recordConnectionAcquiredNanos(long elapsed) {
        acquireNanos.add(elapsed);
        acquires.increment();
    }

    @Override
    public void recordConnectionUsageMillis(long elapsed) {
        usageMillis.add(elapsed);
        usages.increment();
    }

    @Override
    public void recordConnectionTimeout() {
        poolTimeouts.computeIfAbsent(service, key -> new LongAdder()).increment();
    }

    /** Everything, in Prometheus' text format. */
    String text(HikariPoolMXBean pool, int poolSize) {
        StringBuilder text = new StringBuilder(16_384);
        histogram(text, "http_request_duration_seconds", "Time to answer a request.", requests);
        head(text, "http_requests_total", "counter", "Requests that were answered.");
        requests.forEach((labels, histogram) -> line(text, "http_requests_total", labels, histogram.count()));
        histogram(text, "http_client_requests_seconds", "Time of calls to other services.", calls);
        histogram(
                text,
                "db_client_operation_duration_seconds",
                "Time of statements, without the wait for a connection.",
                statements);
        String pooled = "service=\"" + service + "\",pool=\"HikariPool-1\"";
        gauge(text, "hikaricp_connections", "Total connections.", pooled, pool.getTotalConnections());
        gauge(text, "hikaricp_connections_active", "Active connections.", pooled, pool.getActiveConnections());
        gauge(text, "hikaricp_connections_idle", "Idle connections.", pooled, pool.getIdleConnections());
        gauge(text, "hikaricp_connections_pending", "Pending threads.", pooled, pool.getThreadsAwaitingConnection());
        gauge(text, "hikaricp_connections_max", "Max connections.", pooled, poolSize);
        LongAdder timeouts = poolTimeouts.get(service);
        counter(
                text,
                "hikaricp_connections_timeout_total",
                "Connection timeouts.",
                pooled,
                timeouts == null ? 0 : timeouts.sum());
        summary(
                text,
                "hikaricp_connections_acquire_seconds",
                "Connection acquire time.",
                pooled,
                acquireNanos.sum() / 1e9,
                acquires);
        summary(
                text,
                "hikaricp_connections_usage_seconds",
                "Connection usage time.",
                pooled,
                usageMillis.sum() / 1e3,
                usages);
        if (ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system) {
            String labels = "service=\"" + service + "\"";
            counter(
                    text,
                    "process_cpu_seconds_total",
                    "CPU time of the process.",
                    labels,
                    system.getProcessCpuTime() / 1e9);
            gauge(
                    text,
                    "process_cpu_usage",
                    "Recent CPU use of the process.",
                    labels,
                    Math.max(0, system.getProcessCpuLoad()));
            gauge(text, "system_cpu_usage", "Recent CPU use of the host.", labels, Math.max(0, system.getCpuLoad()));
            gauge(text, "system_cpu_count", "Processors.", labels, system.getAvailableProcessors());
            gauge(text, "system_load_average_1m", "Load average.", labels, system.getSystemLoadAverage());
        }
        return text.toString();
    }

    private static void histogram(StringBuilder text, String name, String help, Map<String, Histogram> series) {
        head(text, name, "histogram", help);
        series.forEach((labels, histogram) -> histogram.write(text, name, labels));
    }

    private static void gauge(StringBuilder text, String name, String help, String labels, double value) {
        head(text, name, "gauge", help);
        line(text, name, labels, value);
    }

    private static void counter(StringBuilder text, String name, String help, String labels, double value) {
        head(text, name, "counter", help);
        line(text, name, labels, value);
    }

    private static void summary(
            StringBuilder text, String name, String help, String labels, double sum, LongAdder count) {
        head(text, name, "summary", help);
        line(text, name + "_sum", labels, sum);
        line(text, name + "_count", labels, count.sum());
    }

    private static void head(StringBuilder text, String name, String type, String help) {
        text.append("# HELP ").append(name).append(' ').append(help).append('\n');
        text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
    }

    private static void line(StringBuilder text, String name, String labels, double value) {
        text.append(name).append('{').append(labels).append("} ").append(value).append('\n');
    }
}
