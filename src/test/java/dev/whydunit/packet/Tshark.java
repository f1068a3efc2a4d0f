package dev.whydunit.packet;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What tshark counts in a capture. */
final class Tshark {
    private static final List<String> FIELDS = List.of(
            "frame.len",
            "tcp.stream",
            "udp.stream",
            "icmp.type",
            "tcp.analysis.retransmission",
            "tcp.analysis.fast_retransmission",
            "tcp.analysis.spurious_retransmission",
            "tcp.analysis.duplicate_ack",
            "tcp.analysis.out_of_order",
            "tcp.analysis.lost_segment",
            "tcp.analysis.zero_window",
            "tcp.analysis.window_full",
            "tcp.analysis.keep_alive",
            "tcp.flags.reset",
            "dns.flags.response",
            "dns.flags.rcode",
            "tls.handshake.type",
            "tls.alert_message.desc",
            "http.request.method",
            "http.response.code");

    private Tshark() {}

    /** The names of our report's counts, with tshark's values. */
    static Map<String, Long> counts(Path capture) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                "tshark",
                "-n",
                "-o",
                "tcp.reassemble_out_of_order:TRUE",
                "-r",
                capture.toString(),
                "-T",
                "fields",
                "-E",
                "separator=/t",
                "-E",
                "occurrence=a",
                "-E",
                "aggregator=;"));
        FIELDS.forEach(field -> command.addAll(List.of("-e", field)));
        Map<String, Long> counts = new LinkedHashMap<>();
        Set<String> tcp = new HashSet<>();
        Set<String> udp = new HashSet<>();
        Process process;
        try {
            process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException("tshark is missing; ./verify installs it", e);
        }
        try (BufferedReader lines = process.inputReader()) {
            lines.lines().forEach(line -> packet(line.split("\t", -1), counts, tcp, udp));
        }
        counts.put("tcp.conversations", (long) tcp.size());
        counts.put("udp.conversations", (long) udp.size());
        return counts;
    }

    private static void packet(String[] values, Map<String, Long> counts, Set<String> tcp, Set<String> udp) {
        add(counts, "packets", 1);
        add(counts, "bytes", Long.parseLong(values[0]));
        boolean quoted = !values[3].isEmpty();
        if (!values[1].isEmpty() && !quoted) {
            tcp.add(values[1]);
            add(counts, "tcp.segments", 1);
        }
        if (!values[2].isEmpty() && !quoted) {
            udp.add(values[2]);
        }
        List<String> names = List.of(
                "tcp.retransmissions",
                "tcp.fast",
                "tcp.spurious",
                "tcp.duplicateAcks",
                "tcp.outOfOrder",
                "tcp.lostSegments",
                "tcp.zeroWindows",
                "tcp.windowFull",
                "tcp.keepAlives");
        for (int i = 0; i < names.size(); i++) {
            add(counts, names.get(i), values[4 + i].isEmpty() ? 0 : 1);
        }
        add(counts, "tcp.resets", !quoted && values[13].equals("1") ? 1 : 0);
        add(counts, "dns.queries", occurrences(values[14], "0"));
        add(counts, "dns.responses", occurrences(values[14], "1"));
        add(counts, "dns.nxdomain", occurrences(values[15], "3"));
        add(counts, "dns.servfail", occurrences(values[15], "2"));
        add(counts, "tls.clientHellos", occurrences(values[16], "1"));
        add(counts, "tls.serverHellos", occurrences(values[16], "2"));
        add(counts, "tls.alerts", values[17].isEmpty() ? 0 : values[17].split(";").length);
        add(counts, "http.requests", values[18].isEmpty() ? 0 : values[18].split(";").length);
        add(counts, "http.responses", values[19].isEmpty() ? 0 : values[19].split(";").length);
    }

    private static long occurrences(String values, String wanted) {
        long count = 0;
        for (String value : values.split(";")) {
            count += value.equals(wanted)
                            || value.equals(wanted.equals("1") ? "True" : "False")
                                    && wanted.length() == 1
                                    && "01".contains(wanted)
                    ? 1
                    : 0;
        }
        return count;
    }

    private static void add(Map<String, Long> counts, String name, long more) {
        counts.merge(name, more, Long::sum);
    }

    /** The same counts of our own. */
    static Map<String, Long> counts(CaptureReport report) {
        Map<String, Long> counts = new LinkedHashMap<>();
        counts.put("packets", report.packets());
        counts.put("bytes", report.bytes());
        counts.put("tcp.conversations", report.tcp().conversations());
        counts.put("udp.conversations", report.udp().conversations());
        counts.put("tcp.segments", report.tcp().segments());
        counts.put("tcp.retransmissions", report.tcp().retransmissions());
        counts.put("tcp.fast", report.tcp().fastRetransmissions());
        counts.put("tcp.spurious", report.tcp().spuriousRetransmissions());
        counts.put("tcp.duplicateAcks", report.tcp().duplicateAcks());
        counts.put("tcp.outOfOrder", report.tcp().outOfOrder());
        counts.put("tcp.lostSegments", report.tcp().lostSegments());
        counts.put("tcp.zeroWindows", report.tcp().zeroWindows());
        counts.put("tcp.windowFull", report.tcp().windowFull());
        counts.put("tcp.keepAlives", report.tcp().keepAlives());
        counts.put("tcp.resets", report.tcp().resets());
        counts.put("dns.queries", report.dns().queries());
        counts.put("dns.responses", report.dns().responses());
        counts.put("dns.nxdomain", report.dns().nxdomain());
        counts.put("dns.servfail", report.dns().servfail());
        counts.put("tls.clientHellos", report.tls().clientHellos());
        counts.put("tls.serverHellos", report.tls().serverHellos());
        counts.put(
                "tls.alerts",
                report.tls().alerts().values().stream()
                        .mapToLong(Long::longValue)
                        .sum());
        counts.put("http.requests", report.http().requests());
        counts.put(
                "http.responses",
                report.http().responses().values().stream()
                        .mapToLong(Long::longValue)
                        .sum());
        return counts;
    }
}
