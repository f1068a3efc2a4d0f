package dev.whydunit.authoring.rules;

import dev.whydunit.yaml.Severity;

/**
 * A rule, as {@code runbook explain} tells it.
 *
 * @param code such as {@code W110}
 * @param profile from which it counts
 * @param summary one line
 * @param explanation why it matters and what to do
 * @param bad a part of a runbook that breaks it; empty where no runbook can show it, such as a file that cannot be read
 * @param good the same part without the mistake; empty when {@code bad} is
 * @param fixable whether {@code lint --fix} mends it where that is safe
 */
public record Rule(
        String code, Profile profile, String summary, String explanation, String bad, String good, boolean fixable) {
    /** How much it matters. */
    public Severity severity() {
        return Severity.of(code);
    }
}
