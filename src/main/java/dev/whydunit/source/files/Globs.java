package dev.whydunit.source.files;

import dev.whydunit.source.log.LogUnreadable;
import dev.whydunit.source.log.LogUnreadable.Reason;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Finds the files that globs name. */
final class Globs {
    private static final int FILES_LIMIT = 10_000;
    private static final int VISITS_LIMIT = 200_000;
    private static final String MAGIC = "*?[{";

    private final String source;
    private final Set<Path> found = new TreeSet<>();
    private int visits;

    private Globs(String source) {
        this.source = source;
    }

    /**
     * The regular files, each once, in the order of their names.
     *
     * @param patterns absolute globs
     * @throws LogUnreadable when they name more than can be looked at
     */
    static List<Path> files(String source, List<String> patterns) throws LogUnreadable {
        Globs globs = new Globs(source);
        for (String pattern : patterns) {
            globs.add(pattern);
        }
        return List.copyOf(globs.found);
    }

    private void add(String pattern) throws LogUnreadable {
        Path exact = magic(pattern) < 0 ? Path.of(pattern) : null;
        if (exact != null) {
            if (Files.isRegularFile(exact)) {
                keep(exact.normalize());
            }
            return;
        }
        int slash = pattern.lastIndexOf('/', magic(pattern));
        Path root = Path.of(slash <= 0 ? "/" : pattern.substring(0, slash)).normalize();
        String rest = pattern.substring(slash + 1);
        PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + rest);
        int depth = rest.contains("**") ? Integer.MAX_VALUE : Path.of(rest).getNameCount();
        if (!Files.isDirectory(root)) {
            return;
        }
        try {
            Files.walkFileTree(root, Set.of(), depth, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    if (++visits > VISITS_LIMIT) {
                        throw new IOException("more than " + VISITS_LIMIT + " files lie under " + root);
                    }
                    if (matcher.matches(root.relativize(file)) && Files.isRegularFile(file)) {
                        found.add(file);
                        if (found.size() > FILES_LIMIT) {
                            throw new IOException("the paths name more than " + FILES_LIMIT + " files");
                        }
                    }
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException failure) {
                    // A folder that may not be entered holds no file that could be read.
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException failure) {
            throw new LogUnreadable(
                    Reason.FAILED,
                    "source " + source + ": " + failure.getMessage(),
                    "Name fewer files in the source's paths.",
                    failure);
        }
    }

    private void keep(Path file) {
        found.add(file);
    }

    private static int magic(String pattern) {
        for (int i = 0; i < pattern.length(); i++) {
            if (MAGIC.indexOf(pattern.charAt(i)) >= 0) {
                return i;
            }
        }
        return -1;
    }
}
