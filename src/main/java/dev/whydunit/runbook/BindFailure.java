package dev.whydunit.runbook;

import dev.whydunit.yaml.Problem;
import java.util.List;
import java.util.stream.Collectors;

/** Values that came at run time do not make valid parameters of a step. The message names the parameter and the place in the file. */
public final class BindFailure extends Exception {
    private static final long serialVersionUID = 1;

    private final transient List<Problem> problems;

    BindFailure(List<Problem> problems) {
        super(problems.stream()
                .map(problem -> problem.message() + " (" + problem.position() + ")")
                .collect(Collectors.joining("; ")));
        this.problems = List.copyOf(problems);
    }

    /** Each with its place. */
    public List<Problem> problems() {
        return problems;
    }
}
