package dev.whydunit.authoring.rules;

import java.util.Locale;

/** How strict a check is; each profile includes those before it. */
public enum Profile {
    /** Errors only: what keeps a runbook from running. */
    MINIMAL,
    /** Also what is likely to be a mistake. */
    STANDARD,
    /** Also what a runbook needs that others rely on at night. */
    PRODUCTION;

    /** As it is written on the command line. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
