package dev.whydunit.cli;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Makes the completion script of fish, with descriptions. */
final class FishCompletion {
    private static final String HEAD = """
            # Completes whydunit in fish. Made by: whydunit completion fish
            # Commands, options and their values are in this script; names are asked of the program.

            # What stands below the command whose words are in the argument.
            function __whydunit_below
                switch $argv[1]
            """;

    private static final String REST = """
                end
            end

            # What an option takes; nothing when it takes nothing.
            function __whydunit_taken
                for one in $__whydunit_takes
                    set -l parts (string split -m 1 : -- $one)
                    if test "$parts[1]" = "$argv[1]"
                        echo $parts[2]
                        return
                    end
                end
            end

            # Offers for what is expected, what is typed of it and the words before it.
            function __whydunit_offer
                set -l kind (string split -m 1 : -- $argv[1])
                switch $kind[1]
                    case choice
                        string split , -- $kind[2]
                    case file
                        __fish_complete_path $argv[2]
                    case dir
                        __fish_complete_directories $argv[2]
                    case name
                        if test $kind[2] = RUNBOOK; and string match -qr -- '^[./~]|/' $argv[2]
                            __fish_complete_path $argv[2]
                            return
                        end
                        set -l program (string replace -r '^~' $HOME -- (commandline -opc)[1])
                        type -q -- $program; or set program whydunit
                        $program complete $kind[2] -- $argv[2..-1] 2>/dev/null </dev/null
                end
            end

            function __whydunit_complete
                set -l before (commandline -opc)
                set -e before[1]
                set -l word (commandline -ct)
                set -l at ''
                set -l open ''
                set -l count 0
                __whydunit_below ''
                for one in $before
                    if test -n "$open"
                        set open ''
                    else if string match -qr -- '^-.' $one
                        string match -q -- '*=*' $one; or set open (__whydunit_taken $one)
                    else if test $count -eq 0; and contains -- $one $__whydunit_known
                        set at "$at $one"
                        __whydunit_below $at
                    else
                        set count (math $count + 1)
                    end
                end
                if test -n "$open"
                    __whydunit_offer $open "$word" $before
                else if string match -q -- '--*=*' $word
                    set -l parts (string split -m 1 = -- $word)
                    set -l expected (__whydunit_taken $parts[1])
                    test -n "$expected"; or return
                    for one in (__whydunit_offer $expected "$parts[2]" $before)
                        echo "$parts[1]=$one"
                    end
                else if string match -q -- '-*' $word
                    printf '%s\\n' $__whydunit_options
                else
                    test $count -eq 0; and printf '%s\\n' $__whydunit_commands
                    set -l place (math $count + 1)
                    set -l expected $__whydunit_rest
                    test $place -le (count $__whydunit_positionals); and set expected $__whydunit_positionals[$place]
                    __whydunit_offer $expected "$word" $before
                end
            end

            complete -c whydunit -e
            complete -c whydunit -f -a '(__whydunit_complete)'
            """;

    private FishCompletion() {}

    static String script(List<CompletedCommand> commands) {
        StringBuilder script = new StringBuilder(HEAD);
        for (CompletedCommand command : commands) {
            script.append("        case ")
                    .append(words(command.paths().stream()))
                    .append('\n');
            set(script, "commands", command.commands().stream().map(one -> one.name() + "\t" + one.about()));
            set(script, "known", command.known().stream());
            set(
                    script,
                    "options",
                    command.options().stream()
                            .flatMap(option -> option.names().stream().map(name -> name + "\t" + option.about())));
            set(script, "takes", BashCompletion.taking(command));
            set(script, "positionals", command.positionals().stream());
            set(script, "rest", Stream.of(command.rest()));
        }
        return script.append(REST).toString();
    }

    private static void set(StringBuilder script, String variable, Stream<String> values) {
        script.append("            set -g __whydunit_")
                .append(variable)
                .append(' ')
                .append(words(values))
                .append('\n');
    }

    private static String words(Stream<String> values) {
        return values.map(value -> "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'")
                .collect(Collectors.joining(" "));
    }
}
