package dev.whydunit.incident;

import com.google.re2j.Pattern;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The values of the label {@code job} that name no service: those of exporters about machines, or about whatever else they reach. Alerts of two
 * machines have nothing in common for being told of by exporters of one kind.
 */
public final class NotServices {
    /** The usual names of such jobs. */
    public static final NotServices USUAL = new NotServices(List.of(
            "node",
            "*-exporter",
            "*_exporter",
            "cadvisor",
            "kubelet",
            "kube-state-metrics",
            "kubernetes-nodes*",
            "kubernetes-pods*",
            "kubernetes-service-endpoints*",
            "blackbox",
            "snmp",
            "windows"));

    private final Pattern pattern;

    /** @param patterns names, whatever their case, in which {@code *} stands for any characters */
    public NotServices(Collection<String> patterns) {
        pattern = Pattern.compile(patterns.stream()
                .map(name -> Arrays.stream(name.toLowerCase(Locale.ROOT).split("\\*", -1))
                        .map(Pattern::quote)
                        .collect(Collectors.joining(".*")))
                .collect(Collectors.joining("|")));
    }

    /** Whether a job of this name stands for no service. */
    boolean has(String job) {
        return pattern.matches(job.toLowerCase(Locale.ROOT));
    }
}
