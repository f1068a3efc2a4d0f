package dev.whydunit.packet;

/** Errors that database servers send, by the form that each has on its usual port. */
final class DatabaseTracker {
    private static final int MOST_CODES = 200;
    private static final int LONGEST = 200;
    private static final int MOST_FIELDS = 32;
    private static final int MYSQL_ERROR = 0xff;

    private final ProblemBook problems;
    private final Counts postgresql = new Counts(MOST_CODES);
    private final Counts mysql = new Counts(MOST_CODES);
    private final Counts redis = new Counts(MOST_CODES);

    DatabaseTracker(ProblemBook problems) {
        this.problems = problems;
    }

    /** An ErrorResponse: 'E', a length, and fields of which C is the SQLSTATE and M the message. */
    void postgresql(Frame frame, int start, int length, TcpFlow flow, int direction) {
        int at = start;
        int end = start + length;
        // Messages follow each other; those before the error are stepped over.
        for (int i = 0; i < MOST_FIELDS && at + 5 <= end && frame.has(at + 5); i++) {
            int size = frame.int32(at + 1);
            if (size < 4 || size > 1 << 20) {
                return;
            }
            if (frame.u8(at) == 'E') {
                fields(frame, at + 5, Math.min(end, at + 1 + size), flow, direction);
            }
            at += 1 + size;
        }
    }

    private void fields(Frame frame, int start, int end, TcpFlow flow, int direction) {
        String code = "";
        String message = "";
        String severity = "";
        int at = start;
        for (int i = 0; i < MOST_FIELDS && at < end && frame.has(at + 1) && frame.u8(at) != 0; i++) {
            int field = frame.u8(at++);
            int from = at;
            while (at < end && frame.has(at + 1) && frame.u8(at) != 0) {
                at++;
            }
            String text = Texts.of(frame, from, Math.min(at - from, LONGEST));
            switch (field) {
                case 'S' -> severity = text;
                case 'C' -> code = text;
                case 'M' -> message = text.replace("\\20", " ");
                default -> {}
            }
            at++;
        }
        if (code.length() == 5 && !severity.isEmpty()) {
            postgresql.add(code);
            error("PostgreSQL", code, message, frame, flow, direction);
        }
    }

    /** An ERR packet: 0xff, the number, '#', the SQLSTATE and the message. */
    void mysql(Frame frame, int at, int length, TcpFlow flow, int direction) {
        if (length < 9 || !frame.has(at + 7) || frame.u8(at + 4) != MYSQL_ERROR) {
            return;
        }
        int size = frame.u8(at) | frame.u8(at + 1) << 8 | frame.u8(at + 2) << 16;
        if (size < 3 || size > length) {
            return;
        }
        String code = Integer.toString(frame.u8(at + 5) | frame.u8(at + 6) << 8);
        int end = Math.min(at + 4 + Math.min(size, LONGEST), frame.captured);
        String message = end > at + 7 && frame.has(end) ? Texts.of(frame, at + 7, end - at - 7) : "";
        mysql.add(code);
        error("MySQL", code, message.replace("\\20", " "), frame, flow, direction);
    }

    /** A simple error: '-', a word in capitals and the message. */
    void redis(Frame frame, int at, int length, TcpFlow flow, int direction) {
        if (frame.u8(at) != '-' || frame.u8(at + 1) < 'A' || frame.u8(at + 1) > 'Z') {
            return;
        }
        int end = at + 1;
        int most = Math.min(at + Math.min(length, LONGEST), frame.captured);
        while (end < most && frame.has(end + 1) && frame.u8(end) != '\r') {
            end++;
        }
        String line = Texts.of(frame, at + 1, end - at - 1).replace("\\20", " ");
        int space = line.indexOf(' ');
        String word = space < 0 ? line : line.substring(0, space);
        redis.add(word);
        error("Redis", word, space < 0 ? "" : line.substring(space + 1), frame, flow, direction);
    }

    private void error(String product, String code, String message, Frame frame, TcpFlow flow, int direction) {
        String server = flow.from(direction);
        problems.add(
                ProblemKind.DATABASE_ERRORS,
                1,
                frame.nanos,
                frame.nanos,
                server + " " + code,
                () -> "%s at %s answered with error %s%s"
                        .formatted(product, server, code, message.isEmpty() ? "" : " (" + message + ")"));
    }

    CaptureReport.Databases report() {
        return new CaptureReport.Databases(postgresql.map(), mysql.map(), redis.map());
    }
}
