package dev.whydunit.packet;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** What TLS says before it is encrypted (RFC 5246, RFC 8446): hellos, alerts, versions, names, certificates. */
final class TlsTracker {
    private static final int CHANGE_CIPHER_SPEC = 20;
    private static final int ALERT = 21;
    private static final int HANDSHAKE = 22;
    private static final int APPLICATION_DATA = 23;
    private static final int HEARTBEAT = 24;
    private static final int CLIENT_HELLO = 1;
    private static final int SERVER_HELLO = 2;
    private static final int CERTIFICATE = 11;
    private static final int LARGEST_RECORD = 16_384 + 2_048;
    private static final int RECORD_HEADER = 5;
    /**
     * What an alert is long once TLS 1.3 encrypts it: two bytes, the type and a tag of 16; OpenJDK pads it by another 16. A Finished, which
     * every client sends before its data, is longer (RFC 8446, section 4.4.4).
     */
    private static final int ENCRYPTED_ALERT = 19;

    private static final int PADDED_ALERT = 35;
    private static final int EXTENSION_SERVER_NAME = 0;
    private static final int EXTENSION_VERSIONS = 43;
    private static final int FATAL = 2;
    private static final int MOST_NAMES = 50;
    private static final int LONGEST_NAME = 255;

    private final ProblemBook problems;
    private final Counts alerts = new Counts(100);
    private final Counts versions = new Counts(20);
    private final Counts names = new Counts(MOST_NAMES);
    private final Map<String, CaptureReport.Certificate> certificates = new LinkedHashMap<>();
    private long clientHellos;
    private long serverHellos;
    private long failures;

    TlsTracker(ProblemBook problems) {
        this.problems = problems;
    }

    /** Whether data that begins with these four bytes may be a record. */
    boolean begins(int first) {
        int type = first >>> 24;
        return (type == HANDSHAKE || type == ALERT) && (first >>> 16 & 0xff) == 3;
    }

    /** Whether data begins with a record that only a TLS connection's beginning or an alert has. */
    boolean begins(Frame frame, int at, int length) {
        int type = frame.u8(at);
        if (type != HANDSHAKE && type != ALERT || length < RECORD_HEADER + 2 || !frame.has(at + RECORD_HEADER + 1)) {
            return false;
        }
        int size = frame.u16(at + 3);
        int first = frame.u8(at + RECORD_HEADER);
        return plausible(frame.u8(at), frame.u16(at + 1), size)
                && (type == HANDSHAKE
                        ? (first == CLIENT_HELLO || first == SERVER_HELLO) && size >= 40
                        : size == 2 && (first == 1 || first == FATAL));
    }

    /** Goes through the records of a segment; one that goes on is taken up in the segment that ends it. */
    void records(Frame frame, int start, int length, TcpFlow flow, int direction, int sequence) {
        TcpSide side = flow.side(direction);
        int at = 0;
        if (side.tls) {
            at = side.tlsNext - sequence;
            if (side.tlsCarried > 0) {
                at = at == 0 ? carriedOver(frame, start, length, flow, direction) : 0;
                side.tlsCarried = 0;
            } else if (at < 0) {
                // A gap: records begin again where this segment does, or the connection is not followed.
                at = 0;
            }
        }
        while (at >= 0 && at < length) {
            int left = length - at;
            if (left < RECORD_HEADER) {
                at = carry(frame, start + at, left, side) ? length : -1;
                break;
            }
            if (!frame.has(start + at + RECORD_HEADER)) {
                at = -1;
                break;
            }
            int type = frame.u8(start + at);
            int size = frame.u16(start + at + 3);
            if (!plausible(type, frame.u16(start + at + 1), size)) {
                at = -1;
                break;
            }
            int here = Math.min(size, left - RECORD_HEADER);
            record(frame, start + at + RECORD_HEADER, here, type, size, flow, direction);
            at += RECORD_HEADER + size;
        }
        side.tls = at >= 0;
        side.tlsNext = sequence + at;
    }

    /** Keeps the first bytes of a record's header that a segment ends with. */
    private static boolean carry(Frame frame, int at, int count, TcpSide side) {
        if (!frame.has(at + count)) {
            return false;
        }
        side.tlsCarried = count;
        side.tlsCarry = 0;
        for (int i = 0; i < count; i++) {
            side.tlsCarry = side.tlsCarry << 8 | frame.u8(at + i);
        }
        return true;
    }

