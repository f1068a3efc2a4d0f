package dev.whydunit.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How long commands took, in a small file of the state directory: a line for each of the {@value #MOST} that ran last. What
 * cannot be read or written is no estimate, and no error.
 */
final class PastDurations {
    private static final int MOST = 50;
    private static final long MAX_BYTES = 16 << 10;

    private final Path state;
    private final Path file;

    /** @param state the state directory; nothing is kept where there is none yet */
    PastDurations(Path state) {
        this.state = state;
        this.file = state.resolve("durations");
    }

    private record Took(double seconds, double amount) {}

    /**
     * How long a command will take, by what it took last.
     *
     * @param amount how much it has to do, in the unit in which it was kept, such as bytes; above 0
     * @return seconds; empty when it was not kept before
     */
    Optional<Double> estimate(String command, double amount) {
        return Optional.ofNullable(read().get(command)).map(took -> took.seconds() * amount / took.amount());
    }

    /** Keeps what a command took. */
    void keep(String command, double seconds, double amount) {
        if (!Files.isDirectory(state)) {
            return;
        }
        Map<String, Took> all = read();
        all.remove(command);
        all.put(command, new Took(seconds, amount));
        StringBuilder text = new StringBuilder();
        all.entrySet().stream()
                .skip(Math.max(0, all.size() - MOST))
                .forEach(one -> text.append(one.getKey())
                        .append('\t')
                        .append(one.getValue().seconds())
                        .append('\t')
                        .append(one.getValue().amount())
                        .append('\n'));
        try {
            write(text.toString());
        } catch (IOException e) {
            // The next estimate is missing; that is all.
            return;
        }
    }

    /** Whole or not at all: another command may read it at the same time. */
    private void write(String text) throws IOException {
        Path next = Files.createTempFile(state, "durations", ".new");
        try {
            Files.writeString(next, text);
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(next, file, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(next);
        }
    }

    private Map<String, Took> read() {
        Map<String, Took> all = new LinkedHashMap<>();
        try {
            if (!Files.isRegularFile(file) || Files.size(file) > MAX_BYTES) {
                return all;
            }
            for (String line : new String(Files.readAllBytes(file), StandardCharsets.UTF_8).split("\n", -1)) {
                String[] parts = line.split("\t", -1);
                if (parts.length == 3) {
                    double seconds = Double.parseDouble(parts[1]);
                    double amount = Double.parseDouble(parts[2]);
                    if (seconds > 0 && amount > 0 && Double.isFinite(seconds) && Double.isFinite(amount)) {
                        all.put(parts[0], new Took(seconds, amount));
                    }
                }
            }
        } catch (IOException | NumberFormatException e) {
            // Somebody wrote something else there: it is begun anew.
            all.clear();
        }
        return all;
    }
}
