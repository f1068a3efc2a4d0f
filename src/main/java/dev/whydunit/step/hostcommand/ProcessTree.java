package dev.whydunit.step.hostcommand;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Everything that one command started, and how to end it. Children of living parents are found by descent; those that
 * made themselves independent (a double fork, {@code setsid}) by a mark in their environment, where /proc shows it.
 */
final class ProcessTree {
    private static final String MARK = "WHYDUNIT_STEP";
    /** Unlike any other of this machine's processes: our pid and when we began, and a number for each command. */
    private static final String OURS =
            Long.toHexString(ProcessHandle.current().pid()) + "-" + Long.toHexString(System.nanoTime()) + "-";

    private static final AtomicLong NEXT = new AtomicLong();
    /** How long a process may take to end by itself (let go of what it traces, remove its files) before it is killed. */
    private static final long POLITE_MILLIS = 150;

    private static final long POLL_MILLIS = 3;
    /** A tree that still grows after so many rounds forks faster than it can be ended. */
    private static final int ROUNDS = 20;

    private final String mark;

    ProcessTree() {
        mark = OURS + NEXT.incrementAndGet() + ";";
    }

    /** Puts the mark into the environment of the command. */
    void mark(Map<String, String> environment) {
        environment.put(MARK, mark);
    }

    /**
     * Ends the process and all that it started: asks, waits a moment, then kills, until none is found.
     *
     * @return how many processes were ended
     */
    int end(Optional<ProcessHandle> root) throws InterruptedException {
        Map<Long, ProcessHandle> ended = new LinkedHashMap<>();
        List<ProcessHandle> alive = find(root);
        alive.forEach(ProcessHandle::destroy);
        alive.forEach(p -> ended.put(p.pid(), p));
        await(alive);
        for (int round = 0; round < ROUNDS; round++) {
            alive = find(root);
            for (ProcessHandle process : ended.values()) {
                if (isRunning(process) && !alive.contains(process)) {
                    alive.add(process);
                }
            }
            if (alive.isEmpty()) {
                break;
            }
            alive.forEach(ProcessHandle::destroyForcibly);
            alive.forEach(p -> ended.put(p.pid(), p));
            await(alive);
        }
        return ended.size();
    }

    private static void await(List<ProcessHandle> processes) throws InterruptedException {
        long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(POLITE_MILLIS);
        while (System.nanoTime() < until && processes.stream().anyMatch(ProcessTree::isRunning)) {
            Thread.sleep(POLL_MILLIS);
        }
    }

    /** Not so once it is a zombie: it does nothing any more, and who has to collect it may never do so. */
    private static boolean isRunning(ProcessHandle process) {
        if (!process.isAlive()) {
            return false;
        }
        try {
            String stat = Files.readString(
                    Path.of("/proc", Long.toString(process.pid()), "stat"), StandardCharsets.ISO_8859_1);
            int state = stat.lastIndexOf(')') + 2;
            return state >= stat.length() || "ZX".indexOf(stat.charAt(state)) < 0;
        } catch (IOException e) {
            // Gone since, or a system without /proc.
            return process.isAlive();
        }
    }

    private List<ProcessHandle> find(Optional<ProcessHandle> root) {
        Map<Long, ProcessHandle> found = new LinkedHashMap<>();
        root.ifPresent(r -> r.descendants().forEach(p -> found.put(p.pid(), p)));
        for (ProcessHandle marked : marked()) {
            found.put(marked.pid(), marked);
            marked.descendants().forEach(p -> found.put(p.pid(), p));
        }
        root.ifPresent(r -> found.put(r.pid(), r));
        found.remove(ProcessHandle.current().pid());
        List<ProcessHandle> running = new ArrayList<>(found.values());
        running.removeIf(process -> !isRunning(process));
        return running;
    }

    private Collection<ProcessHandle> marked() {
        Map<Long, ProcessHandle> found = new LinkedHashMap<>();
        byte[] wanted = (MARK + "=" + mark).getBytes(StandardCharsets.ISO_8859_1);
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (Path process : processes) {
                // The handle first: it holds the start time, so that a pid used again is never ended.
                ProcessHandle.of(Long.parseLong(process.getFileName().toString()))
                        .filter(ProcessHandle::isAlive)
                        .filter(p -> contains(process.resolve("environ"), wanted))
                        .ifPresent(p -> found.put(p.pid(), p));
            }
        } catch (IOException | DirectoryIteratorException | UncheckedIOException e) {
            // No /proc on this system: descent alone finds them.
            return found.values();
        }
        return found.values();
    }

    private static boolean contains(Path environment, byte[] wanted) {
        try {
            return new String(Files.readAllBytes(environment), StandardCharsets.ISO_8859_1)
                    .contains(new String(wanted, StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            // It has ended, or it is another user's and so not one that this process may end.
            return false;
        }
    }
}
