package dev.whydunit.replay;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Finds runbooks and their cases: those of {@code x.yaml} are the YAML files in {@code x.cases}, beside it. */
public final class CaseFiles {
    private static final String CASES = ".cases";
    private static final int DEEPEST = 8;
    private static final int MOST = 10_000;

    private CaseFiles() {}

    /**
     * The case files of each runbook, in order of their paths.
     *
     * @param given runbooks, cases, folders of cases, and folders in which runbooks are looked for
     * @throws UncheckedIOException when a folder cannot be listed
     */
    public static Map<Path, List<Path>> find(List<Path> given) {
        Map<Path, List<Path>> found = new LinkedHashMap<>();
        for (Path path : given) {
            if (isCase(path)) {
                Path folder = parent(path);
                found.computeIfAbsent(runbook(folder), key -> new ArrayList<>()).add(path);
            } else if (Files.isDirectory(path) && name(path).endsWith(CASES)) {
                found.put(runbook(path), yaml(path, 1));
            } else if (Files.isDirectory(path)) {
                for (Path file : yaml(path, DEEPEST)) {
                    if (!isCase(file)) {
                        found.put(file, cases(file));
                    }
                }
            } else {
                found.put(path, cases(path));
            }
        }
        return found;
    }

    private static boolean isCase(Path file) {
        return !Files.isDirectory(file) && name(parent(file)).endsWith(CASES);
    }

    /** The folder of a runbook's cases. */
    public static Path folder(Path runbook) {
        String name = name(runbook);
        int dot = name.lastIndexOf('.');
        return runbook.resolveSibling((dot < 0 ? name : name.substring(0, dot)) + CASES);
    }

    private static Path runbook(Path folder) {
        String name = name(folder);
        String stem = name.substring(0, name.length() - CASES.length());
        Path short_ = folder.resolveSibling(stem + ".yml");
        return Files.exists(short_) ? short_ : folder.resolveSibling(stem + ".yaml");
    }

    private static List<Path> cases(Path runbook) {
        Path folder = folder(runbook);
        return Files.isDirectory(folder) ? yaml(folder, 1) : List.of();
    }

    private static List<Path> yaml(Path folder, int deep) {
        try (Stream<Path> below = Files.walk(folder, deep)) {
            return new ArrayList<>(new TreeSet<>(below.filter(Files::isRegularFile)
                    .filter(file -> name(file).endsWith(".yaml") || name(file).endsWith(".yml"))
                    .limit(MOST)
                    .toList()));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + folder, e);
        }
    }

    private static Path parent(Path path) {
        Path parent = path.toAbsolutePath().getParent();
        return parent == null ? path.toAbsolutePath() : parent;
    }

    static String name(Path path) {
        Path name = path.getFileName();
        return name == null ? "" : name.toString();
    }
}
