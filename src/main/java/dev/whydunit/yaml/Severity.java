package dev.whydunit.yaml;

import java.util.Locale;

/** How much a problem matters. */
public enum Severity {
    /** The file cannot be used. */
    ERROR,
    /** The file can be used, and is likely to disappoint. */
    WARNING;

    /** That of a code: codes of warnings begin with {@code W}. */
    public static Severity of(String code) {
        return code.startsWith("W") ? WARNING : ERROR;
    }

    /** As people read it: {@code error}, {@code warning}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
