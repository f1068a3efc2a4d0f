package dev.whydunit.yaml;

import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiFunction;
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
        Optional<YamlNode> root =
                build(file, text, limits, problems, TreeBuilder::document).flatMap(built -> built);
        return new Read(root, problems.sorted());
    }

    /**
     * What a text of several documents turned out to be.
     *
     * @param roots in its order; none when it could not be read to the end
     */
    public record Documents(List<YamlNode> roots, List<Problem> problems) {
        /** Keeps its own copies. */
        public Documents {
            roots = List.copyOf(roots);
            problems = List.copyOf(problems);
        }
    }

    /** Reads the documents of a text, which together stay within the standard limits. */
    public static Documents documents(String file, String text, int most) {
        Problems problems = new Problems();
        List<YamlNode> roots = build(
                        file, text, YamlLimits.STANDARD, problems, (builder, events) -> builder.documents(events, most))
                .orElse(List.of());
        return new Documents(roots, problems.sorted());
    }

    private static <T> Optional<T> build(
            String file,
            String text,
            YamlLimits limits,
            Problems problems,
            BiFunction<TreeBuilder, Iterator<Event>, T> building) {
        if (text.length() > limits.chars()) {
            problems.add(new Problem(
                    "E101",
                    Position.start(file),
                    1,
                    "the file has " + text.length() + " characters; the limit is " + limits.chars(),
                    "split it"));
            return Optional.empty();
        }
        String content = text.startsWith("\uFEFF") ? text.substring(1) : text;
        LoadSettings settings = LoadSettings.builder()
                .setLabel(file)
                .setCodePointLimit(limits.chars())
                .setUseMarks(true)
                .build();
        try {
            Iterator<Event> events = new Parse(settings).parseString(content).iterator();
            return Optional.of(building.apply(new TreeBuilder(new YamlText(file, content), limits, problems), events));
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
        return Optional.empty();
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
