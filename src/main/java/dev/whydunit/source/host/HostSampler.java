package dev.whydunit.source.host;

import dev.whydunit.source.metric.MetricFailure;
import dev.whydunit.source.metric.MetricFailure.Reason;
import dev.whydunit.source.metric.Sampler;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads all parts of this machine. */
final class HostSampler implements Sampler {
    private final String source;
    private final HostFiles files;
    private final List<Reading> readings;

    HostSampler(String source, HostFiles files, InstantSource clock) {
        this.source = source;
        this.files = files;
        this.readings = List.of(
                new KernelReading(clock),
                new CpuReading(),
                new MemoryReading(),
                new PressureReading(),
                new DiskReading(),
                new NetworkReading(),
                new ProcessReading(),
                new FilesystemReading(new NativeStatFilesystem()));
    }

    @Override
    public List<Gap> sample(Duration limit, Sink sink) throws MetricFailure, InterruptedException {
        if (files.text("proc/stat").isEmpty()) {
            throw new MetricFailure(
                    Reason.FAILED, source + ": /proc/stat cannot be read", "the source host needs Linux with /proc");
        }
        String instance =
                files.text("proc/sys/kernel/hostname").orElse("localhost").strip();
        Metrics metrics = new Metrics(sink, instance);
        metrics.add("up", 1);
        List<Gap> gaps = new ArrayList<>();
        for (Reading reading : readings) {
            gaps.addAll(reading.read(files, metrics));
        }
        return gaps;
    }

    @Override
    public Optional<String> trouble(Duration limit) {
        return files.text("proc/stat").isEmpty() ? Optional.of("/proc/stat cannot be read") : Optional.empty();
    }

    @Override
    public void close() {
        // Holds nothing open between two samples.
    }
}
