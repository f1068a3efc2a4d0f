package dev.whydunit.yaml;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;

/** Builds the tree of one document from the parser's events and stops at the first limit that is passed. */
final class TreeBuilder {
    /** Reading stops here. */
    static final class Abandoned extends RuntimeException {
        private static final long serialVersionUID = 1;
        private final transient Problem problem;

        Abandoned(Problem problem) {
            super(problem.message(), null, false, false);
            this.problem = problem;
        }

        Problem problem() {
            return problem;
        }
    }

    private record Anchored(YamlNode node, int nodes) {}

    private static final String CORE = "tag:yaml.org,2002:";
    private static final Set<String> CORE_TAGS = Set.of(
            "!", CORE + "str", CORE + "int", CORE + "float", CORE + "bool", CORE + "null", CORE + "seq", CORE + "map");

    private final YamlText source;
    private final YamlLimits limits;
    private final Problems problems;
    private final Map<String, Anchored> anchors = new HashMap<>();
    private int nodes;
    private int aliases;

    TreeBuilder(YamlText source, YamlLimits limits, Problems problems) {
        this.source = source;
        this.limits = limits;
        this.problems = problems;
    }

    /** The one document of a file. */
    Optional<YamlNode> document(Iterator<Event> events) {
        List<YamlNode> roots = documents(events, 1);
        if (roots.isEmpty()) {
            problems.add(new Problem("E109", Position.start(source.file()), 1, "the file is empty", ""));
        }
        return roots.stream().findFirst();
    }

    /** The documents of a file, in its order; the limits hold for all of them together. */
    List<YamlNode> documents(Iterator<Event> events, int most) {
        List<YamlNode> roots = new ArrayList<>();
        while (events.hasNext()) {
            Event event = events.next();
            switch (event.getEventId()) {
                case DocumentStart -> {
                    if (roots.size() == most) {
                        throw new Abandoned(new Problem(
                                "E107",
                                mark(event.getStartMark()),
                                3,
                                most == 1
                                        ? "a second document begins here; a file holds one"
                                        : "a file holds at most " + most + " documents",
                                "move it to a file of its own"));
                    }
                    anchors.clear();
                    roots.add(node(events.next(), events, 1));
                }
                case StreamStart, StreamEnd, DocumentEnd, Comment -> {}
                default -> throw new IllegalStateException("the parser gave " + event);
            }
        }
        return roots;
    }

    private YamlNode node(Event event, Iterator<Event> events, int depth) {
        if (++nodes > limits.nodes()) {
            throw abandon(
                    "E105", event, "the file has more than " + limits.nodes() + " values, aliases counted in full", "");
        }
        if (depth > limits.depth()) {
            throw abandon("E104", event, "maps and lists are nested deeper than " + limits.depth(), "");
        }
        if (event instanceof AliasEvent alias) {
            return alias(alias);
        }
        int before = nodes;
        YamlNode node = switch (event) {
            case ScalarEvent scalar -> scalar(scalar);
            case CollectionStartEvent start
            when start.getEventId() == Event.ID.SequenceStart -> sequence(start, events, depth);
            case CollectionStartEvent start -> mapping(start, events, depth);
            default -> throw new IllegalStateException("the parser gave " + event);
        };
        ((NodeEvent) event)
                .getAnchor()
                .ifPresent(anchor -> anchors.put(anchor.getValue(), new Anchored(node, nodes - before + 1)));
        return node;
    }

    private YamlNode alias(AliasEvent event) {
        String name = event.getAlias().getValue();
        Anchored anchored = anchors.get(name);
        if (anchored == null) {
            throw abandon(
                    "E106",
                    event,
                    "no anchor &" + name + " stands before this alias, or the alias is inside of it",
                    "");
        }
        if (++aliases > limits.aliases()) {
            throw abandon(
                    "E106",
                    event,
                    "the file uses aliases more than " + limits.aliases() + " times",
                    "write the values out");
        }
        nodes += anchored.nodes();
        if (nodes > limits.nodes()) {
            throw abandon(
                    "E105",
                    event,
                    "the file has more than " + limits.nodes() + " values, aliases counted in full",
                    "write the values out");
        }
        return anchored.node();
    }

