package dev.whydunit.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Two machines and the switch between them, each a network namespace: {@code apps} is 10.97.0.1, {@code below} 10.97.0.2. Needs root, ip
 * and curl. Everything is gone when it is closed.
 */
final class StormNetwork implements AutoCloseable {
    static final String BELOW = "10.97.0.2";

    private final String apps;
    private final String below;
    private final String middle;
    private final List<Process> processes = new ArrayList<>();

    StormNetwork() {
        String id = Long.toString(ProcessHandle.current().pid() % 100_000);
        apps = "wa" + id;
        below = "wd" + id;
        middle = "wm" + id;
        for (String name : List.of(apps, below, middle)) {
            run("ip", "netns", "add", name);
            run("ip", "-n", name, "link", "set", "lo", "up");
        }
        run("ip", "-n", middle, "link", "add", "switch", "type", "bridge");
        run("ip", "-n", middle, "link", "set", "switch", "up");
        join(apps, "toapps", "10.97.0.1");
        join(below, "tobelow", BELOW);
    }

    private void join(String machine, String port, String address) {
        run("ip", "link", "add", "veth0", "netns", machine, "type", "veth", "peer", "name", port, "netns", middle);
        run("ip", "-n", middle, "link", "set", port, "master", "switch", "up");
        run("ip", "-n", machine, "addr", "add", address + "/24", "dev", "veth0");
        run("ip", "-n", machine, "link", "set", "veth0", "up");
    }

    /** What the switch's port to the machine below takes at most: the one setting that this is about. */
    void portTakes(int mtu) {
        run("ip", "-n", middle, "link", "set", "tobelow", "mtu", Integer.toString(mtu));
    }

    /** Starts a program where the services are; it ends with the network. */
    Process startAtApps(Path log, String... command) {
        return start(apps, log, command);
    }

    /** Starts a program on the machine below; it ends with the network. */
    Process startBelow(Path log, String... command) {
        return start(below, log, command);
    }

    private Process start(String namespace, Path log, String... command) {
        List<String> all = new ArrayList<>(List.of("ip", "netns", "exec", namespace));
        all.addAll(List.of(command));
        try {
            ProcessBuilder builder =
                    new ProcessBuilder(all).redirectErrorStream(true).redirectOutput(log.toFile());
            builder.environment().put("WHYDUNIT_ADMIN_TOKEN", "admin");
            builder.environment().put("AM_TOKEN", "from alertmanager");
            Process process = builder.start();
            processes.add(process);
            return process;
        } catch (IOException e) {
            throw new UncheckedIOException(command[0] + " is missing; ./verify installs it", e);
        }
    }

    /** What an address answers where the services are; empty when nothing does. */
    String get(String url) {
        return run(
                false,
                "ip",
                "netns",
                "exec",
                apps,
                "curl",
                "--silent",
                "--max-time",
                "10",
                "--header",
                "Authorization: Bearer admin",
                url);
    }

    private static String run(String... command) {
        return run(true, command);
    }

    private static String run(boolean mustDoIt, String... command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int exit = process.waitFor();
            assertThat(!mustDoIt || exit == 0)
                    .as(String.join(" ", command) + " failed (it needs root): " + said)
                    .isTrue();
            return said;
        } catch (IOException e) {
            throw new UncheckedIOException(command[0] + " is missing; ./verify installs it", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** What a program said, for a test that fails. */
    static String said(Path log) {
        try {
            return Files.exists(log) ? Files.readString(log) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws InterruptedException {
        for (Process process : processes.reversed()) {
            process.descendants().forEach(ProcessHandle::destroy);
            process.destroy();
        }
        for (Process process : processes) {
            if (!process.waitFor(java.time.Duration.ofSeconds(10))) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly().waitFor();
            }
        }
        for (String name : List.of(apps, below, middle)) {
            run("ip", "netns", "del", name);
        }
    }
}
