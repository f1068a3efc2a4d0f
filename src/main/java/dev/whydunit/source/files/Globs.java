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
import java.util.function.Function;

/** Finds the files that globs name. */
public final class Globs {
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
     * @param source for messages
     * @param paths globs as they are configured
     * @param resolve makes a path without wildcards absolute
     * @throws LogUnreadable when they name more than can be looked at
     */
    public static List<Path> files(String source, List<String> paths, Function<String, Path> resolve)
            throws LogUnreadable {
        Globs globs = new Globs(source);
        for (String path : paths) {
            globs.add(path, resolve);
        }
        return List.copyOf(globs.found);
    }

    /** @throws IllegalArgumentException when a glob cannot be read */
    static void check(String path) {
        matcher(wild(path));
        var _ = Path.of(fixed(path));
    }

    /** The folders of a path before its first wildcard; all of it when it has none. */
    private static String fixed(String path) {
        return path.substring(0, split(path));
    }

    private static String wild(String path) {
        return path.substring(split(path));
    }

    private static int split(String path) {
        int magic = 0;
        while (magic < path.length() && MAGIC.indexOf(path.charAt(magic)) < 0) {
            magic++;
        }
        return magic == path.length() ? magic : path.lastIndexOf('/', magic) + 1;
    }

    private static PathMatcher matcher(String glob) {
        return FileSystems.getDefault().getPathMatcher("glob:" + glob);
    }

    private void add(String path, Function<String, Path> resolve) throws LogUnreadable {
        String rest = wild(path);
        Path root = resolve.apply(fixed(path)).normalize();
        if (rest.isEmpty()) {
            if (Files.isRegularFile(root)) {
                found.add(root);
            }
            return;
        }
        PathMatcher matcher = matcher(rest);
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
}
