package dev.whydunit.source.host;

import dev.whydunit.source.metric.Sampler.Gap;
import java.util.List;
import java.util.Optional;

/** {@code /proc/stat}, {@code /proc/loadavg} and {@code /proc/schedstat}. */
final class CpuReading implements Reading {
    /** The kernel tells CPU time in USER_HZ, which is 100 on every architecture that Java runs on. */
    private static final double TICKS_PER_SECOND = 100;

    private static final double NANOS = 1e9;
    private static final String[] MODES = {"user", "nice", "system", "idle", "iowait", "irq", "softirq", "steal"};

    @Override
    public List<Gap> read(HostFiles files, Metrics metrics) {
        for (String line : files.lines("proc/stat")) {
            stat(Words.of(line), metrics);
        }
        files.text("proc/loadavg").map(Words::of).ifPresent(words -> {
            metrics.add("node_load1", Words.number(words, 0));
            metrics.add("node_load5", Words.number(words, 1));
            metrics.add("node_load15", Words.number(words, 2));
        });
        for (String line : files.lines("proc/schedstat")) {
            List<String> words = Words.of(line);
            if (words.size() > 9 && words.getFirst().startsWith("cpu")) {
                String cpu = words.getFirst().substring(3);
                metrics.add(
                        "node_schedstat_running_seconds_total",
                        Words.number(words, 7).map(v -> v / NANOS),
                        "cpu",
                        cpu);
                metrics.add(
                        "node_schedstat_waiting_seconds_total",
                        Words.number(words, 8).map(v -> v / NANOS),
                        "cpu",
                        cpu);
                metrics.add("node_schedstat_timeslices_total", Words.number(words, 9), "cpu", cpu);
            }
        }
        return List.of();
    }

    private static void stat(List<String> words, Metrics metrics) {
        if (words.size() < 2) {
            return;
        }
        String name = words.getFirst();
        if (name.startsWith("cpu") && name.length() > 3) {
            String cpu = name.substring(3);
            for (int i = 0; i < MODES.length; i++) {
                metrics.add("node_cpu_seconds_total", seconds(words, i + 1), "cpu", cpu, "mode", MODES[i]);
            }
            metrics.add("node_cpu_guest_seconds_total", seconds(words, 9), "cpu", cpu, "mode", "user");
            metrics.add("node_cpu_guest_seconds_total", seconds(words, 10), "cpu", cpu, "mode", "nice");
            return;
        }
        switch (name) {
            case "ctxt" -> metrics.add("node_context_switches_total", Words.number(words, 1));
            case "intr" -> metrics.add("node_intr_total", Words.number(words, 1));
            case "btime" -> metrics.add("node_boot_time_seconds", Words.number(words, 1));
            case "processes" -> metrics.add("node_forks_total", Words.number(words, 1));
            case "procs_running" -> metrics.add("node_procs_running", Words.number(words, 1));
            case "procs_blocked" -> metrics.add("node_procs_blocked", Words.number(words, 1));
            default -> {
                // Page and disk counters of old kernels; told elsewhere.
            }
        }
    }

    private static Optional<Double> seconds(List<String> words, int index) {
        return Words.number(words, index).map(ticks -> ticks / TICKS_PER_SECOND);
    }
}
