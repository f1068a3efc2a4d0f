package dev.whydunit.step.packetcapture;

import dev.whydunit.engine.Commands;
import dev.whydunit.engine.Observation.Cause;
import dev.whydunit.engine.Observation.Unseen;
import java.io.BufferedReader;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The tcpdump of another host, started there through its connection. It writes packets to its standard output. */
final class Tcpdump implements AutoCloseable {
    private static final int MOST_LINES = 50;
    private static final int LONGEST_LINE = 2_000;
    private static final int NOT_EXECUTABLE = 126;
    private static final int NOT_FOUND = 127;
    private static final Pattern NUMBERED =
            Pattern.compile("(\\d{1,18}) packets? (received by filter|dropped by kernel|dropped by interface)");

    private final Commands.Running running;
    private final Runnable listening;
    private final Thread listener;
    private final List<String> said = new ArrayList<>();
    private volatile boolean drained;

    private Tcpdump(Commands.Running running, Runnable listening) {
        this.running = running;
        this.listening = listening;
        listener = Thread.ofPlatform().daemon().name("messages of tcpdump").start(this::listen);
    }

    /**
     * Starts it. It ends by itself, since closing a connection does not end what was started through it everywhere.
     *
     * @param listening is called when it begins to capture, on a thread of its own
     */
    static Tcpdump start(Commands commands, Optional<String> namespace, CaptureRequest request, Runnable listening)
            throws IOException {
        return new Tcpdump(commands.start(command(namespace, request)), listening);
    }

    /** The command, each argument apart: no shell's text is made of a filter or a name. */
    static List<String> command(Optional<String> namespace, CaptureRequest request) {
        List<String> command = new ArrayList<>();
        namespace.ifPresent(name -> command.addAll(List.of("ip", "netns", "exec", name)));
        long seconds = Math.max(1, Math.ceilDiv(request.millis(), 1_000L));
        command.addAll(List.of("timeout", "-s", "INT", Long.toString(seconds)));
        command.addAll(List.of("tcpdump", "-n", "-i", request.interfaces().getFirst()));
        command.addAll(List.of("-s", Integer.toString(request.snaplen())));
        command.addAll(List.of("-c", Long.toString(Math.min(request.packets(), Integer.MAX_VALUE)), "-w", "-"));
        if (!request.filter().isEmpty()) {
            command.addAll(List.of("--", request.filter()));
        }
        return command;
    }

    /** The packets, as a capture in pcap's format. */
    InputStream packets() {
        return new FilterInputStream(running.output()) {
            @Override
            public int read() throws IOException {
                int one = super.read();
                drained |= one < 0;
                return one;
            }

            @Override
            public int read(byte[] to, int at, int length) throws IOException {
                int count = super.read(to, at, length);
                drained |= count < 0;
                return count;
            }
        };
    }

    /** Whether its packets were read to the last, so that it has ended or is about to. */
    boolean drained() {
        return drained;
    }

    /** Waits until it ended, and gives its exit status. */
    int await() throws InterruptedException {
        int status = running.await();
        listener.join();
        return status;
    }

    private void listen() {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(running.errors(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.contains("listening on ")) {
                    listening.run();
                }
                synchronized (said) {
                    if (said.size() < MOST_LINES) {
                        said.add(line.length() > LONGEST_LINE ? line.substring(0, LONGEST_LINE) : line);
                    }
                }
            }
        } catch (IOException e) {
            // The connection was closed while it spoke; what it had said stands.
            synchronized (said) {
                said.add("the connection ended: " + e.getMessage());
            }
        }
    }

    /** Why it captured nothing, from what it said. */
    Unseen failure(int status) {
        String text = text();
        String lower = text.toLowerCase(Locale.ROOT);
        if (lower.contains("permission") || lower.contains("not permitted")) {
            return new Unseen(
                    Cause.DENIED,
                    "not permitted: " + text,
                    "let the user that logs in there capture: setcap cap_net_raw,cap_net_admin+ep on its tcpdump");
        }
        if (lower.contains("syntax error") || lower.contains("parse filter") || lower.contains("expression")) {
            return new Unseen(
                    Cause.FAILED,
                    "the filter is wrong: " + text,
                    "filters are written as for tcpdump, see pcap-filter(7)");
        }
        if (lower.contains("no such device") || lower.contains("is not up") || lower.contains("doesn't exist")) {
            return new Unseen(Cause.FAILED, text, "ip link lists the interfaces of that host");
        }
        if (status == NOT_FOUND || status == NOT_EXECUTABLE || lower.contains("no such file")) {
            return new Unseen(Cause.FAILED, "tcpdump cannot be run there: " + text, "install tcpdump on that host");
        }
        return new Unseen(Cause.FAILED, "tcpdump ended with status " + status + ": " + text, "");
    }

    /** What weakens the capture: packets that the kernel let go. */
    Optional<String> drops() {
        long received = 0;
        long dropped = 0;
        Matcher numbers = NUMBERED.matcher(text());
        while (numbers.find()) {
            long number = Long.parseLong(numbers.group(1));
            if (numbers.group(2).startsWith("received")) {
                received = number;
            } else {
                dropped += number;
            }
        }
        return dropped == 0
                ? Optional.empty()
                : Optional.of(String.format(
                        Locale.ROOT,
                        "the kernel dropped %d of %d packets (%.1f %%) because they came faster than they could be read",
                        dropped,
                        Math.max(received, dropped),
                        100.0 * dropped / Math.max(received, dropped)));
    }

    private String text() {
        synchronized (said) {
            return String.join("; ", said);
        }
    }

    /** Ends it if it still runs. */
    @Override
    public void close() {
        running.close();
    }
}
