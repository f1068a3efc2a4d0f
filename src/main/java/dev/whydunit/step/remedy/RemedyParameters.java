package dev.whydunit.step.remedy;

import dev.whydunit.expression.Into;
import dev.whydunit.expression.Sink;
import dev.whydunit.schema.About;
import dev.whydunit.schema.NamesHypothesis;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a {@code remedy} step says.
 *
 * @param for_ the hypothesis that it puts right
 * @param run the program and its arguments; empty when there is a script
 * @param script text for {@code /bin/sh}; no value can enter it but by {@code env}
 * @param stdin what the command reads on its standard input
 * @param env environment variables beside the small clean set
 * @param cwd the folder that it runs in
 * @param undo how it is taken back, for people
 */
@About("Does what puts right the cause that was found, after a person has allowed it.")
public record RemedyParameters(
        @About(value = "The hypothesis that it puts right.", example = "pool_exhausted")
        @NamesHypothesis
        @Into(Sink.LITERAL)
        String for_,

        @About(
                value = "Program and arguments, each an element; no shell is involved.",
                example = "[systemctl, restart, '${{ inputs.service }}']")
        @Into(Sink.ARGUMENT)
        List<String> run,

        @About(
                value = "Shell script, run by /bin/sh -eu; values reach it through env only.",
                example = "rm -f \"$lock\"")
        @Into(Sink.LITERAL)
        Optional<String> script,

        @About(value = "Text for standard input; empty input when left out.", example = "yes")
        Optional<String> stdin,

        @About(
                value = "Environment variables beside PATH, HOME, LANG and TZ.",
                example = "{SERVICE: '${{ inputs.service }}'}")
        Map<String, String> env,

        @About(value = "Folder to run in; the configuration's folder when left out.", example = "/srv/shop")
        @Into(Sink.ARGUMENT)
        Optional<String> cwd,

        @About(
                value = "How it is taken back, for the person who is asked to allow it and for the summary.",
                example = "systemctl start ${{ inputs.service }}")
        Optional<String> undo) {
    /** Keeps its own copies. */
    public RemedyParameters {
        run = List.copyOf(run);
        env = Map.copyOf(env);
        undo = undo.map(String::strip).filter(text -> !text.isEmpty());
        if (run.isEmpty() == script.isEmpty()) {
            throw new IllegalArgumentException("remedy needs exactly one of run and script");
        }
    }
}
