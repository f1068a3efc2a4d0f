package dev.whydunit.step.hostcommand;

import dev.whydunit.engine.Touch;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where programs are looked for. Folders of a search path that are not absolute are passed over: what they hold depends on where one is. */
final class SearchPath {
    static final String VARIABLE = "PATH";

    private SearchPath() {}

    /** This machine's own. */
    static String own() {
        String path = System.getenv(VARIABLE);
        return (path == null || path.isBlank() ? "/usr/local/bin:/usr/bin:/bin" : path) + ":/usr/sbin:/sbin";
    }

    /**
     * The program's file.
     *
     * @param folder what a name with a slash in it starts at
     */
    static Optional<Path> find(String program, String path, Path folder) {
        if (program.indexOf('\0') >= 0) {
            return Optional.empty();
        }
        if (program.contains("/")) {
            return Optional.of(folder.resolve(program)).filter(SearchPath::isProgram);
        }
        for (String directory : path.split(File.pathSeparator)) {
            Path candidate = Path.of(directory).resolve(program);
            if (candidate.isAbsolute() && isProgram(candidate)) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }

    private static boolean isProgram(Path file) {
        return Files.isRegularFile(file) && Files.isExecutable(file);
    }

    /**
     * What starting this is to policy.
     *
     * @param environment the step's own variables: a search path among them means that a bare name may be any program
     */
    static Touch.Program touch(List<String> argv, Map<String, String> environment) {
        String program = argv.getFirst();
        String path = environment.getOrDefault(VARIABLE, own());
        boolean relative = program.contains("/") && !program.startsWith("/");
        Optional<Path> file = relative ? Optional.empty() : find(program, path, Path.of("/"));
        String found = file.map(Path::toString).orElse(program);
        String real = file.map(SearchPath::real).orElse(program);
        return new Touch.Program(argv, found, real, byName(program, file, real, environment));
    }

    /** Whether the bare name means this file: it is bare itself, or stands in a folder of the search path that would lead to the same. */
    private static boolean byName(String program, Optional<Path> file, String real, Map<String, String> environment) {
        if (environment.containsKey(VARIABLE)) {
            return false;
        }
        if (!program.contains("/")) {
            return true;
        }
        int slash = program.lastIndexOf('/');
        boolean onPath = List.of(own().split(File.pathSeparator)).contains(program.substring(0, slash));
        return file.isPresent()
                && onPath
                && find(program.substring(slash + 1), own(), Path.of("/"))
                        .map(SearchPath::real)
                        .filter(real::equals)
                        .isPresent();
    }

    private static String real(Path file) {
        try {
            return file.toRealPath().toString();
        } catch (IOException e) {
            // It was taken away since it was found: what it was called is all that is known of it.
            return file.toString();
        }
    }
}
