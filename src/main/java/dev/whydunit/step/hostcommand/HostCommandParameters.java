package dev.whydunit.step.hostcommand;

import dev.whydunit.expression.Into;
import dev.whydunit.expression.Sink;
import dev.whydunit.schema.About;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a {@code host_command} step says.
 *
 * @param run the program and its arguments; empty when there is a script
 * @param script text for {@code /bin/sh}; no value can enter it but by {@code env}
 * @param stdin what the command reads on its standard input
 * @param env environment variables beside the small clean set
 * @param cwd the folder that it runs in
 * @param parse how standard output becomes fields, rows or a value
 */
@About("Runs a command on this machine and reads what it prints.")
public record HostCommandParameters(
        @About(
                value = "Program and arguments, each an element; no shell is involved.",
                example = "[cat, /proc/loadavg]")
        @Into(Sink.ARGUMENT)
        List<String> run,

        @About(
                value = "Shell script, run by /bin/sh -eu; values reach it through env only.",
                example = "grep -c ^processor /proc/cpuinfo")
        @Into(Sink.LITERAL)
        Optional<String> script,

        @About(value = "Text for standard input; empty input when left out.", example = "select 1;")
        Optional<String> stdin,

        @About(
                value = "Environment variables beside PATH, HOME, LANG and TZ.",
                example = "{SERVICE: '${{ inputs.service }}'}")
        Map<String, String> env,

        @About(value = "Folder to run in; the configuration's folder when left out.", example = "/var/log")
        @Into(Sink.ARGUMENT)
        Optional<String> cwd,

        @About(
                value =
                        "How to read standard output: json, table, key_value, or regex: and an RE2 pattern with named groups.",
                example = "'regex:^(?<load1>\\S+)'")
        @Into(Sink.LITERAL)
        Optional<String> parse) {
    /** Keeps its own copies. */
    public HostCommandParameters {
        run = List.copyOf(run);
        env = Map.copyOf(env);
    }
}
