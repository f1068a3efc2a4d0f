package dev.whydunit.cli;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Makes the completion function of zsh, with descriptions. */
final class ZshCompletion {
    private static final String HEAD = """
            #compdef whydunit
            # Completes whydunit in zsh. Made by: whydunit completion zsh
            # Commands, options and their values are in this script; names are asked of the program.

            # What stands below the command whose words are in $1.
            _whydunit_below() {
              case $1 in
            """;

    private static final String REST = """
              esac
            }

            _whydunit_names() {
              local one program=${(Q)words[1]}
              local -a plain plain_about open open_about
              program=${program/#\\~/$HOME}
              whence -- "$program" >/dev/null 2>&1 || program=whydunit
              for one in "${(@f)$("$program" complete "$1" -- "${(Q)PREFIX}" "${(@)before}" 2>/dev/null </dev/null)}"; do
                [[ -n $one ]] || continue
                case ${one%%$'\\t'*} in
                  (*/|*=) open+=("${one%%$'\\t'*}") open_about+=("${one/$'\\t'/  }") ;;
                  (*) plain+=("${one%%$'\\t'*}") plain_about+=("${one/$'\\t'/  }") ;;
                esac
              done
              compadd -l -d plain_about -a plain
              compadd -S '' -l -d open_about -a open
            }

            _whydunit_offer() {
              case $1 in
                (choice:*) compadd -- ${(s:,:)1#choice:} ;;
                (file:*) _files -g "*(${(j:|:)${(s:,:)1#file:}})" ;;
                (file) _files ;;
                (dir) _files -/ ;;
                (name:RUNBOOK) if [[ $PREFIX == ([./~]*|*/*) ]]; then _files -g '*(.yaml|.yml)'; else _whydunit_names RUNBOOK; fi ;;
                (name:*) _whydunit_names "${1#name:}" ;;
              esac
            }

            _whydunit() {
              local -a commands options known positionals before
              local -A takes
              local word at= open= rest=
              local -i count=0

              _whydunit_below ''
              for word in "${(@)words[2,CURRENT-1]}"; do
                word=${(Q)word}
                before+=("$word")
                if [[ -n $open ]]; then
                  open=
                elif [[ $word == -?* ]]; then
                  [[ $word == *=* ]] || open=${takes[$word]}
                elif (( count == 0 && ${known[(Ie)$word]} )); then
                  at="$at $word"
                  _whydunit_below "$at"
                else
                  (( ++count ))
                fi
              done

              if [[ -n $open ]]; then
                _whydunit_offer "$open"
              elif [[ $PREFIX == --*=* ]]; then
                open=${takes[${PREFIX%%=*}]}
                compset -P 1 '*='
                _whydunit_offer "$open"
              elif [[ $PREFIX == -* ]]; then
                _describe -o 'option' options
              else
                (( count == 0 && $#commands )) && _describe 'command' commands
                _whydunit_offer "${positionals[count+1]:-$rest}"
              fi
            }

            # Read by 'source', it tells the shell; from a folder of fpath it is called by it.
            if [[ $funcstack[1] == _whydunit ]]; then
              _whydunit "$@"
            else
              (( $+functions[compdef] )) || { autoload -Uz compinit && compinit }
              compdef _whydunit whydunit
            fi
            """;

    private ZshCompletion() {}

    static String script(List<CompletedCommand> commands) {
        StringBuilder script = new StringBuilder(HEAD);
        for (CompletedCommand command : commands) {
            script.append("    (")
                    .append(command.paths().stream().map(ZshCompletion::quoted).collect(Collectors.joining("|")))
                    .append(")\n");
            set(script, "commands", command.commands().stream().map(one -> one.name() + ":" + one.about()));
            set(script, "known", command.known().stream());
            set(
                    script,
                    "options",
                    command.options().stream()
                            .flatMap(option -> option.names().stream().map(name -> name + ":" + option.about())));
            set(
                    script,
                    "takes",
                    command.options().stream()
                            .filter(option -> !option.expected().isEmpty())
                            .flatMap(option ->
                                    option.names().stream().flatMap(name -> Stream.of(name, option.expected()))));
            set(script, "positionals", command.positionals().stream());
            script.append("      rest=").append(command.rest()).append('\n');
            script.append("      ;;\n");
        }
        return script.append(REST).toString();
    }

    private static void set(StringBuilder script, String variable, Stream<String> words) {
        script.append("      ").append(variable).append("=(");
        script.append(words.map(ZshCompletion::quoted).collect(Collectors.joining(" ")));
        script.append(")\n");
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }
}
