package dev.whydunit.source.host;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.StringTokenizer;

/** Lines of the kernel's files as words between blanks. */
final class Words {
    private Words() {}

    static List<String> of(String line) {
        StringTokenizer tokens = new StringTokenizer(line, " \t\n\r");
        List<String> words = new ArrayList<>(tokens.countTokens());
        while (tokens.hasMoreTokens()) {
            words.add(tokens.nextToken());
        }
        return words;
    }

    /** Decimal; empty when it is none. */
    static Optional<Double> number(String word) {
        try {
            return Optional.of(Double.valueOf(word));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** The number at a place of a line; empty when there is none. */
    static Optional<Double> number(List<String> words, int index) {
        return index < words.size() ? number(words.get(index)) : Optional.empty();
    }
}
