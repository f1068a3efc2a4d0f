package dev.whydunit.running;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Where runbooks are. */
public final class RunbookFiles {
    /** The runbooks in the jar; a jar has no folder to list. */
    public static final List<String> SHIPPED = List.of("web_slowdown", "slow_host", "network_path", "triage");

    private static final int MAX_FILES = 10_000;

    private RunbookFiles() {}

    /** The YAML files among and below these, in order, cases of runbooks left out. */
    public static List<Path> below(List<Path> roots) {
        List<Path> files = new ArrayList<>();
        for (Path root : roots) {
            if (Files.isRegularFile(root)) {
                files.add(root);
            } else if (Files.isDirectory(root)) {
                try (Stream<Path> below = Files.walk(root, 5)) {
                    below.filter(Files::isRegularFile)
                            .filter(path -> path.toString().endsWith(".yaml")
                                    || path.toString().endsWith(".yml"))
                            .filter(path -> !path.toString()
                                    .contains(".cases" + path.getFileSystem().getSeparator()))
                            .sorted()
                            .limit(MAX_FILES)
                            .forEach(files::add);
                } catch (IOException e) {
                    throw new UncheckedIOException("cannot list the runbooks in " + root, e);
                }
            }
        }
        return files;
    }

    /** The text of a runbook in the jar. */
    public static Optional<String> shipped(String id) {
        if (!SHIPPED.contains(id)) {
            return Optional.empty();
        }
        try (InputStream in = RunbookFiles.class.getResourceAsStream("/runbooks/" + id + ".yaml")) {
            return in == null ? Optional.empty() : Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the shipped runbook " + id, e);
        }
    }
}
