package dev.whydunit.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A step's raw result for people: rows as tables, what is nested indented, cut with a word of what was cut. */
final class ResultText {
    private static final int MOST_LINES = 80;
    private static final int MOST_ROWS = 15;
    private static final int MOST_COLUMNS = 8;
    private static final int MOST_CELL = 30;
    private static final int LEAST_CELL = 8;
    private static final int MOST_DEPTH = 5;
    private static final int MOST_CHARACTERS = 2000;

    private final Screen screen;
    private int lines;
    private int leftOut;

    private ResultText(Screen screen) {
        this.screen = screen;
    }

    /** Draws it. */
    static void draw(Screen screen, Map<String, Object> result, String whereAll) {
        ResultText text = new ResultText(screen);
        text.map(result, "  ", 0);
        if (text.leftOut > 0) {
            screen.paragraph("  ", "and " + text.leftOut + " more values or rows: " + whereAll, Colour.DIM);
        }
    }

    private void map(Map<?, ?> map, String indent, int depth) {
        int widest = map.keySet().stream()
                .mapToInt(key -> Columns.width(screen.shown(String.valueOf(key))))
                .max()
                .orElse(0);
        int name = Math.min(widest, 20);
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            if (lines >= MOST_LINES) {
                leftOut++;
                continue;
            }
            String key = String.valueOf(entry.getKey());
            Object value = entry.getValue();
            if (isNested(value)) {
                lines++;
                screen.paragraph(indent, key, Colour.DIM);
                nested(value, indent + "  ", depth + 1);
            } else {
                String shownKey = screen.shown(key);
                pair(indent, Columns.width(shownKey) > name ? shownKey : Columns.padded(shownKey, name), value);
            }
        }
    }

    private void pair(String indent, String key, Object value) {
        String text = scalar(value);
        List<String> paragraphs = text.isEmpty() ? List.of("") : text.lines().toList();
        String before = indent + key + "  ";
        boolean beside = screen.width() - Columns.width(before) >= 12;
        if (!beside) {
            screen.line(indent + key);
            before = indent + "  ";
        }
        for (String line : paragraphs) {
            if (lines >= MOST_LINES) {
                leftOut++;
                continue;
            }
            lines++;
            screen.paragraph(before, line.replace("\t", "    "), Colour.NONE);
            before = " ".repeat(Columns.width(before));
        }
    }

    private void nested(Object value, String indent, int depth) {
        if (depth > MOST_DEPTH) {
            leftOut++;
            screen.line(indent + screen.mark());
        } else if (value instanceof Map<?, ?> map) {
            map(map, indent, depth);
        } else if (value instanceof Collection<?> list) {
            list(List.copyOf(list.stream().filter(it -> it != null).toList()), indent, depth);
        }
    }

    private void list(List<?> list, String indent, int depth) {
        if (list.stream().allMatch(row -> row instanceof Map<?, ?> map && isFlat(map))) {
            table(list.stream().map(row -> (Map<?, ?>) row).toList(), indent);
            return;
        }
        int count = 0;
        for (Object item : list) {
            if (count++ >= MOST_ROWS || lines >= MOST_LINES) {
                leftOut++;
            } else if (isNested(item)) {
                screen.line(indent + "-");
                lines++;
                nested(item, indent + "  ", depth + 1);
            } else {
                pair(indent, "-", item);
            }
        }
    }

    /** Only values that fit in a cell, and labels: one map of values deep. */
    private static boolean isFlat(Map<?, ?> row) {
        return row.values().stream()
                .allMatch(value -> !isNested(value)
                        || value instanceof Map<?, ?> map
                                && map.values().stream().noneMatch(ResultText::isNested));
    }

    private void table(List<? extends Map<?, ?>> rows, String indent) {
        Set<String> names = new LinkedHashSet<>();
        rows.stream().limit(MOST_ROWS).forEach(row -> row.keySet().forEach(key -> names.add(String.valueOf(key))));
        List<String> columns = names.stream().limit(MOST_COLUMNS).toList();
        List<List<String>> cells = new ArrayList<>();
        cells.add(columns.stream().map(screen::shown).toList());
        for (Map<?, ?> row : rows.stream().limit(MOST_ROWS).toList()) {
            cells.add(columns.stream().map(column -> cell(row.get(column))).toList());
        }
        List<Integer> widths = widths(cells, columns.size(), screen.width() - Columns.width(indent));
        boolean head = true;
        for (List<String> row : cells) {
            StringBuilder line = new StringBuilder(indent);
            for (int i = 0; i < row.size(); i++) {
                int width = widths.get(i);
                if (width > 0) {
                    line.append(Columns.padded(Columns.cut(row.get(i), width, screen.mark()), width))
                            .append("  ");
                }
            }
            screen.line(head ? screen.painted(line.toString().stripTrailing(), Colour.DIM) : line.toString());
            head = false;
            lines++;
        }
        leftOut += Math.max(0, rows.size() - MOST_ROWS);
        long hidden = names.size() - widths.stream().filter(width -> width > 0).count();
        if (hidden > 0) {
            leftOut++;
            screen.paragraph(indent, hidden + (hidden == 1 ? " column" : " columns") + " not shown", Colour.DIM);
        }
    }

    /** What each column gets: all that it needs where there is room, else at most so much; 0 where there is none. */
    private static List<Integer> widths(List<List<String>> cells, int columns, int room) {
        List<Integer> needed = new ArrayList<>();
        for (int i = 0; i < columns; i++) {
            int column = i;
            needed.add(cells.stream()
                    .mapToInt(row -> Columns.width(row.get(column)))
                    .max()
                    .orElse(0));
        }
        int all = needed.stream().mapToInt(width -> width + 2).sum() - 2;
        List<Integer> widths = new ArrayList<>();
        int left = room;
        for (int need : needed) {
            int width = all <= room || columns == 1 ? need : Math.min(MOST_CELL, need);
            if (width > left) {
                width = left >= LEAST_CELL ? left : 0;
            }
            widths.add(width);
            left -= width == 0 ? left : width + 2;
        }
        return widths;
    }

    private String cell(@Nullable Object value) {
        return value == null ? "" : screen.shown(value instanceof Map<?, ?> map ? labels(map) : scalar(value));
    }

    private static String labels(Map<?, ?> map) {
        List<String> labels = new ArrayList<>();
        map.forEach((name, value) -> labels.add(name + "=" + scalar(value)));
        return String.join(" ", labels);
    }

    private static boolean isNested(@Nullable Object value) {
        return value instanceof Map<?, ?> map && !map.isEmpty()
                || value instanceof Collection<?> list && !list.isEmpty();
    }

    private static String scalar(@Nullable Object value) {
        if (value instanceof Double number && !number.isInfinite() && !number.isNaN()) {
            return number == Math.rint(number) && Math.abs(number) < 1e15
                    ? String.format(Locale.ROOT, "%.0f", number)
                    : String.valueOf(
                            new BigDecimal(number).round(new MathContext(6)).doubleValue());
        }
        if (value instanceof Map<?, ?> || value instanceof Collection<?>) {
            return "none";
        }
        String text = value == null ? "none" : String.valueOf(value);
        return text.length() > MOST_CHARACTERS
                ? text.substring(0, MOST_CHARACTERS) + " (cut: " + (text.length() - MOST_CHARACTERS)
                        + " more characters)"
                : text;
    }
}