    private YamlNode.Scalar scalar(ScalarEvent event) {
        checkTag(event, event.getTag());
        if (event.getValue().length() > limits.scalarChars()) {
            throw abandon(
                    "E110",
                    event,
                    "this text has " + event.getValue().length() + " characters; the limit is " + limits.scalarChars(),
                    "");
        }
        Position start = mark(event.getStartMark());
        int from = chars(event.getStartMark());
        int to = chars(event.getEndMark());
        boolean plain = event.getScalarStyle() == ScalarStyle.PLAIN
                && event.getTag()
                        .filter(tag -> tag.equals("!") || tag.equals(CORE + "str"))
                        .isEmpty();
        return new YamlNode.Scalar(
                event.getValue(),
                plain,
                start,
                source.lengthOnLine(from, to),
                new ScalarText(source, event.getScalarStyle(), event.getValue(), from, to, start));
    }

    private YamlNode sequence(CollectionStartEvent start, Iterator<Event> events, int depth) {
        checkTag(start, start.getTag());
        List<YamlNode> items = new ArrayList<>();
        Event next = events.next();
        while (next.getEventId() != Event.ID.SequenceEnd) {
            items.add(node(next, events, depth + 1));
            next = events.next();
        }
        return new YamlNode.Sequence(items, mark(start.getStartMark()), length(start, next));
    }

    private YamlNode mapping(CollectionStartEvent start, Iterator<Event> events, int depth) {
        checkTag(start, start.getTag());
        Map<String, YamlNode.Entry> entries = new LinkedHashMap<>();
        Event next = events.next();
        while (next.getEventId() != Event.ID.MappingEnd) {
            YamlNode key = node(next, events, depth + 1);
            YamlNode value = node(events.next(), events, depth + 1);
            if (!(key instanceof YamlNode.Scalar name) || name.isNull()) {
                problems.add("E111", key, "a key is a text, not " + key.kind(), keyHelp(key));
            } else if (name.plain() && name.text().equals("<<")) {
                problems.add("E112", name, "merge keys (<<) are not part of YAML 1.2", "write the keys out");
            } else if (entries.containsKey(name.text())) {
                Position first = entries.get(name.text()).key().position();
                problems.add(
                        "E113",
                        name,
                        "key '" + name.text() + "' is given twice; first in line " + first.line() + ", column "
                                + first.column(),
                        "keep one, or rename one");
            } else {
                entries.put(name.text(), new YamlNode.Entry(name, value));
            }
            next = events.next();
        }
        return new YamlNode.Mapping(new ArrayList<>(entries.values()), mark(start.getStartMark()), length(start, next));
    }

    private static String keyHelp(YamlNode key) {
        return key instanceof YamlNode.Mapping ? "put a value that begins with '{' in quotes: '${{ … }}'" : "";
    }

    private int length(Event start, Event end) {
        return source.lengthOnLine(chars(start.getStartMark()), chars(end.getEndMark()));
    }

    private void checkTag(Event event, Optional<String> tag) {
        if (tag.isPresent() && !CORE_TAGS.contains(tag.get())) {
            throw abandon(
                    "E108",
                    event,
                    "the tag " + tag.get() + " is not allowed: values are text, numbers, booleans, lists and maps only",
                    "remove the tag");
        }
    }

    private Abandoned abandon(String code, Event event, String message, String help) {
        return new Abandoned(new Problem(code, mark(event.getStartMark()), 1, message, help));
    }

    private Position mark(Optional<Mark> mark) {
        return mark.map(known -> YamlReader.position(source.file(), known))
                .orElseGet(() -> Position.start(source.file()));
    }

    private int chars(Optional<Mark> mark) {
        return mark.map(known -> source.charAt(known.getIndex())).orElse(0);
    }
}
