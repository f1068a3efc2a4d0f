package dev.whydunit.store;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Times for SQLite, which has no type for them: text of one length, so that it compares as the times do. */
public final class SortableTime {
    private static final DateTimeFormatter FORMAT = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private SortableTime() {}

    /** The text, in microseconds. */
    public static String of(Instant time) {
        return FORMAT.format(time);
    }
}
