package dev.whydunit.source.host;

import dev.whydunit.source.metric.Sampler.Gap;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Pressure stall information: {@code /proc/pressure} (docs.kernel.org/accounting/psi.html). */
final class PressureReading implements Reading {
    private static final double MICROS = 1e6;

    @Override
    public List<Gap> read(HostFiles files, Metrics metrics) {
        List<String> missing = new ArrayList<>();
        for (String resource : List.of("cpu", "memory", "io")) {
            Optional<String> text = files.text("proc/pressure/" + resource);
            if (text.isEmpty()) {
                missing.add(resource);
            }
            for (String line : text.map(t -> t.lines().toList()).orElse(List.of())) {
                List<String> words = Words.of(line);
                Optional<Double> seconds = words.stream()
                        .filter(word -> word.startsWith("total="))
                        .findFirst()
                        .flatMap(word -> Words.number(word.substring("total=".length())))
                        .map(micros -> micros / MICROS);
                if (line.startsWith("some ")) {
                    metrics.add("node_pressure_" + resource + "_waiting_seconds_total", seconds);
                } else if (line.startsWith("full ") && !resource.equals("cpu")) {
                    // The whole machine cannot lack its own CPU: the kernel's line says 0.
                    metrics.add("node_pressure_" + resource + "_stalled_seconds_total", seconds);
                }
            }
        }
        return missing.isEmpty()
                ? List.of()
                : List.of(new Gap(
                        "node_pressure_",
                        "This kernel tells no pressure stalls (/proc/pressure) of " + String.join(", ", missing)));
    }
}
