package dev.whydunit.shell;

import dev.whydunit.report.TextStyle;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.jline.utils.AttributedString;

/**
 * The full screen without a terminal: a stack of pages, what is selected on each, what it is filtered by; keys in, lines out.
 */
final class Pages {
    /** What a key stroke means, whatever bytes the terminal sends for it. */
    enum Key {
        UP,
        DOWN,
        PAGE_UP,
        PAGE_DOWN,
        HOME,
        END,
        ENTER,
        BACK,
        ERASE
    }

    private static final int FRAME = 2;
    private static final int LONGEST_FILTER = 100;

    /** A page, and how the reader stands on it. */
    private static final class Page {
        private final View view;
        private int selected;
        private int top;
        private String filter = "";

        Page(View view) {
            this.view = view;
        }
    }

    private final Deque<Page> stack = new ArrayDeque<>();
    private List<View.Row> rows = List.of();
    private int height = 1;
    private boolean filtering;

    Pages(View first) {
        stack.push(new Page(first));
    }

    /** Whether the reader has left. */
    boolean left() {
        return stack.isEmpty();
    }

    /** The page above the first: where Back leads to from a page that was opened directly. */
    Pages below(View opened) {
        stack.push(new Page(opened));
        return this;
    }

    /** Takes a letter: of the filter while one is typed, else a key of the page. */
    void letter(char letter) {
        Page page = stack.element();
        if (filtering) {
            if (page.filter.length() < LONGEST_FILTER && !Character.isISOControl(letter)) {
                page.filter += letter;
                page.selected = 0;
                page.top = 0;
            }
            return;
        }
        switch (letter) {
            case 'q' -> stack.clear();
            case '/' -> filtering = true;
            case 'k' -> key(Key.UP);
            case 'j' -> key(Key.DOWN);
            case ' ' -> key(Key.PAGE_DOWN);
            case 'g' -> key(Key.HOME);
            case 'G' -> key(Key.END);
            default ->
                Optional.ofNullable(page.view.keys().get(letter)).ifPresent(opens -> stack.push(new Page(opens.get())));
        }
    }

    void key(Key key) {
        Page page = stack.element();
        if (filtering) {
            switch (key) {
                case ENTER -> filtering = false;
                case BACK -> {
                    filtering = false;
                    page.filter = "";
                }
                case ERASE -> page.filter = page.filter.substring(0, Math.max(0, page.filter.length() - 1));
                default -> move(page, key);
            }
            return;
        }
        switch (key) {
            case ENTER -> selected(page).ifPresent(opens -> stack.push(new Page(opens.get())));
            case BACK -> {
                if (page.filter.isEmpty()) {
                    stack.pop();
                } else {
                    page.filter = "";
                }
            }
            case ERASE -> {}
            default -> move(page, key);
        }
    }

    private Optional<Supplier<View>> selected(Page page) {
        return page.selected < rows.size() ? rows.get(page.selected).opens() : Optional.empty();
    }

    private void move(Page page, Key key) {
        int last = Math.max(0, rows.size() - 1);
        int room = Math.max(1, height - FRAME);
        boolean list = rows.stream().anyMatch(row -> row.opens().isPresent());
        int step = switch (key) {
            case UP -> -1;
            case DOWN -> 1;
            case PAGE_UP -> -room;
            case PAGE_DOWN -> room;
            case HOME -> -rows.size();
            case END -> rows.size();
            case ENTER, BACK, ERASE -> 0;
        };
        if (!list) {
            page.top = Math.clamp(page.top + step, 0, Math.max(0, rows.size() - room));
            return;
        }
        int wanted = Math.clamp(page.selected + step, 0, last);
        // Lines that open nothing are passed over.
        int direction = step < 0 ? -1 : 1;
        while (wanted > 0 && wanted < last && rows.get(wanted).opens().isEmpty()) {
            wanted += direction;
        }
        page.selected = wanted;
    }

    /** The whole screen: a title, the lines of the page, and the keys at the foot. */
    List<AttributedString> lines(TextStyle style, int screenHeight) {
        Page page = stack.element();
        height = Math.max(FRAME + 1, screenHeight);
        int room = height - FRAME;
        String filter = page.filter.toLowerCase(Locale.ROOT);
        rows = page.view.rows(style).stream()
                .filter(row ->
                        filter.isEmpty() || row.text().toLowerCase(Locale.ROOT).contains(filter))
                .toList();
        boolean list = rows.stream().anyMatch(row -> row.opens().isPresent());
        page.selected = Math.clamp(page.selected, 0, Math.max(0, rows.size() - 1));
        if (list) {
            while (page.selected < rows.size() - 1
                    && rows.get(page.selected).opens().isEmpty()) {
                page.selected++;
            }
            page.top = Math.clamp(page.top, page.selected - room + 1, page.selected);
        }
        page.top = Math.clamp(page.top, 0, Math.max(0, rows.size() - room));
        List<AttributedString> lines = new ArrayList<>();
        lines.add(bar(page.view.title() + (page.filter.isEmpty() ? "" : "   /" + page.filter), style));
        for (int i = page.top; i < page.top + room; i++) {
            if (i >= rows.size()) {
                lines.add(AttributedString.EMPTY);
                continue;
            }
            String mark = list ? i == page.selected ? "> " : "  " : "";
            String text = mark + rows.get(i).text();
            AttributedString line =
                    AttributedString.fromAnsi(style.colour() && list && i == page.selected ? "\u001b[1m" + text : text);
            lines.add(line.columnSubSequence(0, style.width()));
        }
        lines.add(bar(filtering ? "/" + page.filter + "   Enter keeps it  Esc drops it" : foot(page, list), style));
        return List.copyOf(lines);
    }

    private static String foot(Page page, boolean list) {
        String names = page.view.keyNames();
        // With the longest of names it fits into 80 columns.
        return (list ? "Enter open / filter" : "Up/Down / filter") + " Esc back q quit"
                + (names.isEmpty() ? "" : "  " + names);
    }

    private static AttributedString bar(String text, TextStyle style) {
        String padded = text + " ".repeat(Math.max(0, style.width() - text.length()));
        return AttributedString.fromAnsi(style.colour() ? "\u001b[7m" + padded : padded)
                .columnSubSequence(0, style.width());
    }
}
