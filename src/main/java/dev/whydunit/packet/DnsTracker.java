package dev.whydunit.packet;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Matches questions and answers of the domain name system (RFC 1035). */
final class DnsTracker {
    private static final int HEADER = 12;
    private static final int NXDOMAIN = 3;
    private static final int SERVFAIL = 2;
    private static final int REFUSED = 5;
    private static final int MOST_PENDING = 20_000;
    private static final int MOST_SERVERS = 500;
    private static final int MOST_NAMES = 2_000;
    private static final int LISTED = 20;
    private static final int LONGEST_NAME = 255;
    private static final int POINTER = 0xc0;
    static final long SLOW_NANOS = 500_000_000;

    /** Hashed by hand: what the compiler makes for records is slow until it is warm. */
    private record Question(Flow flow, int id, String name) {
        @Override
        public int hashCode() {
            return flow.hash * 31 + id;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Question that && flow == that.flow && id == that.id && name.equals(that.name);
        }
    }

    private final Malformed malformed;
    private final ProblemBook problems;
    private final LinkedHashMap<Question, Long> pending = new LinkedHashMap<>();
    private final Shares servers = new Shares(MOST_SERVERS);
    private final Shares names = new Shares(MOST_NAMES);
    private final Histogram latency = new Histogram();
    private final KnownTexts texts = new KnownTexts();
    private long lastHigh;
    private long lastLow;
    private String lastAddress = Addresses.text(0, 0);
    private long queries;
    private long responses;
    private long nxdomain;
    private long servfail;
    private long refused;
    private long truncated;
    private long unanswered;

    DnsTracker(Malformed malformed, ProblemBook problems) {
        this.malformed = malformed;
        this.problems = problems;
    }

    /** Takes messages that stand in a TCP segment, each behind its length (RFC 1035, section 4.2.2). */
    void stream(Frame frame, int start, int length, Flow flow, int direction) {
        int at = start;
        int left = length;
        while (left >= 2 + HEADER && frame.has(at + 2 + HEADER)) {
            int size = frame.u16(at);
            if (size < HEADER) {
                return;
            }
            message(frame, at + 2, Math.min(size, left - 2), flow, direction);
            at += 2 + size;
            left -= 2 + size;
        }
    }

    /** Takes one message. */
    void message(Frame frame, int at, int length, Flow flow, int direction) {
        if (length < HEADER) {
            malformed.report(frame, "a DNS message of less than 12 bytes");
            return;
        }
        if (!frame.has(at + HEADER)) {
            return;
        }
        int flags = frame.u16(at + 2);
        String name = frame.u16(at + 4) == 0 ? "" : knownName(frame, at, length);
        boolean response = (flags & 0x8000) != 0;
        int server = response ? direction : 1 - direction;
        String address = server == 0 ? address(flow.aHigh, flow.aLow) : address(flow.bHigh, flow.bLow);
        Question question = new Question(flow, frame.u16(at), name);
        if (response) {
            answered(frame.nanos, flags, question, address);
        } else {
            queries++;
            servers.of(address).count++;
            names.of(name).count++;
            if (pending.size() >= MOST_PENDING) {
                Iterator<Map.Entry<Question, Long>> eldest = pending.entrySet().iterator();
                Map.Entry<Question, Long> first = eldest.next();
                eldest.remove();
                never(first.getKey(), first.getValue());
            }
            pending.putIfAbsent(question, frame.nanos);
        }
    }

    private void answered(long nanos, int flags, Question question, String server) {
        responses++;
        int code = flags & 15;
        Shares.Share byServer = servers.of(server);
        Shares.Share byName = names.of(question.name);
        if ((flags & 0x0200) != 0) {
            truncated++;
        }
        if (code != 0) {
            byServer.errors++;
            byName.errors++;
        }
        switch (code) {
            case NXDOMAIN -> {
                nxdomain++;
                problems.add(
                        ProblemKind.DNS_NXDOMAIN,
                        1,
                        nanos,
                        nanos,
                        question.name,
                        () -> server + " says that there is no name " + question.name);
            }
            case SERVFAIL -> {
                servfail++;
                problems.add(
                        ProblemKind.DNS_SERVFAIL,
                        1,
                        nanos,
                        nanos,
                        question.name,
                        () -> server + " failed to resolve " + question.name);
            }
            case REFUSED -> {
                refused++;
                problems.add(
                        ProblemKind.DNS_REFUSED,
                        1,
                        nanos,
                        nanos,
                        question.name,
                        () -> server + " refused to resolve " + question.name);
            }
            default -> {}
        }
        Long since = pending.remove(question);
        if (since != null && nanos >= since) {
            long took = nanos - since;
            latency.add(took);
            byServer.latency.add(took);
            byName.latency.add(took);
            if (took > SLOW_NANOS) {
                problems.add(
                        ProblemKind.DNS_SLOW,
                        1,
                        since,
                        nanos,
                        question.name,
                        () -> "%s took %s to resolve %s".formatted(server, Durations.text(took), question.name));
            }
        }
    }

