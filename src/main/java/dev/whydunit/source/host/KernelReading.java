package dev.whydunit.source.host;

import dev.whydunit.source.metric.Sampler.Gap;
import java.time.InstantSource;
import java.util.List;

/** Clock, name, file handles and entropy. */
final class KernelReading implements Reading {
    private final InstantSource clock;

    KernelReading(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public List<Gap> read(HostFiles files, Metrics metrics) {
        metrics.add("node_time_seconds", clock.millis() / 1000.0);
        files.text("proc/sys/fs/file-nr").map(Words::of).ifPresent(words -> {
            metrics.add("node_filefd_allocated", Words.number(words, 0));
            metrics.add("node_filefd_maximum", Words.number(words, 2));
        });
        metrics.add("node_entropy_available_bits", files.number("proc/sys/kernel/random/entropy_avail"));
        if (files.text("proc/sys/kernel/ostype").isPresent()) {
            metrics.add(
                    "node_uname_info",
                    1,
                    "sysname",
                    kernel(files, "ostype"),
                    "release",
                    kernel(files, "osrelease"),
                    "version",
                    kernel(files, "version"),
                    "nodename",
                    kernel(files, "hostname"),
                    "domainname",
                    kernel(files, "domainname"),
                    "machine",
                    machine());
        }
        return List.of();
    }

    private static String kernel(HostFiles files, String name) {
        return files.text("proc/sys/kernel/" + name).orElse("").strip();
    }

    /** The JDK calls x86_64 by another name. */
    private static String machine() {
        String name = System.getProperty("os.arch", "");
        return name.equals("amd64") ? "x86_64" : name;
    }
}
