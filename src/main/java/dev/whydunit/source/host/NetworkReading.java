package dev.whydunit.source.host;

import dev.whydunit.source.metric.Sampler.Gap;
import java.util.List;
import java.util.Optional;

/** {@code /proc/net}: devices, protocol counters, sockets, connection tracking. */
final class NetworkReading implements Reading {
    private static final String[] DEVICE_COLUMNS = {
        "receive_bytes",
        "receive_packets",
        "receive_errs",
        "receive_drop",
        "receive_fifo",
        "receive_frame",
        "receive_compressed",
        "receive_multicast",
        "transmit_bytes",
        "transmit_packets",
        "transmit_errs",
        "transmit_drop",
        "transmit_fifo",
        "transmit_colls",
        "transmit_carrier",
        "transmit_compressed"
    };

    @Override
    public List<Gap> read(HostFiles files, Metrics metrics) {
        devices(files, metrics);
        protocols(files.lines("proc/net/snmp"), metrics);
        protocols(files.lines("proc/net/netstat"), metrics);
        for (String line : files.lines("proc/net/snmp6")) {
            snmp6(Words.of(line), metrics);
        }
        sockets(files, "proc/net/sockstat", metrics);
        sockets(files, "proc/net/sockstat6", metrics);
        softnet(files, metrics);
        metrics.add("node_nf_conntrack_entries", files.number("proc/sys/net/netfilter/nf_conntrack_count"));
        metrics.add("node_nf_conntrack_entries_limit", files.number("proc/sys/net/netfilter/nf_conntrack_max"));
        return List.of();
    }

    private static void devices(HostFiles files, Metrics metrics) {
        for (String line : files.lines("proc/net/dev")) {
            int colon = line.lastIndexOf(':');
            if (colon < 0) {
                continue;
            }
            String device = line.substring(0, colon).strip();
            List<String> words = Words.of(line.substring(colon + 1));
            for (int i = 0; i < DEVICE_COLUMNS.length; i++) {
                metrics.add("node_network_" + DEVICE_COLUMNS[i] + "_total", Words.number(words, i), "device", device);
            }
            String folder = "sys/class/net/" + device + "/";
            metrics.add(
                    "node_network_up",
                    files.text(folder + "operstate").map(state -> state.strip().equals("up") ? 1.0 : 0.0),
                    "device",
                    device);
            metrics.add("node_network_carrier", files.number(folder + "carrier"), "device", device);
            metrics.add("node_network_mtu_bytes", files.number(folder + "mtu"), "device", device);
            metrics.add(
                    "node_network_speed_bytes",
                    files.number(folder + "speed").map(megabits -> megabits * 1e6 / 8),
                    "device",
                    device);
        }
    }

    /** Two lines a protocol: names, then values. */
    private static void protocols(List<String> lines, Metrics metrics) {
        for (int i = 0; i + 1 < lines.size(); i += 2) {
            List<String> names = Words.of(lines.get(i));
            List<String> values = Words.of(lines.get(i + 1));
            if (names.isEmpty() || values.isEmpty() || !names.getFirst().equals(values.getFirst())) {
                continue;
            }
            String protocol = names.getFirst().replace(":", "");
            for (int column = 1; column < names.size(); column++) {
                metrics.add("node_netstat_" + protocol + "_" + names.get(column), Words.number(values, column));
            }
        }
    }

    /** {@code Ip6InReceives 1} is node_netstat_Ip6_InReceives. */
    private static void snmp6(List<String> words, Metrics metrics) {
        if (words.size() == 2) {
            int six = words.getFirst().indexOf('6');
            if (six > 0) {
                metrics.add(
                        "node_netstat_" + words.getFirst().substring(0, six + 1) + "_"
                                + words.getFirst().substring(six + 1),
                        Words.number(words, 1));
            }
        }
    }

    private static void sockets(HostFiles files, String path, Metrics metrics) {
        for (String line : files.lines(path)) {
            List<String> words = Words.of(line);
            for (int i = 1; i + 1 < words.size(); i += 2) {
                String name = words.getFirst().replace(":", "") + "_" + words.get(i);
                Optional<Double> value = Words.number(words, i + 1);
                metrics.add("node_sockstat_" + name, value);
                if (words.get(i).equals("mem")) {
                    // The kernel counts pages.
                    metrics.add("node_sockstat_" + name + "_bytes", value.map(pages -> pages * 4096));
                }
            }
        }
    }

    private static void softnet(HostFiles files, Metrics metrics) {
        List<String> lines = files.lines("proc/net/softnet_stat");
        for (int cpu = 0; cpu < lines.size(); cpu++) {
            List<String> words = Words.of(lines.get(cpu));
            String name = Integer.toString(cpu);
            metrics.add("node_softnet_processed_total", hexadecimal(words, 0), "cpu", name);
            metrics.add("node_softnet_dropped_total", hexadecimal(words, 1), "cpu", name);
            metrics.add("node_softnet_times_squeezed_total", hexadecimal(words, 2), "cpu", name);
        }
    }

    private static Optional<Double> hexadecimal(List<String> words, int index) {
        try {
            return index < words.size() ? Optional.of((double) Long.parseLong(words.get(index), 16)) : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
