package dev.whydunit.running;

import dev.whydunit.engine.Hosts.Host;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/** The machine that the process runs on. */
public final class ThisMachine {
    private ThisMachine() {}

    /** Its name, processors and memory. */
    public static Host host() {
        return new Host(name(), Runtime.getRuntime().availableProcessors(), memory());
    }

    private static String name() {
        try {
            String name = Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
            return name.isEmpty() ? "localhost" : name;
        } catch (IOException e) {
            // Not Linux: the name only labels what is shown.
            return "localhost";
        }
    }

    private static long memory() {
        try {
            for (String line : Files.readAllLines(Path.of("/proc/meminfo"))) {
                if (line.startsWith("MemTotal:")) {
                    return Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024;
                }
            }
        } catch (IOException e) {
            // Not Linux: the JVM knows it as well, at the price of loading its management classes.
        }
        return ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean system
                ? system.getTotalMemorySize()
                : 0;
    }
}