    /** Puts a header together of which the segment before had the first bytes; gives where the next record begins, or -1. */
    private int carriedOver(Frame frame, int start, int length, TcpFlow flow, int direction) {
        TcpSide side = flow.side(direction);
        int missing = RECORD_HEADER - side.tlsCarried;
        if (length < missing || !frame.has(start + missing)) {
            return -1;
        }
        long header = Integer.toUnsignedLong(side.tlsCarry);
        for (int i = 0; i < missing; i++) {
            header = header << 8 | frame.u8(start + i);
        }
        int type = (int) (header >>> 32);
        int size = (int) header & 0xffff;
        if (!plausible(type, (int) (header >>> 16) & 0xffff, size)) {
            return -1;
        }
        record(frame, start + missing, Math.min(size, length - missing), type, size, flow, direction);
        return missing + size;
    }

    private static boolean plausible(int type, int version, int size) {
        return type >= CHANGE_CIPHER_SPEC
                && type <= HEARTBEAT
                && version >>> 8 == 3
                && (version & 0xff) <= 4
                && size > 0
                && size <= LARGEST_RECORD;
    }

    /** Takes a record of which this many bytes are in the segment. */
    private void record(Frame frame, int at, int here, int type, int size, TcpFlow flow, int direction) {
        TcpSide side = flow.side(direction);
        switch (type) {
            case CHANGE_CIPHER_SPEC -> side.tlsProtected = true;
            case APPLICATION_DATA -> {
                side.tlsProtected = true;
                side.tlsFinished |= size != ENCRYPTED_ALERT && size != PADDED_ALERT;
            }
            case ALERT -> {
                if (size == 2 && !side.tlsProtected && here == 2 && frame.has(at + 2)) {
                    alert(frame, frame.u8(at), frame.u8(at + 1), flow, direction);
                }
            }
            case HANDSHAKE -> {
                side.tlsFinished |= side.tlsProtected;
                if (!side.tlsProtected) {
                    handshake(frame, at, here, flow, direction);
                }
            }
            default -> {}
        }
    }

    private void alert(Frame frame, int level, int code, TcpFlow flow, int direction) {
        String name = name(code);
        alerts.add(name);
        if (level == FATAL && code != 0) {
            flow.fatalAlert = true;
            failures++;
            String from = flow.from(direction);
            String other = flow.from(1 - direction);
            problems.add(
                    ProblemKind.TLS_HANDSHAKE_FAILED,
                    1,
                    frame.nanos,
                    frame.nanos,
                    flow.a() + " → " + flow.b(),
                    () -> "%s ended the TLS handshake with %s by the alert %s".formatted(from, other, name));
        }
    }

    private void handshake(Frame frame, int start, int length, TcpFlow flow, int direction) {
        int at = start;
        int end = start + length;
        while (at + 4 <= end && frame.has(at + 4)) {
            int type = frame.u8(at);
            int size = frame.int32(at) & 0xffffff;
            int bodyEnd = Math.min(Math.min(end, at + 4 + size), frame.captured);
            switch (type) {
                case CLIENT_HELLO -> {
                    clientHellos++;
                    flow.clientHello = true;
                    clientHello(frame, at + 4, bodyEnd);
                }
                case SERVER_HELLO -> {
                    serverHellos++;
                    flow.serverHello = true;
                    serverHello(frame, at + 4, bodyEnd);
                }
                case CERTIFICATE -> certificate(frame, at + 4, bodyEnd, flow, direction);
                default -> {
                    if (type > 25) {
                        return;
                    }
                }
            }
            at += 4 + size;
        }
    }

    private void clientHello(Frame frame, int at, int end) {
        // Version, random, session id; cipher suites; compression methods; extensions.
        if (!readable(frame, at + 35, end)) {
            return;
        }
        int next = at + 35 + frame.u8(at + 34);
        if (!readable(frame, next + 2, end)) {
            return;
        }
        next += 2 + frame.u16(next);
        if (!readable(frame, next + 1, end)) {
            return;
        }
        next += 1 + frame.u8(next) + 2;
        int name = extension(frame, next, end, EXTENSION_SERVER_NAME);
        if (name > 0 && readable(frame, name + 5, end)) {
            int size = frame.u16(name + 3);
            if (frame.u8(name + 2) == 0 && size <= LONGEST_NAME && readable(frame, name + 5 + size, end)) {
                StringBuilder text = new StringBuilder();
                Texts.append(text, frame, name + 5, size);
                names.add(text.toString());
            }
        }
    }

    private void serverHello(Frame frame, int at, int end) {
        if (!readable(frame, at + 35, end)) {
            return;
        }
        int version = frame.u16(at);
        int next = at + 35 + frame.u8(at + 34) + 3 + 2;
        int chosen = extension(frame, next, end, EXTENSION_VERSIONS);
        if (chosen > 0 && readable(frame, chosen + 2, end)) {
            version = frame.u16(chosen);
        }
        versions.add(
                switch (version) {
                    case 0x0300 -> "SSL 3.0";
                    case 0x0301 -> "TLS 1.0";
                    case 0x0302 -> "TLS 1.1";
                    case 0x0303 -> "TLS 1.2";
                    case 0x0304 -> "TLS 1.3";
                    default -> "0x%04x".formatted(version);
                });
    }

