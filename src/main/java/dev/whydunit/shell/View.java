package dev.whydunit.shell;

import dev.whydunit.report.TextStyle;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** One of the pages of the full screen. */
interface View {
    /**
     * A line.
     *
     * @param text safe to show; may be coloured
     * @param opens the page behind it; empty for a line that is only read
     */
    record Row(String text, Optional<Supplier<View>> opens) {
        static Row of(String text) {
            return new Row(text, Optional.empty());
        }
    }

    /** What stands at the top. */
    String title();

    /** The lines, as they are now. */
    List<Row> rows(TextStyle style);

    /** Letters that open other pages from here, and what they open. */
    Map<Character, Supplier<View>> keys();

    /** What those letters are called at the foot. */
    String keyNames();
}
