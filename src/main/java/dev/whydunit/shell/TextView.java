package dev.whydunit.shell;

import dev.whydunit.report.TextStyle;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/** Text to read, made anew whenever it is drawn. */
final class TextView implements View {
    private final String title;
    private final Function<TextStyle, String> text;

    TextView(String title, Function<TextStyle, String> text) {
        this.title = title;
        this.text = text;
    }

    @Override
    public String title() {
        return title;
    }

    @Override
    public List<Row> rows(TextStyle style) {
        return text.apply(style).lines().map(Row::of).toList();
    }

    @Override
    public Map<Character, Supplier<View>> keys() {
        return Map.of();
    }

    @Override
    public String keyNames() {
        return "";
    }
}
