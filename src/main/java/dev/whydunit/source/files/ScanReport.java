package dev.whydunit.source.files;

import dev.whydunit.source.log.LogEvent;
import java.util.ArrayList;
import java.util.List;

/** Counts what could not be read while files are scanned. Not thread-safe. */
final class ScanReport {
    private static final int NAMED = 3;

    private long withoutTime;
    private long unreadable;
    private long cut;
    private final List<String> denied = new ArrayList<>();
    private final List<String> unsupported = new ArrayList<>();
    private final List<String> broken = new ArrayList<>();

    void withoutTime() {
        withoutTime++;
    }

    void unreadable() {
        unreadable++;
    }

    void cut(long lines) {
        cut += lines;
    }

    void denied(String file) {
        denied.add(file);
    }

    void unsupported(String file) {
        unsupported.add(file);
    }

    void broken(String file) {
        broken.add(file);
    }

    List<String> denied() {
        return denied;
    }

    /** What to say of it, a sentence each. */
    List<String> caveats() {
        List<String> caveats = new ArrayList<>();
        if (withoutTime > 0) {
            caveats.add(withoutTime + " lines have no time that can be read and were left out.");
        }
        if (unreadable > 0) {
            caveats.add(unreadable + " lines of the time asked for are not of their file's format and were left out.");
        }
        if (cut > 0) {
            caveats.add(cut + " lines are longer than " + Lines.LINE_LIMIT + " bytes and were cut.");
        }
        add(caveats, denied, "could not be read for lack of permission");
        add(caveats, unsupported, "are compressed in a way that is not supported (only gzip is) and were left out");
        add(caveats, broken, "broke off or could not be unpacked: what lies behind was not read");
        return caveats;
    }

    private static void add(List<String> caveats, List<String> files, String what) {
        if (!files.isEmpty()) {
            String named = String.join(", ", files.subList(0, Math.min(NAMED, files.size())));
            String more = files.size() > NAMED ? " and " + (files.size() - NAMED) + " more" : "";
            caveats.add(LogEvent.cut(files.size() + " files " + what + ": " + named + more + ".", 400));
        }
    }
}
