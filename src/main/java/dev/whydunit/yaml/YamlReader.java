package dev.whydunit.yaml;

import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Reads YAML 1.2 (core schema: {@code no} and {@code on} are text) within limits, keeping the position of every value. No type
 * outside that schema can be asked for; nothing is constructed but {@link YamlNode}s.
 */
public final class YamlReader {
    private YamlReader() {}

    /**
     * What a text turned out to be.
     *
     * @param root absent when it could not be read to the end
     */
    public record Read(Optional<YamlNode> root, List<Problem> problems) {
        /** Keeps its own copy of the problems. */
        public Read {
            problems = List.copyOf(problems);
        }
    }

    /** Reads one document within the standard limits. */
    public static Read read(String file, String text) {
        return read(file, text, YamlLimits.STANDARD);
    }

    /**
     * Reads one document.
     *
     * @param file its name, for messages
     */
    public static Read read(String file, String text, YamlLimits limits) {
        Problems problems = new Problems();
        if (text.length() > limits.chars()) {
            problems.add(new Problem(
                    "E101",
                    Position.start(file),
                    1,
                    "the file has " + text.length() + " characters; the limit is " + limits.chars(),
                    "split it"));
            return new Read(Optional.empty(), problems.sorted());
        }
        String content = text.startsWith("\uFEFF") ? text.substring(1) : text;
        LoadSettings settings = LoadSettings.builder()
                .setLabel(file)
                .setCodePointLimit(limits.chars())
                .setUseMarks(true)
                .build();
        Optional<YamlNode> root = Optional.empty();
        try {
            Iterator<Event> events = new Parse(settings).parseString(content).iterator();
            root = new TreeBuilder(new YamlText(file, content), limits, problems).document(events);
        } catch (TreeBuilder.Abandoned e) {
            problems.add(e.problem());
        } catch (MarkedYamlEngineException e) {
            problems.add(syntax(file, e));
        } catch (ReaderException e) {
            problems.add(new Problem(
                    "E102",
                    Position.start(file),
                    1,
                    String.format(
                            Locale.ROOT,
                            "the file holds the character U+%04X, which YAML does not allow",
                            e.getCodePoint()),
                    "remove it, or write it as \\u" + String.format(Locale.ROOT, "%04X", e.getCodePoint())
                            + " in double quotes"));
        } catch (YamlEngineException e) {
            problems.add(new Problem("E103", Position.start(file), 1, "this is not YAML: " + firstLine(e), ""));
        }
        return new Read(root, problems.sorted());
    }

    private static Problem syntax(String file, MarkedYamlEngineException e) {
        Mark mark = e.getProblemMark().or(e::getContextMark).orElse(null);
        Position position = mark == null ? Position.start(file) : position(file, mark);
        String problem = e.getProblem() == null ? firstLine(e) : e.getProblem();
        return new Problem("E103", position, 1, YamlSyntax.message(problem), YamlSyntax.help(problem, e.getContext()));
    }

    private static String firstLine(Exception e) {
        String message = String.valueOf(e.getMessage());
        int end = message.indexOf('\n');
        return end < 0 ? message : message.substring(0, end);
    }

    static Position position(String file, Mark mark) {
        return new Position(file, mark.getLine() + 1, mark.getColumn() + 1);
    }
}
