package dev.whydunit.shell;

import java.util.ArrayList;
import java.util.List;
import org.jline.reader.EOFError;
import org.jline.reader.Parser.ParseContext;
import org.jline.reader.impl.DefaultParser;
import org.springframework.shell.core.command.CommandArgument;
import org.springframework.shell.core.command.CommandParser;
import org.springframework.shell.core.command.ParsedInput;

/**
 * Splits a line into words as a shell does: single and double quotes, backslashes. Spring Shell's own parser knows no single quotes and
 * would take options apart, which are picocli's.
 */
final class ShellWords implements CommandParser {
    private static final String PROGRAM = "whydunit";

    private final DefaultParser parser = new DefaultParser();

    /** The parser that the line editor uses too, so that completion and execution agree. */
    DefaultParser parser() {
        return parser;
    }

    /**
     * The words of a line. A line that begins with the program's name is taken as it was copied from a page.
     *
     * @throws IllegalArgumentException when a quote is left open
     */
    List<String> split(String line) {
        try {
            List<String> words = new ArrayList<>(
                    parser.parse(line, line.length(), ParseContext.ACCEPT_LINE).words());
            words.removeIf(String::isEmpty);
            if (words.size() > 1 && (words.getFirst().equals(PROGRAM) || words.getFirst().equals("./" + PROGRAM))) {
                words.removeFirst();
            }
            return List.copyOf(words);
        } catch (EOFError e) {
            throw new IllegalArgumentException("a quote is left open; close it, or write \\ before it", e);
        }
    }

    @Override
    public ParsedInput parse(String line) {
        List<String> words = split(line);
        ParsedInput.Builder input =
                ParsedInput.builder().commandName(TreeCommand.NAME);
        for (int i = 0; i < words.size(); i++) {
            input.addArgument(new CommandArgument(i, words.get(i)));
        }
        return input.build();
    }
}
