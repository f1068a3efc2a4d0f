package dev.whydunit.journal;

import static dev.whydunit.store.Statements.select;

import dev.whydunit.store.Database;
import java.sql.SQLException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which files investigations refer to. */
public final class ArtifactReferences {
    private static final int PAGE = 500;
    /** As {@link EventJson} writes it; a result that holds such a key refers to a file, too, which keeps more and never less. */
    private static final Pattern REFERENCE = Pattern.compile("\"sha256\":\"([0-9a-f]{64})\"");

    /** Takes what one event refers to. */
    @FunctionalInterface
    public interface Each {
        /** Called in the order of ids, which begin with the time at which an investigation began. */
        void of(String investigation, Set<String> sha256);
    }

    private record Row(String investigation, int seq, String body) {}

    private ArtifactReferences() {}

    /** Reads all events of steps that ended, a page at a time. */
    public static void each(Database database, Each each) throws SQLException {
        String investigation = "";
        int seq = 0;
        while (true) {
            String afterId = investigation;
            int afterSeq = seq;
            List<Row> rows = database.read(connection -> select(
                    connection,
                    row -> new Row(row.getString(1), row.getInt(2), row.getString(3)),
                    "select investigation, seq, body from event where type = 'step_ended' and body like '%\"sha256\"%'"
                            + " and (investigation, seq) > (?, ?) order by investigation, seq limit ?",
                    afterId,
                    afterSeq,
                    PAGE));
            for (Row row : rows) {
                each.of(row.investigation(), in(row.body()));
            }
            if (rows.size() < PAGE) {
                return;
            }
            investigation = rows.getLast().investigation();
            seq = rows.getLast().seq();
        }
    }

    /** What the JSON of an event refers to. */
    public static Set<String> in(String body) {
        Set<String> found = new LinkedHashSet<>();
        Matcher matcher = REFERENCE.matcher(body);
        while (matcher.find()) {
            found.add(matcher.group(1));
        }
        return found;
    }
}
