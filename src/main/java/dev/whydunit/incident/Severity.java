package dev.whydunit.incident;

import java.util.Locale;

/** How bad it is, the worst first. */
public enum Severity {
    /** Somebody is woken. */
    CRITICAL,
    /** Somebody looks in the morning. */
    WARNING,
    /** Nobody has to do anything. */
    INFO;

    /** Of the words that monitoring systems use; what is not known is a warning. */
    public static Severity of(String word) {
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "critical",
                    "crit",
                    "page",
                    "emergency",
                    "fatal",
                    "error",
                    "high",
                    "disaster",
                    "p1",
                    "p2",
                    "sev1",
                    "sev2" -> CRITICAL;
            case "info", "information", "notice", "none", "low", "p4", "p5", "sev4", "sev5" -> INFO;
            default -> WARNING;
        };
    }

    /** In lower case. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
