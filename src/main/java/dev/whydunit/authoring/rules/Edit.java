package dev.whydunit.authoring.rules;

/**
 * A safe change of a file's text.
 *
 * @param from the first char that is replaced
 * @param to the char after the last one; equal to {@code from} where something is put in
 * @param replacement what comes in its place
 */
public record Edit(int from, int to, String replacement) {
    /** Refuses what is no range. */
    public Edit {
        if (from < 0 || to < from) {
            throw new IllegalArgumentException("not a range: " + from + " to " + to);
        }
    }
}
