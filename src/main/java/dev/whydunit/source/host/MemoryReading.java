package dev.whydunit.source.host;

import dev.whydunit.source.metric.Sampler.Gap;
import java.util.List;

/** {@code /proc/meminfo} and {@code /proc/vmstat}. */
final class MemoryReading implements Reading {
    @Override
    public List<Gap> read(HostFiles files, Metrics metrics) {
        for (String line : files.lines("proc/meminfo")) {
            List<String> words = Words.of(line);
            if (words.size() >= 2 && words.getFirst().endsWith(":")) {
                // Active(anon) is node_memory_Active_anon_bytes.
                String name = words.getFirst()
                        .substring(0, words.getFirst().length() - 1)
                        .replace("(", "_")
                        .replace(")", "");
                boolean kilobytes = words.size() > 2 && words.get(2).equals("kB");
                metrics.add(
                        "node_memory_" + name + (kilobytes ? "_bytes" : ""),
                        Words.number(words, 1).map(v -> kilobytes ? v * 1024 : v));
            }
        }
        for (String line : files.lines("proc/vmstat")) {
            List<String> words = Words.of(line);
            if (words.size() == 2 && isShown(words.getFirst())) {
                metrics.add("node_vmstat_" + words.getFirst(), Words.number(words, 1));
            }
        }
        return List.of();
    }

    /** What node_exporter shows, and reclaim and its stalls. */
    private static boolean isShown(String name) {
        return name.equals("oom_kill")
                || name.startsWith("pgpg")
                || name.startsWith("pswp")
                || (name.startsWith("pg") && name.contains("fault"))
                || name.startsWith("allocstall")
                || name.startsWith("pgscan_direct")
                || name.startsWith("pgsteal_direct");
    }
}
