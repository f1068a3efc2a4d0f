package dev.whydunit.packet;

import java.util.LinkedHashMap;
import java.util.Map;

/** Requests and responses of HTTP/1 (RFC 9112), recognised by their first line on any port. */
final class HttpTracker {
    private static final int RESPONSE = 0x48545450; // HTTP
    /** Bytes of HTTP/1.1. */
    private static final int VERSION = 8;

    private static final int LONGEST_LINE = 2_048;
    private static final int LONGEST_PATH = 120;
    private static final int LONGEST_HEADERS = 16_384;
    private static final int MOST_PATHS = 1_000;
    private static final int MOST_PIPELINED = 64;
    private static final int LISTED = 20;
    private static final String LENGTH = "content-length:";

    private final ProblemBook problems;
    private final long[] classes = new long[6];
    private final Histogram latency = new Histogram();
    private final Shares paths = new Shares(MOST_PATHS);
    private final KnownTexts texts = new KnownTexts();
    private long requests;
    private long unanswered;

    HttpTracker(ProblemBook problems) {
        this.problems = problems;
    }

    /** Whether data that begins with these four bytes may be a request or a response. */
    boolean begins(int first) {
        return switch (first) {
            case RESPONSE,
                    0x47455420, // GET
                    0x504f5354, // POST
                    0x50555420, // PUT
                    0x48454144, // HEAD
                    0x44454c45, // DELE
                    0x4f505449, // OPTI
                    0x50415443, // PATC
                    0x434f4e4e, // CONN
                    0x54524143 -> // TRAC
                true;
            default -> false;
        };
    }

    /** Takes the data of a segment, in which one message after the other may stand. */
    void message(Frame frame, int start, int length, TcpFlow flow, int direction) {
        int at = start;
        int end = start + length;
        for (int i = 0; i < MOST_PIPELINED; i++) {
            if (at + 14 > end || !frame.has(at + 4) || !begins(frame.int32(at))) {
                return;
            }
            boolean known =
                    frame.int32(at) == RESPONSE ? response(frame, at, flow, direction) : request(frame, at, end, flow);
            if (!known) {
                return;
            }
            int next = messageEnd(frame, at, end);
            if (next < 0) {
                return;
            }
            at = next;
        }
    }

    private boolean request(Frame frame, int at, int end, TcpFlow flow) {
        int most = Math.min(Math.min(end, at + LONGEST_LINE), frame.captured);
        int method = frame.wordEnd(at, most);
        int target = method + 1;
        if (target >= most || frame.u8(method) != ' ') {
            return false;
        }
        int targetEnd = frame.wordEnd(target, most);
        if (targetEnd < most && frame.u8(targetEnd) == ' ' && !isVersion(frame, targetEnd + 1, most)) {
            return false;
        }
        int pathEnd = frame.find('?', target, Math.min(targetEnd, target + LONGEST_PATH));
        requests++;
        HttpExchange exchange = flow.http;
        if (exchange == null) {
            exchange = new HttpExchange();
            flow.http = exchange;
        }
        String path = texts.find(frame, at, pathEnd - at);
        if (path == null) {
            path = texts.put(
                    frame,
                    at,
                    pathEnd - at,
                    Texts.of(frame, at, method - at) + " " + Texts.of(frame, target, pathEnd - target));
        }
        exchange.asked(new HttpExchange.Request(path, frame.nanos));
        return true;
    }

    /** Whether the request line ends in the protocol's version. A target that goes beyond what was captured is believed. */
    private static boolean isVersion(Frame frame, int at, int most) {
        return frame.has(at + VERSION) && frame.int32(at) == RESPONSE && frame.wordEnd(at, most) == at + VERSION;
    }

    private boolean response(Frame frame, int at, TcpFlow flow, int direction) {
        if (!frame.has(at + 12) || frame.u8(at + 4) != '/' || frame.u8(at + 5) != '1' || frame.u8(at + 8) != ' ') {
            return false;
        }
        int status = (frame.u8(at + 9) - '0') * 100 + (frame.u8(at + 10) - '0') * 10 + frame.u8(at + 11) - '0';
        if (status < 100 || status > 599) {
            return false;
        }
        classes[status / 100]++;
        if (status < 200 && status != 101) {
            // An interim response; the request still waits for the final one.
            return true;
        }
        HttpExchange.Request request = flow.http == null ? null : flow.http.answered();
        String path = request == null ? "a request" : request.path();
        if (request != null) {
            long took = frame.nanos - request.nanos();
            latency.add(took);
            Shares.Share share = paths.of(path);
            share.count++;
            share.latency.add(took);
            if (status >= 500) {
                share.errors++;
            }
        }
        if (status >= 500) {
            String server = flow.from(direction);
            problems.add(
                    ProblemKind.HTTP_SERVER_ERRORS,
                    1,
                    frame.nanos,
                    frame.nanos,
                    server + " " + path,
                    () -> "%s answered %s with status %d".formatted(server, path, status));
        }
        return true;
    }

    /** Where the message ends, when something follows it in this segment and its length is given; -1 otherwise. */
    private static int messageEnd(Frame frame, int at, int end) {
        int headersEnd = frame.emptyLineEnd(at, Math.min(end, at + LONGEST_HEADERS));
        if (headersEnd < 0 || headersEnd >= end) {
            return -1;
        }
        long body = 0;
        int line = at;
        while (line < headersEnd) {
            int lineEnd = frame.find('\n', line, headersEnd);
            if (startsWithLength(frame, line, lineEnd)) {
                body = number(frame, line + LENGTH.length(), lineEnd);
                break;
            }
            line = lineEnd + 1;
        }
        return headersEnd + body < end ? (int) (headersEnd + body) : -1;
    }

    private static boolean startsWithLength(Frame frame, int at, int end) {
        if (end - at < LENGTH.length()) {
            return false;
        }
        for (int i = 0; i < LENGTH.length(); i++) {
            if ((frame.u8(at + i) | (i == 7 || i == LENGTH.length() - 1 ? 0 : 0x20)) != LENGTH.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private static long number(Frame frame, int from, int end) {
        long number = 0;
        for (int i = from; i < end && number < Integer.MAX_VALUE; i++) {
            int c = frame.u8(i);
            if (c >= '0' && c <= '9') {
                number = number * 10 + c - '0';
            }
        }
        return number;
    }

    /** Counts what a connection that ends left unanswered. */
    void closed(TcpFlow flow) {
        if (flow.http != null) {
            unanswered += flow.http.unanswered();
        }
    }

    CaptureReport.Http report() {
        Map<String, Long> byClass = new LinkedHashMap<>();
        for (int i = 1; i <= 5; i++) {
            byClass.put(i + "xx", classes[i]);
        }
        return new CaptureReport.Http(
                requests,
                byClass,
                latency.millis(),
                unanswered,
                paths.first(LISTED, (one, other) -> Long.compare(other.latency.max(), one.latency.max())).stream()
                        .map(share -> new CaptureReport.HttpPath(
                                share.name, share.count, share.errors, share.latency.millis()))
                        .toList());
    }
}
