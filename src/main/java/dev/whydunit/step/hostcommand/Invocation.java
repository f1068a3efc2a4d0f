package dev.whydunit.step.hostcommand;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A process about to be started.
 *
 * @param program absolute path
 * @param argv with the program's name first
 * @param environment all of it
 */
record Invocation(
        Path program, List<String> argv, Map<String, String> environment, Path folder, Optional<String> stdin) {}
