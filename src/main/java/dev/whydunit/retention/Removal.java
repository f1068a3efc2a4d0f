package dev.whydunit.retention;

import dev.whydunit.schema.Sizes;
import java.util.ArrayList;
import java.util.List;

/**
 * What is, or would be, taken away.
 *
 * @param investigations their events and late events; a line that says how each ended stays
 * @param incidents with their timelines
 * @param alerts those of these incidents, too
 * @param audit lines of the audit log
 * @param remembered lines of investigations that were removed long ago
 * @param files that no investigation refers to any more
 * @param fileBytes the size of these files
 */
public record Removal(
        int investigations, int incidents, int alerts, int audit, int remembered, int files, long fileBytes) {
    /** Nothing. */
    public static final Removal NOTHING = new Removal(0, 0, 0, 0, 0, 0, 0);

    /** Both. */
    public Removal plus(Removal other) {
        return new Removal(
                investigations + other.investigations,
                incidents + other.incidents,
                alerts + other.alerts,
                audit + other.audit,
                remembered + other.remembered,
                files + other.files,
                fileBytes + other.fileBytes);
    }

    /** Whether it is nothing. */
    public boolean isNothing() {
        return equals(NOTHING);
    }

    /** In words, such as {@code 3 investigations, 1 incident, 2 files (1.5 MB)}. */
    public String words() {
        List<String> parts = new ArrayList<>();
        add(parts, investigations, "investigation");
        add(parts, incidents, "incident");
        add(parts, alerts, "alert");
        add(parts, audit, "line of the audit log");
        add(parts, remembered, "line of an investigation removed long ago");
        if (files > 0) {
            add(parts, files, "file");
            parts.add(parts.removeLast() + " (" + Sizes.format(fileBytes) + ")");
        }
        return parts.isEmpty() ? "nothing" : String.join(", ", parts);
    }

    private static void add(List<String> parts, int count, String one) {
        if (count > 0) {
            String many = one.contains(" ") ? one.replaceFirst(" ", "s ") : one + "s";
            parts.add(count + " " + (count == 1 ? one : many));
        }
    }
}
