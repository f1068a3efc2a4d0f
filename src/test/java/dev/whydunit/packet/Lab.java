package dev.whydunit.packet;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Two hosts of our own, each a network namespace: the client 10.98.0.1 and the server 10.98.0.2, joined by a veth pair. Needs root, ip
 * and nft. Everything is gone when it is closed.
 */
public final class Lab implements AutoCloseable {
    private static final Pattern BACKLOG = Pattern.compile("backlog (\\d+)([KM]?)b");
    /** Addresses. */
    public static final String CLIENT = "10.98.0.1";

    /** Addresses. */
    public static final String SERVER = "10.98.0.2";

    private static final AtomicInteger NUMBER = new AtomicInteger();

    /** Names of the namespaces. */
    public final String client;

    /** Names of the namespaces. */
    public final String server;

    private Optional<String> between = Optional.empty();
    private final List<Process> processes = new ArrayList<>();

    /** Makes the namespaces without a link between them. */
    public Lab() {
        String id = ProcessHandle.current().pid() % 10_000 + "n" + NUMBER.incrementAndGet();
        client = "wc" + id;
        server = "ws" + id;
        for (String name : List.of(client, server)) {
            run("ip", "netns", "add", name);
            run("ip", "-n", name, "link", "set", "lo", "up");
        }
    }

    /** Makes the namespaces and joins them by a veth pair, {@code veth0} on both sides. */
    public static Lab joined() {
        Lab lab = new Lab();
        run(
                "ip",
                "link",
                "add",
                "veth0",
                "netns",
                lab.client,
                "type",
                "veth",
                "peer",
                "name",
                "veth0",
                "netns",
                lab.server);
        lab.address(lab.client, CLIENT, "veth0");
        lab.address(lab.server, SERVER, "veth0");
        return lab;
    }

    /**
     * Makes the namespaces and joins them by a switch between, {@code veth0} on both sides.
     *
     * @param rate what the switch lets through in each direction (a token bucket)
     * @param queuedBytes what it queues in each direction
     */
    public static Lab switched(String rate, int queuedBytes) {
        Lab lab = new Lab();
        lab.between = Optional.of("wb" + lab.client.substring(2));
        String between = lab.between.get();
        run("ip", "netns", "add", between);
        run("ip", "-n", between, "link", "add", "switch", "type", "bridge");
        run("ip", "-n", between, "link", "set", "switch", "up");
        for (String host : List.of(lab.client, lab.server)) {
            String port = host.equals(lab.client) ? "client" : "server";
            run("ip", "link", "add", "veth0", "netns", host, "type", "veth", "peer", "name", port, "netns", between);
            run("ip", "-n", between, "link", "set", port, "master", "switch", "up");
            String limit = Integer.toString(queuedBytes);
            run(
                    "tc", "-n", between, "qdisc", "add", "dev", port, "root", "tbf", "rate", rate, "burst", "16kb",
                    "limit", limit);
        }
        lab.address(lab.client, CLIENT, "veth0");
        lab.address(lab.server, SERVER, "veth0");
        return lab;
    }

    /** How many bytes wait in the switch on their way to the client. */
    public long queuedToClient() {
        String shown = run("tc", "-n", between.orElseThrow(), "-s", "qdisc", "show", "dev", "client");
        Matcher backlog = BACKLOG.matcher(shown);
        if (!backlog.find()) {
            throw new IllegalStateException("tc shows no backlog: " + shown);
        }
        long number = Long.parseLong(backlog.group(1));
        return switch (backlog.group(2)) {
            case "K" -> number * 1024;
            case "M" -> number * 1024 * 1024;
            default -> number;
        };
    }

    /** Gives a device of a namespace its address and sets it up. */
    public void address(String namespace, String address, String device) {
        run("ip", "-n", namespace, "addr", "add", address + "/24", "dev", device);
        run("ip", "-n", namespace, "link", "set", device, "up");
    }

    /** Runs nft in a namespace: a rule in a chain that sees all that comes in. */
    public void rule(String namespace, String rule) {
        run(
                "ip",
                "netns",
                "exec",
                namespace,
                "nft",
                "add table ip lab; add chain ip lab in { type filter hook input priority 0; };" + " add rule ip lab in "
                        + rule);
    }

    /** Runs a command in a namespace to its end; fails when it fails. */
    public void in(String namespace, String... command) {
        List<String> all = new ArrayList<>(List.of("ip", "netns", "exec", namespace));
        all.addAll(List.of(command));
        run(all.toArray(String[]::new));
    }

    /** Starts a command in a namespace; it is killed with the lab. */
    public Process start(String namespace, List<String> command) throws IOException {
        List<String> all = new ArrayList<>(List.of("ip", "netns", "exec", namespace));
        all.addAll(command);
        Process process = new ProcessBuilder(all).redirectErrorStream(true).start();
        processes.add(process);
        return process;
    }

    /** Starts a command in a namespace and waits until it says that it is ready. */
    public Process start(String namespace, List<String> command, String ready) throws IOException {
        Process process = start(namespace, command);
        awaitLine(process, ready);
        return process;
    }

    /** Starts a {@link Peer} in a namespace and waits until it says that it is ready. */
    public Process peer(String namespace, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                Peer.class.getName()));
        command.addAll(List.of(arguments));
        Process process = start(namespace, command);
        awaitLine(process, "ready");
        return process;
    }

    /** Starts tcpdump on a device and waits until it listens. */
    public Process capture(String namespace, String device, Path file) throws IOException {
        Process process = start(
                namespace,
                List.of(
                        "tcpdump",
                        "--immediate-mode",
                        "-U",
                        "-Z",
                        "root",
                        "-B",
                        "65536",
                        "-n",
                        "-i",
                        device,
                        "-w",
                        file.toString()));
        awaitLine(process, "listening on");
        return process;
    }

    /** Ends a capture and waits until its file is whole. */
    public void stop(Process capture) throws InterruptedException {
        capture.toHandle().destroy();
        if (!capture.waitFor(10, TimeUnit.SECONDS)) {
            throw new IllegalStateException("the capture does not end");
        }
    }

    private static void awaitLine(Process process, String expected) throws IOException {
        StringBuilder said = new StringBuilder();
        for (int c = process.getInputStream().read();
                c >= 0;
                c = process.getInputStream().read()) {
            said.append((char) c);
            if (c == '\n' && said.indexOf(expected) >= 0) {
                return;
            }
        }
        throw new IllegalStateException("it ended without saying '" + expected + "': " + said);
    }

    static String run(String... command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException(String.join(" ", command) + " failed (it needs root): " + said);
            }
            return said;
        } catch (IOException e) {
            throw new UncheckedIOException(command[0] + " is missing; ./verify installs it", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        for (Process process : processes) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
        between.ifPresent(name -> run("ip", "netns", "del", name));
        for (String name : List.of(client, server)) {
            run("ip", "netns", "del", name);
        }
    }
}
