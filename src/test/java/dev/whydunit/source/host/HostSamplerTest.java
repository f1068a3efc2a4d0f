package dev.whydunit.source.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.whydunit.source.metric.MetricFailure;
import dev.whydunit.source.metric.Sampler.Gap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostSamplerTest {
    @TempDir
    Path root;

    private final Map<String, Double> samples = new TreeMap<>();

    private List<Gap> sample() throws Exception {
        return new HostSampler("host", new HostFiles(root), () -> Instant.ofEpochMilli(1_500))
                .sample(Duration.ofSeconds(5), (labels, value) -> samples.put(labels.toString(), value));
    }

    private void file(String path, String text) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private double value(String series) {
        int brace = series.indexOf('{');
        Map<String, String> all = new TreeMap<>();
        all.put("instance", "web1");
        all.put("job", "node");
        if (brace >= 0) {
            for (String label : series.substring(brace + 1, series.length() - 1).split(",")) {
                all.put(label.split("=")[0], label.split("=")[1]);
            }
        }
        StringBuilder key = new StringBuilder(brace < 0 ? series : series.substring(0, brace)).append('{');
        all.forEach((name, value) -> key.append(key.charAt(key.length() - 1) == '{' ? "" : ", ")
                .append(name)
                .append("=\"")
                .append(value)
                .append('"'));
        assertThat(samples).containsKey(key.append('}').toString());
        return samples.get(key.toString());
    }

    private void minimal() throws IOException {
        file("proc/stat", "cpu  1 2 3\n");
        file("proc/sys/kernel/hostname", "web1\n");
    }

    @Test
    void readsCpuAndLoad() throws Exception {
        minimal();
        file("proc/stat", """
                cpu  100 0 0 0 0 0 0 0 0 0
                cpu0 1000 20 300 4000 50 6 70 8 9 10
                cpu1 1 2 3 4
                intr 12345 1 2 3
                ctxt 999
                btime 1700000000
                processes 77
                procs_running 3
                procs_blocked 1
                """);
        file("proc/loadavg", "0.50 1.25 2.00 3/456 789\n");
        file("proc/schedstat", "version 15\ncpu0 0 0 0 0 0 0 2000000000 500000000 42\n");
        sample();
        assertThat(value("node_cpu_seconds_total{cpu=0,mode=user}")).isEqualTo(10);
        assertThat(value("node_cpu_seconds_total{cpu=0,mode=iowait}")).isEqualTo(0.5);
        assertThat(value("node_cpu_seconds_total{cpu=0,mode=steal}")).isEqualTo(0.08);
        assertThat(value("node_cpu_guest_seconds_total{cpu=0,mode=nice}")).isEqualTo(0.1);
        assertThat(value("node_cpu_seconds_total{cpu=1,mode=idle}")).isEqualTo(0.04);
        assertThat(value("node_load1")).isEqualTo(0.5);
        assertThat(value("node_load15")).isEqualTo(2);
        assertThat(value("node_procs_blocked")).isEqualTo(1);
        assertThat(value("node_context_switches_total")).isEqualTo(999);
        assertThat(value("node_boot_time_seconds")).isEqualTo(1_700_000_000);
        assertThat(value("node_time_seconds")).isEqualTo(1.5);
        assertThat(value("node_schedstat_waiting_seconds_total{cpu=0}")).isEqualTo(0.5);
        assertThat(samples.keySet()).noneMatch(name -> name.contains("mode=\"iowait\"") && name.contains("cpu=\"1\""));
    }

    @Test
    void readsMemoryAndVmstat() throws Exception {
        minimal();
        file("proc/meminfo", "MemTotal:       16000 kB\nActive(anon):   5 kB\nHugePages_Total:    3\nbroken\n");
        file("proc/vmstat", "pgmajfault 7\noom_kill 1\nnr_free_pages 5\nallocstall_normal 2\n");
        sample();
        assertThat(value("node_memory_MemTotal_bytes")).isEqualTo(16_384_000);
        assertThat(value("node_memory_Active_anon_bytes")).isEqualTo(5_120);
        assertThat(value("node_memory_HugePages_Total")).isEqualTo(3);
        assertThat(value("node_vmstat_pgmajfault")).isEqualTo(7);
        assertThat(value("node_vmstat_oom_kill")).isEqualTo(1);
        assertThat(value("node_vmstat_allocstall_normal")).isEqualTo(2);
        assertThat(samples.keySet()).noneMatch(name -> name.contains("nr_free_pages"));
    }

    @Test
    void readsPressureAndSaysWhenTheKernelTellsNone() throws Exception {
        minimal();
        assertThat(sample())
                .anySatisfy(gap -> assertThat(gap)
                        .isEqualTo(new Gap(
                                "node_pressure_",
                                "This kernel tells no pressure stalls (/proc/pressure) of cpu, memory, io")));
        for (String resource : List.of("cpu", "memory", "io")) {
            file("proc/pressure/" + resource, """
                    some avg10=0.00 avg60=0.00 avg300=0.00 total=2500000
                    full avg10=0.00 avg60=0.00 avg300=0.00 total=1000000
                    """);
        }
        assertThat(sample()).noneMatch(gap -> gap.metrics().equals("node_pressure_"));
        assertThat(value("node_pressure_cpu_waiting_seconds_total")).isEqualTo(2.5);
        assertThat(value("node_pressure_io_stalled_seconds_total")).isEqualTo(1);
        assertThat(samples.keySet()).noneMatch(name -> name.startsWith("node_pressure_cpu_stalled"));
    }

    @Test
    void readsWholeDisksOnly() throws Exception {
        minimal();
        file("proc/diskstats", """
                   8       0 sda 100 5 2000 3000 50 6 400 700 2 8000 9000 1 2 3 4 5 6
                   8       1 sda1 1 1 1 1 1 1 1 1 1 1 1
                   7       0 loop0 1 1 1 1 1 1 1 1 1 1 1
                """);
        file("sys/class/block/sda1/partition", "1\n");
        sample();
        assertThat(value("node_disk_reads_completed_total{device=sda}")).isEqualTo(100);
        assertThat(value("node_disk_read_bytes_total{device=sda}")).isEqualTo(2000 * 512);
        assertThat(value("node_disk_io_time_seconds_total{device=sda}")).isEqualTo(8);
        assertThat(value("node_disk_io_now{device=sda}")).isEqualTo(2);
        assertThat(value("node_disk_flush_requests_time_seconds_total{device=sda}"))
                .isEqualTo(0.006);
        assertThat(samples.keySet()).noneMatch(name -> name.contains("sda1") || name.contains("loop0"));
    }

    @Test
    void readsNetwork() throws Exception {
        minimal();
        file("proc/net/dev", """
                Inter-|   Receive                                                |  Transmit
                 face |bytes    packets errs drop fifo frame compressed multicast|bytes packets errs drop fifo colls carrier compressed
                  eth0: 1000 10 1 2 0 0 0 3 2000 20 4 5 0 0 6 0
                """);
        file("sys/class/net/eth0/operstate", "up\n");
        file("sys/class/net/eth0/speed", "1000\n");
        file("proc/net/snmp", "Tcp: ActiveOpens RetransSegs\nTcp: 5 7\nUdp: InErrors\nUdp: 1\n");
        file("proc/net/netstat", "TcpExt: ListenDrops ListenOverflows\nTcpExt: 3 4\n");
        file("proc/net/snmp6", "Ip6InReceives\t9\nUdp6InErrors 2\n");
        file("proc/net/sockstat", "sockets: used 40\nTCP: inuse 5 orphan 1 tw 2 alloc 8 mem 3\n");
        file("proc/net/softnet_stat", "0000000a 00000002 00000001 0\n");
        file("proc/sys/net/netfilter/nf_conntrack_count", "12\n");
        sample();
        assertThat(value("node_network_receive_bytes_total{device=eth0}")).isEqualTo(1000);
        assertThat(value("node_network_transmit_carrier_total{device=eth0}")).isEqualTo(6);
        assertThat(value("node_network_up{device=eth0}")).isEqualTo(1);
        assertThat(value("node_network_speed_bytes{device=eth0}")).isEqualTo(125e6);
        assertThat(value("node_netstat_Tcp_RetransSegs")).isEqualTo(7);
        assertThat(value("node_netstat_TcpExt_ListenOverflows")).isEqualTo(4);
        assertThat(value("node_netstat_Ip6_InReceives")).isEqualTo(9);
        assertThat(value("node_sockstat_sockets_used")).isEqualTo(40);
        assertThat(value("node_sockstat_TCP_mem_bytes")).isEqualTo(3 * 4096);
        assertThat(value("node_softnet_dropped_total{cpu=0}")).isEqualTo(2);
        assertThat(value("node_nf_conntrack_entries")).isEqualTo(12);
    }

    @Test
    void countsProcessesByStateWhateverTheirNames() throws Exception {
        minimal();
        String rest = " 1 1 1 0 -1 4194560 1 1 1 1 1 1 1 1 20 0 4 0 100 1 1";
        file("proc/1/stat", "1 (init) S" + rest);
        file("proc/2/stat", "2 (evil) Z (name) D" + rest);
        file("proc/3/stat", "garbage");
        file("proc/self/stat", "3 (x) R" + rest);
        file("proc/sys/fs/file-nr", "1000\t0\t5000\n");
        sample();
        assertThat(value("node_processes_state{state=S}")).isEqualTo(1);
        assertThat(value("node_processes_state{state=D}")).isEqualTo(1);
        assertThat(value("node_processes_state{state=Z}")).isEqualTo(0);
        assertThat(value("node_processes_pids")).isEqualTo(2);
        assertThat(value("node_processes_threads")).isEqualTo(8);
        assertThat(value("node_filefd_allocated")).isEqualTo(1000);
        assertThat(value("node_filefd_maximum")).isEqualTo(5000);
    }

    @Test
    void readsFileSystemsWithOddNamesAndLeavesTheKernelsOwnOut() throws Exception {
        minimal();
        Files.createDirectories(root.resolve("data dir"));
        file("proc/self/mounts", """
                overlay / overlay rw 0 0
                /dev/sdb1 /data\\040dir ext4 ro,noatime 0 0
                proc /proc proc rw 0 0
                tmpfs /dev/shm tmpfs rw 0 0
                """);
        Map<String, StatFilesystem.Sizes> asked = new TreeMap<>();
        FilesystemReading reading = new FilesystemReading(path -> {
            asked.put(path.toString(), new StatFilesystem.Sizes(1, 2, 3, 4, 5));
            return Optional.of(new StatFilesystem.Sizes(100, 50, 40, 10, 5));
        });
        reading.read(
                new HostFiles(root), new Metrics((labels, value) -> samples.put(labels.toString(), value), "web1"));
        assertThat(value("node_filesystem_avail_bytes{device=/dev/sdb1,fstype=ext4,mountpoint=/data dir}"))
                .isEqualTo(40);
        assertThat(value("node_filesystem_files_free{device=/dev/sdb1,fstype=ext4,mountpoint=/data dir}"))
                .isEqualTo(5);
        assertThat(value("node_filesystem_readonly{device=/dev/sdb1,fstype=ext4,mountpoint=/data dir}"))
                .isEqualTo(1);
        assertThat(asked.keySet())
                .containsExactly(
                        root.resolve("").toString(), root.resolve("data dir").toString());
    }

    @Test
    void aFileSystemThatHangsIsTakenForAnErrorAndNotAskedAgain() throws Exception {
        minimal();
        file("proc/self/mounts", "server:/x /mnt nfs4 rw 0 0\n");
        CountDownLatch never = new CountDownLatch(1);
        int[] asked = {0};
        FilesystemReading reading = new FilesystemReading(path -> {
            asked[0]++;
            try {
                never.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return Optional.empty();
        });
        Metrics metrics = new Metrics((labels, value) -> samples.put(labels.toString(), value), "web1");
        List<Gap> gaps = reading.read(new HostFiles(root), metrics);
        reading.read(new HostFiles(root), metrics);
        never.countDown();
        assertThat(gaps)
                .containsExactly(new Gap("node_filesystem_", "The file system /mnt (nfs4) does not tell its size"));
        assertThat(asked[0]).isEqualTo(1);
        assertThat(value("node_filesystem_device_error{device=server:/x,fstype=nfs4,mountpoint=/mnt}"))
                .isEqualTo(1);
    }

    @Test
    void withoutProcItSaysWhatItNeeds() {
        assertThatThrownBy(this::sample)
                .isInstanceOf(MetricFailure.class)
                .hasMessage("host: /proc/stat cannot be read");
    }

    @Test
    void statvfsTellsWhatJavaTells(@TempDir Path folder) throws Exception {
        StatFilesystem.Sizes sizes = new NativeStatFilesystem().of(folder).orElseThrow();
        assertThat(sizes.size()).isEqualTo(Files.getFileStore(folder).getTotalSpace());
        assertThat(sizes.free()).isGreaterThanOrEqualTo(sizes.available());
        assertThat(new NativeStatFilesystem().of(folder.resolve("nowhere"))).isEmpty();
    }
}
