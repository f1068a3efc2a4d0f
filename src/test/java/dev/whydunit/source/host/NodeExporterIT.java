package dev.whydunit.source.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.whydunit.promql.Labels;
import dev.whydunit.promql.TimeSeries;
import dev.whydunit.source.metric.MetricAnswer;
import dev.whydunit.source.metric.MetricQuestion;
import dev.whydunit.source.metric.MetricSource;
import dev.whydunit.source.metric.TestEnvironment;
import dev.whydunit.source.prometheus.RealPrometheus;
import dev.whydunit.source.scrape.ScrapeSettings;
import dev.whydunit.source.scrape.ScrapeSourceKind;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The source host and the real node_exporter on the same machine: the same names, labels and values. */
class NodeExporterIT {
    @TempDir
    private static Path directory;

    private static Process exporter;
    private static MetricSource theirs;
    private static MetricSource ours;

    @BeforeAll
    static void start() throws Exception {
        int port = RealPrometheus.freePort();
        exporter = RealPrometheus.launch(
                directory.resolve("exporter.log"),
                "prometheus-node-exporter",
                "--web.listen-address=127.0.0.1:" + port,
                "--collector.processes",
                "--log.level=error");
        String address = "http://127.0.0.1:" + port + "/metrics";
        RealPrometheus.awaitOk(exporter, address, directory.resolve("exporter.log"));
        theirs = new ScrapeSourceKind()
                .open(
                        "node",
                        new ScrapeSettings(
                                Optional.of(address),
                                List.of(),
                                Optional.empty(),
                                Duration.ofMillis(100),
                                Duration.ofMillis(100),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Duration.ofSeconds(10)),
                        new TestEnvironment());
        ours = new HostSourceKind()
                .open(
                        "host",
                        new HostSettings(Duration.ofMillis(100), Duration.ofMillis(100), Optional.empty()),
                        new TestEnvironment());
    }

    @AfterAll
    static void stop() throws Exception {
        if (ours != null) {
            ours.close();
        }
        if (theirs != null) {
            theirs.close();
        }
        if (exporter != null) {
            exporter.destroy();
            exporter.waitFor(10, TimeUnit.SECONDS);
        }
    }

    private static Map<Labels, Double> ask(MetricSource source, String query) throws Exception {
        MetricAnswer answer = source.ask(new MetricQuestion(
                query, Instant.now(), Duration.ZERO, Optional.empty(), Optional.empty(), Duration.ofSeconds(60)));
        Map<Labels, Double> values = new HashMap<>();
        for (TimeSeries series : answer.series()) {
            values.put(series.labels().with("instance", ""), series.value(series.size() - 1));
        }
        return values;
    }

    /**
     * Each with the distance that a busy machine may put between two looks, relative and absolute.
     * Debian's node_exporter leaves the loopback device out, the upstream's and ours do not.
     */
    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
                    node_cpu_seconds_total                         ; 0.01 ; 20
                    node_cpu_guest_seconds_total                   ; 0    ; 20
                    node_load1                                     ; 0.5  ; 5
                    node_boot_time_seconds                         ; 0    ; 1
                    node_context_switches_total                    ; 0.1  ; 200000
                    node_intr_total                                ; 0.1  ; 200000
                    node_forks_total                               ; 0.1  ; 2000
                    node_memory_MemTotal_bytes                     ; 0    ; 0
                    node_memory_MemAvailable_bytes                 ; 0.5  ; 0
                    {__name__=~"node_memory_(Active_anon|Hugepagesize|SwapTotal|CommitLimit)_bytes"} ; 0.5 ; 0
                    node_memory_HugePages_Total                    ; 0    ; 0
                    node_pressure_cpu_waiting_seconds_total        ; 0.1  ; 20
                    {__name__=~"node_pressure_(io|memory)_(waiting|stalled)_seconds_total"} ; 0.1 ; 20
                    node_disk_reads_completed_total                ; 0.1  ; 10000
                    node_disk_written_bytes_total                  ; 0.2  ; 1000000000
                    node_disk_io_time_seconds_total                ; 0.1  ; 20
                    node_disk_read_time_seconds_total              ; 0.1  ; 20
                    {__name__=~"node_network_(receive|transmit)_(bytes|packets|errs|drop)_total",device!="lo"} ; 0.2 ; 100000000
                    node_network_up                                ; 0    ; 0
                    node_network_mtu_bytes                         ; 0    ; 0
                    {__name__=~"node_netstat_(Tcp_RetransSegs|Tcp_CurrEstab|TcpExt_ListenOverflows|Udp_InErrors)"} ; 0.2 ; 500
                    {__name__=~"node_sockstat_(TCP_inuse|TCP_tw|TCP_mem|TCP_mem_bytes|sockets_used|UDP_inuse)"} ; 0.5 ; 50000000
                    node_filefd_allocated                          ; 0.5  ; 2000
                    node_filefd_maximum                            ; 0    ; 0
                    {__name__=~"node_vmstat_(oom_kill|pgmajfault|pswpin|pgpgin)"} ; 0.2 ; 1000000
                    node_uname_info                                ; 0    ; 0
                    node_time_seconds                              ; 0    ; 30
                    node_entropy_available_bits                    ; 0    ; 4096
                    node_schedstat_waiting_seconds_total           ; 0.1  ; 30
                    node_softnet_processed_total                   ; 0.2  ; 200000
                    node_softnet_dropped_total                     ; 0    ; 100
                    node_processes_max_processes                   ; 0    ; 0
                    node_processes_pids                            ; 0.5  ; 200
                    """)
    void tellsWhatNodeExporterTells(String query, double relative, double absolute) throws Exception {
        Map<Labels, Double> expected = ask(theirs, query);
        Map<Labels, Double> actual = ask(ours, query);
        assertThat(actual.keySet()).isEqualTo(expected.keySet());
        expected.forEach((labels, value) -> assertThat(actual.get(labels))
                .as("%s", labels)
                .isCloseTo(value, within(absolute + relative * Math.abs(value))));
    }

    @Test
    void tellsTheFileSystemsThatNodeExporterTells() throws Exception {
        for (String name : List.of("size_bytes", "avail_bytes", "free_bytes", "files", "files_free", "readonly")) {
            Map<Labels, Double> expected = ask(theirs, "node_filesystem_" + name);
            Map<Labels, Double> actual = ask(ours, "node_filesystem_" + name);
            // Ours has the root of a container besides.
            assertThat(actual.keySet()).containsAll(expected.keySet());
            expected.forEach((labels, value) ->
                    assertThat(actual.get(labels)).as("%s", labels).isCloseTo(value, within(0.2 * Math.abs(value))));
        }
    }

    @Test
    void aUsualQueryGivesTheSame() throws Exception {
        String query = "avg by (job) (rate(node_cpu_seconds_total{mode=\"idle\"}[1m])) >= bool 0";
        assertThat(ask(ours, query)).isEqualTo(ask(theirs, query));
    }
}
