package dev.whydunit.cli;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Makes the completion script of bash (3.2 and newer; needs no package of completions). */
final class BashCompletion {
    private static final String HEAD = """
            # Completes whydunit in bash. Made by: whydunit completion bash
            # Commands, options and their values are in this script; names are asked of the program.

            # What stands below the command whose words are in $1.
            _whydunit_below() {
              case $1 in
            """;

    private static final String REST = """
              esac
            }

            # What the option $1 takes, into $expected; fails when it takes nothing.
            _whydunit_taken() {
              local one
              for one in $takes; do
                if [[ ${one%%:*} == "$1" ]]; then
                  expected=${one#*:}
                  return 0
                fi
              done
              return 1
            }

            # Adds $1 to what is offered, when it begins with $cur.
            _whydunit_add() {
              local value=$1
              [[ $value == "$cur"* ]] || return 0
              case $value in */ | *=) compopt -o nospace 2>/dev/null ;; esac
              [[ -n $quote ]] || printf -v value %q "$value"
              # Bash puts in only what stands behind the last character at which it breaks words.
              COMPREPLY+=("${value#"$broken"}")
            }

            _whydunit_files() {
              local file
              compopt -o filenames 2>/dev/null
              while IFS= read -r file; do
                if [[ -z $1 || -d $file || ",$1," == *",.${file##*.},"* ]]; then
                  COMPREPLY+=("${file#"$broken"}")
                fi
              done < <(compgen -f -- "$cur")
            }

            _whydunit_names() {
              local program=${COMP_WORDS[0]} value about
              program=${program/#\\~/$HOME}
              type -- "$program" >/dev/null 2>&1 || program=whydunit
              while IFS=$'\\t' read -r value about; do
                _whydunit_add "$value"
              done < <("$program" complete "$1" -- "$cur" "${before[@]}" 2>/dev/null </dev/null)
            }

            _whydunit_offer() {
              local one
              case $1 in
                choice:*) for one in ${1//[:,]/ }; do [[ $one == choice ]] || _whydunit_add "$one"; done ;;
                file:*) _whydunit_files "${1#file:}" ;;
                file) _whydunit_files '' ;;
                dir)
                  compopt -o filenames 2>/dev/null
                  while IFS= read -r one; do COMPREPLY+=("${one#"$broken"}"); done < <(compgen -d -- "$cur")
                  ;;
                name:RUNBOOK) case $cur in [./~]* | */*) _whydunit_files .yaml,.yml ;; *) _whydunit_names RUNBOOK ;; esac ;;
                name:*) _whydunit_names "${1#name:}" ;;
              esac
            }

            _whydunit() {
              local commands='' known='' options='' takes='' positionals='' rest=''
              local cur='' quote='' broken='' expected='' at='' open='' count=0 i word gap one
              local left=${COMP_LINE:0:COMP_POINT}
              local line=() before=() places=()
              COMPREPLY=()
              # Bash breaks words at = and : as well; they are put together again.
              left=${left#*"${COMP_WORDS[0]}"}
              for ((i = 1; i <= COMP_CWORD; i++)); do
                gap=${left%%[![:space:]]*}
                left=${left#"$gap"}
                word=${COMP_WORDS[i]}
                if ((i == COMP_CWORD)); then word=$left; else left=${left#"$word"}; fi
                if [[ -z $gap ]] && ((${#line[@]} > 0)); then
                  line[${#line[@]} - 1]+=$word
                else
                  line+=("$word")
                fi
              done
              ((${#line[@]} > 0)) || line=('')
              cur=${line[${#line[@]} - 1]}
              case $cur in [\\"\\']*) quote=${cur:0:1} cur=${cur:1} ;; esac

              _whydunit_below ''
              for ((i = 0; i < ${#line[@]} - 1; i++)); do
                word=${line[i]//[\\"\\'\\\\]/}
                before+=("$word")
                if [[ -n $open ]]; then
                  open=
                elif [[ $word == -?* ]]; then
                  if [[ $word != *=* ]] && _whydunit_taken "$word"; then open=$expected; fi
                elif ((count == 0)) && [[ " $known " == *" $word "* ]]; then
                  at="$at $word"
                  _whydunit_below "$at"
                else
                  count=$((count + 1))
                fi
              done

              if [[ -z $open && $cur == --*=* ]]; then
                _whydunit_taken "${cur%%=*}" || return 0
                cur=${cur#*=}
                [[ $COMP_WORDBREAKS == *=* ]] || broken=
                _whydunit_offer "$expected"
                return 0
              fi
              case $cur in
                *[=:]*)
                  one=${cur##*[=:]}
                  broken=${cur%"$one"}
                  [[ $COMP_WORDBREAKS == *"${broken:${#broken}-1}"* ]] || broken=
                  [[ -n $quote ]] && broken=
                  ;;
              esac
              if [[ -n $open ]]; then
                _whydunit_offer "$open"
              elif [[ $cur == -* ]]; then
                for one in $options; do _whydunit_add "$one"; done
              else
                if ((count == 0)); then
                  for one in $commands; do _whydunit_add "$one"; done
                fi
                places=($positionals)
                _whydunit_offer "${places[count]:-$rest}"
              fi
              return 0
            }

            complete -F _whydunit whydunit
            """;

    private BashCompletion() {}

    static String script(List<CompletedCommand> commands) {
        StringBuilder script = new StringBuilder(HEAD);
        for (CompletedCommand command : commands) {
            script.append("    ")
                    .append(command.paths().stream()
                            .map(path -> "'" + path + "'")
                            .collect(Collectors.joining(" | ")))
                    .append(")\n");
            set(script, "commands", command.commands().stream().map(CompletedCommand.Word::name));
            set(script, "known", command.known().stream());
            set(script, "options", command.options().stream().flatMap(option -> option.names().stream()));
            set(script, "takes", taking(command));
            set(script, "positionals", command.positionals().stream());
            set(script, "rest", Stream.of(command.rest()));
            script.append("      ;;\n");
        }
        return script.append(REST).toString();
    }

    /** Which options take what, each as {@code NAME:EXPECTED}. */
    static Stream<String> taking(CompletedCommand command) {
        return command.options().stream()
                .filter(option -> !option.expected().isEmpty())
                .flatMap(option -> option.names().stream().map(name -> name + ":" + option.expected()));
    }

    private static void set(StringBuilder script, String variable, Stream<String> words) {
        script.append("      ")
                .append(variable)
                .append("='")
                .append(words.collect(Collectors.joining(" ")))
                .append("'\n");
    }
}