    private void never(Question question, long since) {
        unanswered++;
        String server = Addresses.text(question.flow.bHigh, question.flow.bLow);
        servers.of(server).unanswered++;
        names.of(question.name).unanswered++;
        problems.add(
                ProblemKind.DNS_UNANSWERED,
                1,
                since,
                since,
                question.flow.a() + " → " + question.flow.b(),
                () -> server + " did not answer a question for " + question.name);
    }

    /** Nothing more comes: what has no response now has none. */
    void end(Ending ending) {
        pending.forEach((question, since) -> {
            if (!ending.mayStillBeAnswered(since)) {
                never(question, since);
            }
        });
        pending.clear();
    }

    /** Adds what another counted of other conversations of the same capture. */
    void merge(DnsTracker other) {
        queries += other.queries;
        responses += other.responses;
        nxdomain += other.nxdomain;
        servfail += other.servfail;
        refused += other.refused;
        truncated += other.truncated;
        unanswered += other.unanswered;
        latency.merge(other.latency);
        servers.merge(other.servers);
        names.merge(other.names);
    }

    CaptureReport.Dns report() {
        return new CaptureReport.Dns(
                queries,
                responses,
                nxdomain,
                servfail,
                refused,
                truncated,
                unanswered,
                latency.millis(),
                list(servers.first(LISTED, (one, other) -> Long.compare(other.count, one.count))),
                list(names.first(LISTED, DnsTracker::worstFirst)));
    }

    private static int worstFirst(Shares.Share one, Shares.Share other) {
        int byFailures = Long.compare(other.errors + other.unanswered, one.errors + one.unanswered);
        if (byFailures != 0) {
            return byFailures;
        }
        int byLatency = Double.compare(other.latency.quantile(0.5), one.latency.quantile(0.5));
        return byLatency != 0 ? byLatency : Long.compare(other.count, one.count);
    }

    private static List<CaptureReport.DnsShare> list(List<Shares.Share> shares) {
        return shares.stream()
                .map(share -> new CaptureReport.DnsShare(
                        share.name, share.count, share.errors, share.unanswered, share.latency.millis()))
                .toList();
    }

    /** The text of a server's address; there are few servers, and the same one is asked again and again. */
    private String address(long high, long low) {
        if (high != lastHigh || low != lastLow) {
            lastHigh = high;
            lastLow = low;
            lastAddress = Addresses.text(high, low);
        }
        return lastAddress;
    }

    /** The first question's name; one without pointers is looked up by its bytes first. */
    private String knownName(Frame frame, int message, int length) {
        int end = HEADER;
        int size = 1;
        while (end < length && frame.has(message + end + 1) && size > 0 && size < POINTER) {
            size = frame.u8(message + end);
            end += 1 + size;
        }
        if (size > 0 || end > length || !frame.has(message + end)) {
            return name(frame, message, length);
        }
        String known = texts.find(frame, message + HEADER, end - HEADER);
        return known == null ? texts.put(frame, message + HEADER, end - HEADER, name(frame, message, length)) : known;
    }

    /** The first question's name, lower case, without the last dot; a pointer in it must point backwards, so that it ends. */
    private String name(Frame frame, int message, int length) {
        StringBuilder name = new StringBuilder();
        int at = HEADER;
        int lowest = HEADER;
        while (at < length && name.length() <= LONGEST_NAME && frame.has(message + at + 1)) {
            int size = frame.u8(message + at);
            if (size == 0) {
                return name.isEmpty() ? "." : name.toString();
            }
            if ((size & POINTER) == POINTER) {
                if (!frame.has(message + at + 2)) {
                    return name.toString();
                }
                int target = frame.u16(message + at) & 0x3fff;
                if (target >= lowest || target < HEADER) {
                    malformed.report(frame, "a DNS name that points to itself or forwards");
                    return name.toString();
                }
                lowest = target;
                at = target;
                continue;
            }
            if ((size & POINTER) != 0 || at + 1 + size > length) {
                malformed.report(frame, "a DNS label that is longer than its message");
                return name.toString();
            }
            if (!frame.has(message + at + 1 + size)) {
                return name.toString();
            }
            if (!name.isEmpty()) {
                name.append('.');
            }
            Texts.append(name, frame, message + at + 1, size);
            at += 1 + size;
        }
        return name.toString();
    }
}
