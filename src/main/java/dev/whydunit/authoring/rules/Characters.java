package dev.whydunit.authoring.rules;

import dev.whydunit.authoring.rules.Subject.Placed;
import dev.whydunit.yaml.Position;
import dev.whydunit.yaml.YamlNode;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Characters that look like others or like nothing: tabs, curly quotes, invisible spaces. */
final class Characters implements Check {
    /** Keys whose values people read: typographic quotes belong there. */
    static final Set<String> PROSE = Set.of(
            "title",
            "about",
            "claim",
            "says",
            "remedy",
            "prevention",
            "symptom",
            "expected",
            "owner",
            "tags",
            "choices",
            "version");

    private static final Map<Character, String> CURLY =
            Map.of('\u201c', "\"", '\u201d', "\"", '\u201e', "\"", '\u2018', "'", '\u2019', "'");
    /** What takes the place of each. */
    private static final Map<Character, String> INVISIBLE = Map.of(
            '\u00a0', " ", '\u2007', " ", '\u202f', " ", '\u200b', "", '\u200c', "", '\u200d', "", '\u2060', "",
            '\ufeff', "", '\u00ad', "");

    @Override
    public void look(Subject subject, Remarks remarks) {
        String text = subject.text();
        boolean suspicious = text.chars().anyMatch(c -> c == '\t' || INVISIBLE.containsKey((char) c));
        if (suspicious) {
            lines(subject, remarks);
        }
        if (text.chars().anyMatch(c -> CURLY.containsKey((char) c))) {
            curly(subject, remarks);
        }
    }

    private static void lines(Subject subject, Remarks remarks) {
        SourceText source = new SourceText(subject.text());
        BitSet inside = linesOfTexts(subject);
        String file = subject.root().position().file();
        for (int number = 1; number <= source.lines(); number++) {
            String line = source.line(number);
            if (line.strip().startsWith("#")) {
                continue;
            }
            for (int i = 0; i < line.length(); i++) {
                char c = line.charAt(i);
                Position position = source.position(file, number, i);
                int at = source.charAt(position);
                if (c == '\t' && !inside.get(number)) {
                    remarks.add(
                            "W101",
                            position,
                            1,
                            "a tab: YAML does not count it as indentation, and editors show it at any width",
                            "use spaces",
                            List.of(new Edit(at, at + 1, " ")));
                } else if (INVISIBLE.containsKey(c)) {
                    remarks.add(
                            "W103",
                            position,
                            1,
                            "an invisible character (" + String.format(Locale.ROOT, "U+%04X", (int) c)
                                    + "): it is no space to YAML, queries and shells",
                            "type a space, or remove it",
                            List.of(new Edit(at, at + 1, INVISIBLE.getOrDefault(c, ""))));
                }
            }
        }
    }

    /** The lines on which a text stands that holds a tab, or goes on over several lines: its tabs are its own. */
    private static BitSet linesOfTexts(Subject subject) {
        BitSet lines = new BitSet();
        for (Placed placed : subject.scalars()) {
            YamlNode.Scalar scalar = placed.scalar();
            if (scalar.text().indexOf('\t') >= 0) {
                lines.set(
                        scalar.position().line(),
                        scalar.positionOf(scalar.text().length()).line() + 1);
            }
        }
        return lines;
    }

    private static void curly(Subject subject, Remarks remarks) {
        SourceText source = new SourceText(subject.text());
        for (Placed placed : subject.scalars()) {
            String text = placed.scalar().text();
            boolean wrapped = text.length() > 1
                    && CURLY.containsKey(text.charAt(0))
                    && CURLY.containsKey(text.charAt(text.length() - 1));
            if (PROSE.contains(placed.key()) && !wrapped) {
                continue;
            }
            for (int i = 0; i < text.length(); i++) {
                String straight = CURLY.get(text.charAt(i));
                if (straight != null) {
                    Position position = placed.scalar().positionOf(i);
                    remarks.add(
                            "W102",
                            position,
                            1,
                            "a curly quote: to YAML, queries, expressions and shells it is a letter, not a quote",
                            "type " + straight,
                            fix(subject.text(), source, placed.scalar(), position, straight));
                }
            }
        }
    }

    /** A quote of the kind that surrounds the text would end it, so it is left to a person. */
    private static List<Edit> fix(
            String text, SourceText source, YamlNode.Scalar scalar, Position position, String straight) {
        int start = source.charAt(scalar.position());
        int at = source.charAt(position);
        boolean ends =
                start < text.length() && String.valueOf(text.charAt(start)).equals(straight);
        boolean begins = at == start;
        boolean same = at < text.length() && CURLY.containsKey(text.charAt(at));
        return ends || begins || !same ? List.of() : List.of(new Edit(at, at + 1, straight));
    }
}