    /** Where an extension's content begins; 0 when it is not there. */
    private static int extension(Frame frame, int start, int end, int wanted) {
        int at = start;
        while (readable(frame, at + 4, end)) {
            int size = frame.u16(at + 2);
            if (frame.u16(at) == wanted) {
                return at + 4;
            }
            at += 4 + size;
        }
        return 0;
    }

    private void certificate(Frame frame, int at, int end, TcpFlow flow, int direction) {
        String server = flow.from(direction);
        if (direction == 0 || certificates.size() >= MOST_NAMES && !certificates.containsKey(server)) {
            return;
        }
        Instant notAfter = CertificateDates.notAfter(frame, at + 6, end);
        if (notAfter == null) {
            return;
        }
        long left = Duration.between(Times.instant(frame.nanos), notAfter).toDays();
        boolean over = notAfter.isBefore(Times.instant(frame.nanos));
        if (certificates.putIfAbsent(server, new CaptureReport.Certificate(server, notAfter, left)) == null && over) {
            problems.add(
                    ProblemKind.CERTIFICATE_EXPIRED,
                    1,
                    frame.nanos,
                    frame.nanos,
                    server,
                    () -> "The certificate of %s ended on %s".formatted(server, notAfter));
        }
    }

    private static boolean readable(Frame frame, int upTo, int end) {
        return upTo <= end && frame.has(upTo);
    }

    /**
     * Looks at how the handshake of a connection that ends went. It failed when the client never sent its Finished, as far as its records
     * could be followed.
     */
    void closed(TcpFlow flow) {
        boolean ended = flow.fromA.fin || flow.fromB.fin || flow.resetBy != TcpFlow.NOBODY;
        if (!flow.clientHello || flow.fatalAlert || !ended || !flow.fromA.tls || flow.fromA.tlsFinished) {
            return;
        }
        failures++;
        problems.add(
                ProblemKind.TLS_HANDSHAKE_FAILED,
                1,
                flow.firstNanos,
                flow.lastNanos,
                flow.a() + " → " + flow.b(),
                () -> failed(flow));
    }

    private static String failed(TcpFlow flow) {
        String arrow = flow.a() + " → " + flow.b();
        if (flow.fromA.tlsProtected || flow.fromB.tlsProtected) {
            return arrow + ": the TLS handshake ended early, after a part of it that is encrypted";
        }
        return flow.resetBy == TcpFlow.NOBODY
                ? arrow + ": the connection was closed during the TLS handshake"
                : "%s reset the connection during the TLS handshake with %s"
                        .formatted(flow.from(flow.resetBy), flow.from(1 - flow.resetBy));
    }

    CaptureReport.Tls report() {
        return new CaptureReport.Tls(
                clientHellos,
                serverHellos,
                alerts.map(),
                failures,
                versions.map(),
                names.map(),
                java.util.List.copyOf(certificates.values()));
    }

    /** The names of RFC 8446, section 6, and of its predecessors. */
    private static String name(int code) {
        return switch (code) {
            case 0 -> "close_notify";
            case 10 -> "unexpected_message";
            case 20 -> "bad_record_mac";
            case 21 -> "decryption_failed";
            case 22 -> "record_overflow";
            case 30 -> "decompression_failure";
            case 40 -> "handshake_failure";
            case 41 -> "no_certificate";
            case 42 -> "bad_certificate";
            case 43 -> "unsupported_certificate";
            case 44 -> "certificate_revoked";
            case 45 -> "certificate_expired";
            case 46 -> "certificate_unknown";
            case 47 -> "illegal_parameter";
            case 48 -> "unknown_ca";
            case 49 -> "access_denied";
            case 50 -> "decode_error";
            case 51 -> "decrypt_error";
            case 60 -> "export_restriction";
            case 70 -> "protocol_version";
            case 71 -> "insufficient_security";
            case 80 -> "internal_error";
            case 86 -> "inappropriate_fallback";
            case 90 -> "user_canceled";
            case 100 -> "no_renegotiation";
            case 109 -> "missing_extension";
            case 110 -> "unsupported_extension";
            case 112 -> "unrecognized_name";
            case 113 -> "bad_certificate_status_response";
            case 115 -> "unknown_psk_identity";
            case 116 -> "certificate_required";
            case 120 -> "no_application_protocol";
            default -> "alert_" + code;
        };
    }
}
