package dev.whydunit.step.packetcapture;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The process that captures: a JVM of its own, so that a crash of native code or a missing privilege costs one step. Packets come
 * from its standard output, what it has to say from its standard error.
 */
final class CaptureChild implements AutoCloseable {
    private static final int MOST_LINES = 50;
    private static final int LONGEST_LINE = 2_000;

    /** What it is given of our environment. */
    private static final Set<String> KEPT = Set.of("PATH", "HOME", "LANG", "TMPDIR", "LD_LIBRARY_PATH");

    private final Process process;
    private final Runnable listening;
    private final Thread listener;
    private final Map<String, String> said = new LinkedHashMap<>();
    private final StringBuilder other = new StringBuilder();

    private CaptureChild(Process process, Runnable listening) {
        this.process = process;
        this.listening = listening;
        listener = Thread.ofPlatform().daemon().name("messages of the capture").start(this::listen);
    }

    /**
     * Starts it, within a network namespace when one is given.
     *
     * @param listening is called when it begins to capture, on a thread of its own
     */
    static CaptureChild start(Optional<String> namespace, CaptureRequest request, Runnable listening)
            throws IOException {
        List<String> command = new ArrayList<>();
        namespace.ifPresent(name -> command.addAll(List.of("ip", "netns", "exec", name)));
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(
                "-Xmx64m",
                "-Xss512k",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xshare:auto",
                "-XX:-UsePerfData",
                "--enable-native-access=ALL-UNNAMED",
                "-Djava.awt.headless=true",
                "-cp",
                classPath(),
                CaptureProcess.class.getName()));
        command.addAll(request.arguments());
        ProcessBuilder builder = new ProcessBuilder(command);
        // It needs none of our secrets, and neither does whoever may read a process's environment.
        builder.environment().keySet().retainAll(KEPT);
        return new CaptureChild(builder.start(), listening);
    }

    /** Absolute, since the child may be started elsewhere. */
    private static String classPath() {
        List<String> entries = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            entries.add(Path.of(entry).toAbsolutePath().toString());
        }
        return String.join(File.pathSeparator, entries);
    }

    /** The packets, as a capture in pcapng's format. */
    InputStream packets() {
        return process.getInputStream();
    }

    /** The child's standard input. */
    OutputStream input() {
        return process.getOutputStream();
    }

    /** Notes why a capture could not be given to the child; one that closed its input had enough. */
    void inputFailed(IOException e) {
        synchronized (said) {
            said.putIfAbsent("input", String.valueOf(e.getMessage()));
        }
    }

    /** Waits until it ended. */
    CaptureOutcome await() throws InterruptedException {
        int exit = process.waitFor();
        listener.join();
        synchronized (said) {
            Map<String, String> all = new LinkedHashMap<>(said);
            all.putIfAbsent(CaptureOutcome.MESSAGE, other.toString());
            return new CaptureOutcome(all, exit);
        }
    }

    private void listen() {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8))) {
            int count = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (count++ < MOST_LINES) {
                    take(line.length() > LONGEST_LINE ? line.substring(0, LONGEST_LINE) : line);
                }
            }
        } catch (IOException e) {
            // The process was killed while it spoke; what it had said stands.
            take("stderr=" + e.getMessage());
        }
    }

    private void take(String line) {
        if (line.startsWith(CaptureOutcome.LISTENING + "=")) {
            listening.run();
            return;
        }
        int equals = line.indexOf('=');
        synchronized (said) {
            if (equals > 0 && line.substring(0, equals).chars().allMatch(c -> c == '_' || Character.isLowerCase(c))) {
                said.put(line.substring(0, equals), line.substring(equals + 1));
            } else if (other.isEmpty()) {
                other.append(line);
            }
        }
    }

    /** Kills it and whatever it started, if that still runs. */
    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
