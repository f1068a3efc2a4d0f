package dev.whydunit.source.host;

import dev.whydunit.source.metric.Sampler.Gap;
import java.util.List;
import java.util.Optional;

/** {@code /proc/diskstats} (docs.kernel.org/admin-guide/iostats.html). */
final class DiskReading implements Reading {
    private static final double SECTOR = 512;
    private static final double MILLIS = 1e3;

    @Override
    public List<Gap> read(HostFiles files, Metrics metrics) {
        for (String line : files.lines("proc/diskstats")) {
            List<String> words = Words.of(line);
            if (words.size() >= 14 && isWhole(words.get(2), files)) {
                disk(words, words.get(2), metrics);
            }
        }
        return List.of();
    }

    private static void disk(List<String> words, String device, Metrics metrics) {
        add(metrics, "reads_completed_total", words, 3, 1, device);
        add(metrics, "reads_merged_total", words, 4, 1, device);
        add(metrics, "read_bytes_total", words, 5, 1 / SECTOR, device);
        add(metrics, "read_time_seconds_total", words, 6, MILLIS, device);
        add(metrics, "writes_completed_total", words, 7, 1, device);
        add(metrics, "writes_merged_total", words, 8, 1, device);
        add(metrics, "written_bytes_total", words, 9, 1 / SECTOR, device);
        add(metrics, "write_time_seconds_total", words, 10, MILLIS, device);
        add(metrics, "io_now", words, 11, 1, device);
        add(metrics, "io_time_seconds_total", words, 12, MILLIS, device);
        add(metrics, "io_time_weighted_seconds_total", words, 13, MILLIS, device);
        add(metrics, "discards_completed_total", words, 14, 1, device);
        add(metrics, "discards_merged_total", words, 15, 1, device);
        add(metrics, "discarded_sectors_total", words, 16, 1, device);
        add(metrics, "discard_time_seconds_total", words, 17, MILLIS, device);
        add(metrics, "flush_requests_total", words, 18, 1, device);
        add(metrics, "flush_requests_time_seconds_total", words, 19, MILLIS, device);
    }

    private static void add(
            Metrics metrics, String name, List<String> words, int index, double divisor, String device) {
        metrics.add("node_disk_" + name, Words.number(words, index).map(v -> v / divisor), "device", device);
    }

    /** Neither a partition nor a RAM disk, loop or floppy device: what node_exporter leaves out. */
    private static boolean isWhole(String device, HostFiles files) {
        if (device.startsWith("ram") || device.startsWith("loop") || device.startsWith("fd")) {
            return false;
        }
        Optional<String> partition = files.text("sys/class/block/" + device + "/partition");
        return partition.isEmpty();
    }
}
