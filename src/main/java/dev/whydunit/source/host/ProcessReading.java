package dev.whydunit.source.host;

import dev.whydunit.source.metric.Sampler.Gap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Processes by state ({@code R}, {@code S}, {@code D}, {@code Z}, …) and threads: {@code /proc/PID/stat}. */
final class ProcessReading implements Reading {
    private static final int MOST = 5_000;

    @Override
    public List<Gap> read(HostFiles files, Metrics metrics) {
        Map<String, Integer> states = new TreeMap<>();
        double threads = 0;
        int processes = 0;
        List<String> ids = files.names("proc").stream()
                .filter(name -> name.chars().allMatch(c -> c >= '0' && c <= '9'))
                .toList();
        for (String id : ids.size() > MOST ? ids.subList(0, MOST) : ids) {
            Optional<String> stat = files.text("proc/" + id + "/stat");
            // The name may hold anything: what follows begins after its last bracket.
            int name = stat.map(text -> text.lastIndexOf(')')).orElse(-1);
            if (name < 0) {
                continue;
            }
            List<String> words = Words.of(stat.orElseThrow().substring(name + 1));
            if (words.size() > 17) {
                states.merge(words.getFirst(), 1, Integer::sum);
                threads += Words.number(words, 17).orElse(0.0);
                processes++;
            }
        }
        if (processes > 0) {
            for (String state : List.of("D", "R", "S", "T", "Z", "I")) {
                states.putIfAbsent(state, 0);
            }
        }
        states.forEach((state, count) -> metrics.add("node_processes_state", count, "state", state));
        if (processes > 0) {
            metrics.add("node_processes_pids", processes);
            metrics.add("node_processes_threads", threads);
        }
        metrics.add("node_processes_max_processes", files.number("proc/sys/kernel/pid_max"));
        metrics.add("node_processes_max_threads", files.number("proc/sys/kernel/threads-max"));
        return ids.size() > MOST
                ? List.of(new Gap(
                        "node_processes_",
                        "There are " + ids.size() + " processes: the first " + MOST + " are counted"))
                : List.of();
    }
}
