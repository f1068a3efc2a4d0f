package dev.whydunit.cli;

import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** What is said of a command line that no command understands: one line what, one line what to do. */
final class WrongCall {
    private WrongCall() {}

    static String said(ParameterException wrong) {
        if (wrong instanceof UnmatchedArgumentException unmatched
                && !unmatched.getUnmatched().isEmpty()) {
            String word = unmatched.getUnmatched().getFirst();
            CommandSpec command = wrong.getCommandLine().getCommandSpec();
            if (unmatched.isUnknownOption()) {
                return "there is no option " + word + " of '" + command.qualifiedName(" ") + "'";
            }
            return command.subcommands().isEmpty()
                    ? "'" + command.qualifiedName(" ") + "' takes no further word: " + word
                    : "there is no command '" + command.qualifiedName(" ") + " " + word + "'";
        }
        return String.valueOf(wrong.getMessage()).lines().findFirst().orElse("");
    }

    static String help(ParameterException wrong) {
        String see = "see: " + wrong.getCommandLine().getCommandSpec().qualifiedName(" ") + " --help";
        if (wrong instanceof UnmatchedArgumentException unmatched) {
            List<String> meant = unmatched.getSuggestions();
            if (!meant.isEmpty()) {
                return "did you mean " + meant.getFirst() + "? " + see;
            }
        }
        return see;
    }
}
