package dev.whydunit.cli;

import dev.whydunit.yaml.Problem;
import dev.whydunit.yaml.ProblemRenderer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Prints on standard error the mistakes that keep a command from running, each with its source line and what to do. */
final class ProblemPrinter {
    private final Console console;
    private final Map<String, String> texts = new HashMap<>();

    ProblemPrinter(Console console) {
        this.console = console;
    }

    void print(List<Problem> problems) {
        for (Problem problem : problems) {
            console.err()
                    .print(ProblemRenderer.lineAndExcerpt(
                            problem, text(problem.position().file())));
        }
    }

    private String text(String file) {
        return texts.computeIfAbsent(file, name -> {
            try {
                return Files.isRegularFile(Path.of(name)) ? Files.readString(Path.of(name)) : "";
            } catch (IOException e) {
                // The mistake is said all the same, only without its excerpt.
                return "";
            }
        });
    }
}
