package dev.whydunit.shell;

import java.util.ArrayList;
import java.util.List;
import org.jline.reader.impl.DefaultParser;
import org.springframework.shell.core.command.CommandArgument;
import org.springframework.shell.core.command.CommandParser;
import org.springframework.shell.core.command.ParsedInput;

/**
 * Splits a line into words as a shell does. Spring Shell's own parser knows no single quotes and would take options apart, which are
 * picocli's; JLine's leaves quotes in the middle of a word ({@code key='a b'}) where they are.
 */
final class ShellWords implements CommandParser {
    private static final String PROGRAM = "whydunit";

    private final DefaultParser parser = new DefaultParser().eofOnUnclosedQuote(true);

    /** The parser of the line editor, which asks for another line while a quote is open. */
    DefaultParser parser() {
        return parser;
    }

    /**
     * The words of a line, by the rules of POSIX for quotes: nothing is special within single quotes, a backslash takes the meaning from
     * the next character elsewhere. A line that begins with the program's name is taken as it was copied from a page.
     *
     * @throws IllegalArgumentException when a quote is left open
     */
    List<String> split(String line) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        boolean begun = false;
        char quote = 0;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '\\' && quote != '\'' && i + 1 < line.length()) {
                i++;
                word.append(line.charAt(i));
                begun = true;
            } else if (quote != 0) {
                if (c == quote) {
                    quote = 0;
                } else {
                    word.append(c);
                }
            } else if (c == '\'' || c == '"') {
                quote = c;
                begun = true;
            } else if (Character.isWhitespace(c)) {
                if (begun) {
                    words.add(word.toString());
                    word.setLength(0);
                    begun = false;
                }
            } else {
                word.append(c);
                begun = true;
            }
        }
        if (quote != 0) {
            throw new IllegalArgumentException("a quote is left open; close it, or write \\ before it");
        }
        if (begun) {
            words.add(word.toString());
        }
        if (words.size() > 1
                && (words.getFirst().equals(PROGRAM) || words.getFirst().equals("./" + PROGRAM))) {
            words.removeFirst();
        }
        return List.copyOf(words);
    }

    @Override
    public ParsedInput parse(String line) {
        List<String> words = split(line);
        ParsedInput.Builder input = ParsedInput.builder().commandName(TreeCommand.NAME);
        for (int i = 0; i < words.size(); i++) {
            input.addArgument(new CommandArgument(i, words.get(i)));
        }
        return input.build();
    }
}
