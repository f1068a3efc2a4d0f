package dev.whydunit.source.host;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The kernel's files. Bounded in size; a file that is not there or not readable is absent, not an error. */
final class HostFiles {
    private static final int LARGEST = 4 * 1024 * 1024;
    private static final int MOST_ENTRIES = 10_000;

    private final Path root;

    /** @param root {@code /}; tests have their own */
    HostFiles(Path root) {
        this.root = root;
    }

    /** A file's text. */
    Optional<String> text(String path) {
        try (InputStream in = Files.newInputStream(root.resolve(path))) {
            return Optional.of(new String(in.readNBytes(LARGEST), StandardCharsets.UTF_8));
        } catch (IOException e) {
            // No such file, no permission, or a device that gives none (EINVAL): all say that the kernel does not tell.
            return Optional.empty();
        }
    }

    /** A file's lines; none when it is absent. */
    List<String> lines(String path) {
        return text(path).map(text -> text.lines().toList()).orElse(List.of());
    }

    /** The number that a file holds. */
    Optional<Double> number(String path) {
        return text(path).flatMap(text -> Words.number(text.strip()));
    }

    /** The names in a folder. */
    List<String> names(String path) {
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(root.resolve(path))) {
            for (Path entry : entries) {
                if (names.size() < MOST_ENTRIES) {
                    names.add(entry.getFileName().toString());
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            return List.of();
        }
        return names;
    }

    Path resolve(String absolute) {
        return root.resolve(absolute.substring(1));
    }
}
