package dev.whydunit.runbook;

import dev.whydunit.expression.Into;
import dev.whydunit.expression.Sink;
import dev.whydunit.expression.SqlText;
import dev.whydunit.schema.About;
import dev.whydunit.schema.Default;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Stand-ins for the step kinds: the names and types of the language page, nothing behind them. */
public final class Kinds {
    private Kinds() {}

    @About("What the window is compared with.")
    enum Baseline {
        NONE,
        PREVIOUS,
        DAY
    }

    @About("A query of metrics.")
    record MetricCheck(
            @About("The source.") Optional<String> source,
            @About("The PromQL query.") @Into(Sink.PROMQL) String query,
            @About("The window.") @Default("15m") Duration over,

            @About("What it is compared with.") @Default("none")
            Baseline baseline,

            @About("The step between points.") Optional<Duration> step) {}

    record MetricResult(double last, double min, double max, Optional<Instant> onset) {}

    record LogQuery(
            Optional<String> source,
            @Into(Sink.LUCENE) String query,
            @Default("15m") Duration over,
            @Default("none") Baseline baseline,
            List<String> fields,
            @Default("10") int limit) {
        LogQuery {
            if (limit < 1 || limit > 1000) {
                throw new IllegalArgumentException("limit is from 1 to 1000, not " + limit);
            }
        }
    }

    record Pattern(String text, long count, boolean new_, double share) {}

    record LogResult(long count, double rate, List<Pattern> patterns, Map<String, List<Pattern>> by) {}

    record Capture(
            @Into(Sink.ARGUMENT) Optional<String> interface_,
            Optional<String> file,
            @Into(Sink.BPF) @Default("") String filter,
            @Default("10s") Duration duration,
            Optional<Long> packets) {}

    record Tcp(long segments, double retransmissionRatio) {}

    record CaptureResult(long packets, Tcp tcp) {}

    record HostCommand(
            @Into(Sink.ARGUMENT) List<String> run,
            @Into(Sink.LITERAL) Optional<String> script,
            Map<String, String> env,
            @Into(Sink.LITERAL) Optional<String> parse) {}

    record CommandResult(
            int exitCode, String stdout, Map<String, String> fields, List<Map<String, String>> rows, double seconds) {}

    record SqlQuery(
            Optional<String> source,
            SqlText query,
            @Default("1000") int rows) {}

    record SqlResult(List<Map<String, Object>> rows, double seconds) {}

    record ChangeQuery(
            String source,
            Optional<String> path,
            @Default("24h") Duration over) {}

    record Change(Instant at, String what) {}

    record ChangeResult(List<Change> changes) {}

    record HttpCheck(@Into(Sink.URL) String url, Map<String, String> headers, Optional<Integer> expect) {}

    record HttpResult(int status, double seconds) {}

    public static List<KindSignature> all() {
        return List.of(
                kind("metric_check", MetricCheck.class, MetricResult.class),
                kind("log_query", LogQuery.class, LogResult.class),
                kind("packet_capture", Capture.class, CaptureResult.class),
                kind("host_command", HostCommand.class, CommandResult.class),
                kind("sql_query", SqlQuery.class, SqlResult.class),
                kind("http_check", HttpCheck.class, HttpResult.class),
                kind("change_query", ChangeQuery.class, ChangeResult.class));
    }

    private static KindSignature kind(String name, Class<? extends Record> parameters, Class<? extends Record> result) {
        return new KindSignature(
                name,
                "Stands in for " + name + ".",
                parameters,
                result,
                Duration.ofSeconds(10),
                Duration.ofSeconds(1),
                Effect.READ,
                Optional.empty());
    }
}
