package dev.whydunit.lsp;

import java.util.ArrayList;
import java.util.List;
import org.eclipse.lsp4j.Position;
import org.eclipse.lsp4j.Range;

/** A text by its lines. The protocol counts UTF-16 units from 0, our problems count code points from 1. */
final class TextLines {
    private final String text;
    private final List<Integer> starts = new ArrayList<>();

    TextLines(String text) {
        this.text = text;
        starts.add(0);
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == '\n') {
                starts.add(i + 1);
            }
        }
    }

    String text() {
        return text;
    }

    /** The offset of a position; what lies outside of the text is moved to its nearest end. */
    int offset(Position position) {
        if (position.getLine() >= starts.size()) {
            return text.length();
        }
        int line = Math.max(0, position.getLine());
        return Math.clamp((long) starts.get(line) + position.getCharacter(), starts.get(line), end(line));
    }

    /** The offset of a place in one of our files. */
    int offset(dev.whydunit.yaml.Position position) {
        int line = position.line() - 1;
        if (line >= starts.size()) {
            return text.length();
        }
        int at = starts.get(line);
        int end = end(line);
        for (int column = 1; column < position.column() && at < end; column++) {
            at += Character.charCount(text.codePointAt(at));
        }
        return at;
    }

    private int end(int line) {
        int end = line + 1 < starts.size() ? starts.get(line + 1) - 1 : text.length();
        return end > starts.get(line) && text.charAt(end - 1) == '\r' ? end - 1 : end;
    }

    Position position(int offset) {
        int low = 0;
        int high = starts.size() - 1;
        while (low < high) {
            int middle = (low + high + 1) / 2;
            if (starts.get(middle) <= offset) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return new Position(low, offset - starts.get(low));
    }

    Range range(int from, int to) {
        return new Range(position(from), position(to));
    }

    /** So many code points from a place, as far as its line goes. */
    Range range(dev.whydunit.yaml.Position position, int codePoints) {
        int from = offset(position);
        int end = end(Math.min(position.line(), starts.size()) - 1);
        int to = from;
        for (int i = 0; i < codePoints && to < end; i++) {
            to += Character.charCount(text.codePointAt(to));
        }
        return range(from, to);
    }

    /** The same text with one line empty. */
    String without(int line) {
        return text.substring(0, starts.get(line)) + text.substring(end(line));
    }

    int count() {
        return starts.size();
    }

    String line(int line) {
        return text.substring(starts.get(line), end(line));
    }
}
