package dev.whydunit.authoring.rules;

import dev.whydunit.runbook.Step;
import dev.whydunit.yaml.YamlNode;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Commands that do not end by themselves, or that wait for the network without a limit of their own. */
final class TimeLimits implements Check {
    /** Longer commands are looked at as far as this. In chars. */
    private static final int MOST = 20_000;

    private static final Pattern ENDLESS = Pattern.compile(
            "\\b(tail\\s+(?:\\S+\\s+)*?(?:-[a-zA-Z]*[fF]\\b|--follow)\\S*|journalctl\\s+(?:\\S+\\s+)*?(?:-f\\b|--follow)|watch\\s|sleep\\s+(?:inf|infinity)\\b|yes\\b\\s*$)");
    private static final Pattern COUNTED =
            Pattern.compile("\\b(ping|ping6|tcpdump|top|vmstat|iostat|mpstat)\\b([^|;&\\n]*)");
    private static final Map<String, Pattern> COUNTS = Map.of(
            "ping", Pattern.compile("\\s-[a-zA-Z0-9]*[cwn]"),
            "ping6", Pattern.compile("\\s-[a-zA-Z0-9]*[cw]"),
            "tcpdump", Pattern.compile("\\s-[a-zA-Z]*[crGDh]"),
            "top", Pattern.compile("\\s-[a-zA-Z]*n"),
            "vmstat", Pattern.compile("^(?!.*\\s\\d+\\s*$)|\\s\\d+\\s+\\d+"),
            "iostat", Pattern.compile("^(?!.*\\s\\d+\\s*$)|\\s\\d+\\s+\\d+"),
            "mpstat", Pattern.compile("^(?!.*\\s\\d+\\s*$)|\\s\\d+\\s+\\d+"));
    private static final Pattern NETWORK =
            Pattern.compile("(?:^|[|;&(\\s])(curl|wget|ssh|nc|ncat|telnet)(\\s[^|;&\\n]*)");
    private static final Map<String, Pattern> LIMITS = Map.of(
            "curl", Pattern.compile("--max-time|--connect-timeout|\\s-[a-zA-Z]*m"),
            "wget", Pattern.compile("--timeout|--read-timeout|\\s-T"),
            "ssh", Pattern.compile("ConnectTimeout"),
            "nc", Pattern.compile("\\s-[a-zA-Z]*w"),
            "ncat", Pattern.compile("\\s-[a-zA-Z]*w|--wait|--idle-timeout"),
            "telnet", Pattern.compile("$^"));
    private static final Pattern BOUNDED = Pattern.compile("\\btimeout\\s+(?:-\\S+\\s+)*[0-9.]+[smhd]?\\s+\\S*$");

    @Override
    public void look(Subject subject, Remarks remarks) {
        subject.runbook().ifPresent(runbook -> {
            for (Step step : runbook.steps().values()) {
                List<YamlNode.Scalar> run = Subject.textsOf(step, "run");
                if (!run.isEmpty()) {
                    command(
                            run.stream().map(YamlNode.Scalar::text).collect(Collectors.joining(" ")),
                            run.getFirst(),
                            false,
                            remarks);
                }
                Subject.textOf(step, "script").ifPresent(script -> command(script.text(), script, true, remarks));
                if (step.retry().times() > 0 && step.timeout().isEmpty()) {
                    remarks.add(
                            "W115",
                            subject.keyAt("steps", step.id(), "retry"),
                            "step '" + step.id() + "' is tried " + (step.retry().times() + 1)
                                    + " times and sets no timeout: it may take that many times "
                                    + step.kind().timeout().toSeconds() + " s",
                            "give the step a timeout: it holds for one attempt");
                }
            }
        });
    }

    private static void command(String all, YamlNode.Scalar place, boolean script, Remarks remarks) {
        String text = all.length() > MOST ? all.substring(0, MOST) : all;
        Matcher endless = ENDLESS.matcher(text);
        while (endless.find()) {
            add("W113", endless.group(1), endless.start(1), text, place, script, remarks);
        }
        Matcher counted = COUNTED.matcher(text);
        while (counted.find()) {
            boolean command = script ? ScriptText.commandAt(text, counted.start()) : counted.start() == 0;
            if (command && !has(COUNTS, counted)) {
                add("W113", counted.group(1), counted.start(1), text, place, script, remarks);
            }
        }
        Matcher network = NETWORK.matcher(text);
        while (network.find()) {
            boolean command = script ? ScriptText.commandAt(text, network.start(1)) : network.start(1) == 0;
            if (command && !has(LIMITS, network)) {
                add("W114", network.group(1), network.start(1), text, place, script, remarks);
            }
        }
    }

    /** Whether a command's arguments hold the option that bounds it. */
    private static boolean has(Map<String, Pattern> options, Matcher command) {
        Pattern option = options.get(command.group(1));
        return option != null && option.matcher(command.group(2)).find();
    }

    private static void add(
            String code, String what, int at, String text, YamlNode.Scalar place, boolean script, Remarks remarks) {
        if (BOUNDED.matcher(text.substring(0, at)).find() || ScriptText.commented(text, at)) {
            return;
        }
        String name = what.strip();
        String message = code.equals("W113")
                ? "'" + name + "' does not end by itself: the step will always run into its time limit"
                : "'" + name
                        + "' waits for the network without a time limit of its own: the step fails instead of telling";
        String help = code.equals("W113")
                ? "let it end: a count, or timeout 5 in front"
                : "add its option for it (curl --max-time 5, ssh -o ConnectTimeout=5), or timeout 5 in front";
        if (script) {
            remarks.add(code, place, at, name.length(), message, help);
        } else {
            remarks.add(code, place, message, help);
        }
    }
}
