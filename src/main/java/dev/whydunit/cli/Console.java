package dev.whydunit.cli;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;

/**
 * The streams that a command speaks on and what they can show. Results go to {@link #out}, progress and errors to
 * {@link #err}.
 *
 * @param out the result
 * @param err progress and errors
 * @param outIsTerminal whether a person watches the result
 * @param errIsTerminal whether a person watches the progress
 * @param inIsTerminal whether a person can answer
 * @param color whether colours may be used; never the only carrier of a meaning
 * @param unicode whether more than ASCII can be shown
 * @param width in columns
 */
public record Console(
        PrintStream out,
        PrintStream err,
        boolean outIsTerminal,
        boolean errIsTerminal,
        boolean inIsTerminal,
        boolean color,
        boolean unicode,
        int width) {
    private static final int DEFAULT_WIDTH = 80;
    private static final int MIN_WIDTH = 40;
    private static final int MAX_WIDTH = 160;

    /** The process's own streams. The launcher says which of them are terminals. */
    public static Console ofProcess(Map<String, String> environment) {
        String terminal = environment.getOrDefault("WHYDUNIT_TERMINAL", "");
        boolean dumb = "dumb".equals(environment.get("TERM"));
        boolean noColor = !environment.getOrDefault("NO_COLOR", "").isEmpty();
        boolean out = terminal.contains("1");
        return new Console(
                new PrintStream(
                        new java.io.FileOutputStream(java.io.FileDescriptor.out), false, StandardCharsets.UTF_8),
                new PrintStream(new java.io.FileOutputStream(java.io.FileDescriptor.err), true, StandardCharsets.UTF_8),
                out,
                terminal.contains("2") && !dumb,
                terminal.contains("0"),
                out && !noColor && !dumb,
                speaksUnicode(environment),
                width(environment));
    }

    private static boolean speaksUnicode(Map<String, String> environment) {
        for (String name : new String[] {"LC_ALL", "LC_CTYPE", "LANG"}) {
            String value = environment.getOrDefault(name, "");
            if (!value.isEmpty()) {
                String lower = value.toLowerCase(Locale.ROOT);
                return lower.contains("utf-8") || lower.contains("utf8");
            }
        }
        return false;
    }

    private static int width(Map<String, String> environment) {
        try {
            int columns =
                    Integer.parseInt(environment.getOrDefault("COLUMNS", "").strip());
            return Math.clamp(columns, MIN_WIDTH, MAX_WIDTH);
        } catch (NumberFormatException e) {
            return DEFAULT_WIDTH;
        }
    }
}
