package dev.whydunit.authoring.rules;

import dev.whydunit.runbook.Step;
import dev.whydunit.yaml.YamlNode;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Wireshark's display filters where a capture filter (BPF) belongs. */
final class CaptureFilters implements Check {
    private static final Pattern DISPLAY = Pattern.compile(
            "\\b(?:ip|ipv6|eth|tcp|udp|icmp|arp|dns|http|tls|ssl|frame)\\.[a-z_.]+|[^<>=!]==|\\b(?:contains|matches)\\b|\\b(?:eq|ne)\\b");
    private static final Pattern TERM =
            Pattern.compile("(ip|tcp|udp)\\.(addr|src|dst|port|srcport|dstport)\\s*(?:==|eq)\\s*([0-9A-Za-z_.:-]+)");

    @Override
    public void look(Subject subject, Remarks remarks) {
        subject.runbook().ifPresent(runbook -> {
            for (Step step : runbook.steps().values()) {
                if (step.kind().name().equals("packet_capture")) {
                    Subject.textOf(step, "filter").ifPresent(filter -> look(filter, remarks));
                }
            }
        });
    }

    private static void look(YamlNode.Scalar filter, Remarks remarks) {
        Matcher display = DISPLAY.matcher(filter.text().replace("${{", "   "));
        if (filter.text().length() > 1000 || !display.find()) {
            return;
        }
        String help = translated(filter.text())
                .map(bpf -> "as a capture filter: " + bpf)
                .orElse("a capture filter reads: tcp port 80 and host 10.0.0.5");
        remarks.add(
                "W110",
                filter,
                display.start(),
                display.end() - display.start(),
                "this is Wireshark's display filter language; a capture filter (BPF) is needed here",
                help);
    }

    /** The same in BPF, where every term is known. */
    static Optional<String> translated(String display) {
        Matcher term = TERM.matcher(display);
        StringBuilder bpf = new StringBuilder();
        while (term.find()) {
            term.appendReplacement(bpf, Matcher.quoteReplacement(term(term.group(1), term.group(2), term.group(3))));
        }
        term.appendTail(bpf);
        String text = bpf.toString()
                .replace("&&", "and")
                .replace("||", "or")
                .replaceAll("\\s+", " ")
                .strip();
        return DISPLAY.matcher(text).find() ? Optional.empty() : Optional.of(text);
    }

    private static String term(String protocol, String field, String value) {
        return switch (field.toLowerCase(Locale.ROOT)) {
            case "addr" -> "host " + value;
            case "src" -> "src host " + value;
            case "dst" -> "dst host " + value;
            case "srcport" -> protocol + " src port " + value;
            case "dstport" -> protocol + " dst port " + value;
            default -> protocol + " port " + value;
        };
    }
}
