package dev.whydunit.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A Java process of ours with a small heap: the same Java and class path as this one, so that nothing needs to be installed.
 * It ends by itself when this process does ({@link ParentWatch}).
 */
final class ChildJvm implements AutoCloseable {
    private static final int ERROR_TEXT = 2_000;

    private final String name;
    private final Process process;
    private final OutputStream commands;
    private final Path errors;
    private final CompletableFuture<String> firstLine = new CompletableFuture<>();

    private ChildJvm(String name, Process process, Path errors) {
        this.name = name;
        this.process = process;
        this.commands = process.getOutputStream();
        this.errors = errors;
        // Not a virtual thread: a read from a pipe keeps its carrier, of which there are as few as processors.
        Thread.ofPlatform().daemon().name("output of " + name).start(this::readOutput);
    }

    /**
     * Starts a process. Returns at once.
     *
     * @param name what it is called in messages and in the name of its error file
     * @param main its entry
     * @param heapMegabytes the limit of its heap
     * @param secrets variables added to its environment: the only way that passwords take
     */
    static ChildJvm start(
            String name,
            Class<?> main,
            int heapMegabytes,
            Path folder,
            Map<String, String> secrets,
            List<String> arguments)
            throws IOException {
        Path errors = folder.resolve(name + ".err");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + heapMegabytes + "m",
                "-Xss512k",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:-UsePerfData",
                "-Dh2.bindAddress=127.0.0.1",
                "-cp",
                absoluteClassPath(),
                main.getName()));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.redirectError(errors.toFile());
        builder.environment().keySet().removeIf(variable -> variable.startsWith("WHYDUNIT_"));
        builder.environment().remove("JAVA_TOOL_OPTIONS");
        builder.environment().putAll(secrets);
        return new ChildJvm(name, builder.start(), errors);
    }

    /**
     * Waits for the port that the process says it serves on.
     *
     * @throws IOException when it ended or did not say so in time; with the end of what it wrote to its error output
     */
    int port(Duration limit) throws IOException, InterruptedException {
        try {
            String line = firstLine.get(limit.toMillis(), TimeUnit.MILLISECONDS);
            if (line.startsWith(ParentWatch.READY)) {
                return Integer.parseInt(line.substring(ParentWatch.READY.length()));
            }
            throw new IOException("the " + name + " process said '" + line + "' instead of its port" + errorText());
        } catch (TimeoutException e) {
            throw new IOException(
                    "the " + name + " process was not ready after " + limit.toSeconds() + " s" + errorText(), e);
        } catch (ExecutionException e) {
            throw new IOException("the " + name + " process ended before it was ready" + errorText(), e);
        }
    }

    /** Tells the process to do something: one line on its standard input. */
    void tell(String command) throws IOException {
        commands.write((command + "\n").getBytes(StandardCharsets.UTF_8));
        commands.flush();
    }

    /** The process's id. */
    long pid() {
        return process.pid();
    }

    /** Closes its standard input, as the end of this process would. */
    void orphan() throws IOException {
        commands.close();
    }

    /** Whether it still runs. */
    boolean isAlive() {
        return process.isAlive();
    }

    /** Kills the process and all that it started, and waits until it is gone. */
    @Override
    public void close() {
        List<ProcessHandle> tree = process.descendants().toList();
        process.destroyForcibly();
        tree.forEach(ProcessHandle::destroyForcibly);
        process.onExit()
                .orTimeout(5, TimeUnit.SECONDS)
                .exceptionally(late -> process)
                .join();
    }

    /** Class paths are often relative to the folder that the parent was started in; the child starts in another. */
    private static String absoluteClassPath() {
        List<String> entries = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(java.io.File.pathSeparator, -1)) {
            entries.add(Path.of(entry).toAbsolutePath().toString());
        }
        return String.join(java.io.File.pathSeparator, entries);
    }

    private void readOutput() {
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
            String line = output.readLine();
            if (line == null) {
                firstLine.completeExceptionally(new IOException("it said nothing"));
                return;
            }
            firstLine.complete(line);
            while (output.readLine() != null) {
                // Drained, so that the child never blocks on a full pipe.
            }
        } catch (IOException e) {
            firstLine.completeExceptionally(e);
        }
    }

    private String errorText() throws IOException {
        String text = Files.exists(errors) ? Files.readString(errors).strip() : "";
        return text.isEmpty() ? "" : ": " + text.substring(0, Math.min(ERROR_TEXT, text.length()));
    }
}
