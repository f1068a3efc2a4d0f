package dev.whydunit.authoring.rules;

import dev.whydunit.runbook.Effect;
import dev.whydunit.runbook.Step;
import dev.whydunit.yaml.YamlNode;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Steps that change something and do not say so: they would run without approval. */
final class WriteEffects implements Check {
    private static final int MOST = 20_000;
    private static final Set<String> PROGRAMS = Set.of(
            "rm",
            "rmdir",
            "mv",
            "dd",
            "mkfs",
            "shred",
            "kill",
            "pkill",
            "killall",
            "reboot",
            "shutdown",
            "halt",
            "poweroff",
            "truncate",
            "chmod",
            "chown",
            "useradd",
            "userdel",
            "usermod",
            "passwd",
            "swapoff",
            "swapon",
            "umount",
            "renice",
            "fallocate",
            "crontab",
            "apt",
            "apt-get",
            "yum",
            "dnf",
            "pip",
            "npm");
    private static final Pattern WITH_VERB = Pattern.compile(
            "(systemctl\\s+(?:-\\S+\\s+)*(?:start|stop|restart|reload|kill|enable|disable|mask|isolate)"
                    + "|service\\s+\\S+\\s+(?:start|stop|restart|reload)"
                    + "|kubectl\\s+(?:-\\S+\\s+)*(?:delete|apply|create|scale|rollout\\s+(?:restart|undo)|patch|edit|drain|cordon|replace|set)"
                    + "|docker\\s+(?:stop|rm|kill|restart|start|run|pause|prune)"
                    + "|(?:iptables|ip6tables)\\s+(?:-t\\s+\\S+\\s+)?-[ADIFXPR]"
                    + "|sysctl\\s+-w|git\\s+(?:push|reset|checkout|clean|commit|revert)"
                    + "|curl\\s[^|;&\\n]*(?:-X\\s*|--request[ =])(?:POST|PUT|PATCH|DELETE)"
                    + "|sed\\s+(?:-[a-zA-Z]+\\s+)*-[a-zA-Z]*i|ip\\s+(?:link|addr|route)\\s+(?:set|add|del|flush|change|replace))\\b");
    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9_./-]+");
    private static final Pattern TO_FILE =
            Pattern.compile("(?<![0-9&>])>>?\\s*(/(?!dev/(?:null|stderr|stdout|fd))[^\\s;|&)]+)");
    private static final Pattern SQL = Pattern.compile(
            "^\\s*(insert|update|delete|drop|truncate|alter|create|grant|revoke|merge|call|vacuum|reindex)\\b",
            Pattern.CASE_INSENSITIVE);

    @Override
    public void look(Subject subject, Remarks remarks) {
        subject.runbook().ifPresent(runbook -> {
            for (Step step : runbook.steps().values()) {
                if (step.effect() == Effect.READ) {
                    reading(step, remarks);
                } else {
                    withoutApproval(subject, step, remarks);
                }
            }
        });
    }

    private static void withoutApproval(Subject subject, Step step, Remarks remarks) {
        Optional<YamlNode> approval = subject.at("steps", step.id(), "approval");
        if (approval.isPresent() && !step.approval()) {
            remarks.add(
                    "W204",
                    approval.get(),
                    "a step with effect: write asks for approval every time; this says the opposite and changes nothing",
                    "remove 'approval: false'");
        }
    }

    private static void reading(Step step, Remarks remarks) {
        List<YamlNode.Scalar> run = Subject.textsOf(step, "run");
        if (!run.isEmpty()) {
            String text = run.stream().map(YamlNode.Scalar::text).collect(Collectors.joining(" "));
            String program = baseName(run.getFirst().text());
            Matcher verb = WITH_VERB.matcher(text);
            if (PROGRAMS.contains(program)) {
                add(run.getFirst(), program, remarks);
            } else if (verb.find() && verb.start() == text.indexOf(program)) {
                add(run.getFirst(), verb.group(), remarks);
            }
        }
        Subject.textOf(step, "script").ifPresent(script -> script(script, remarks));
        Subject.textOf(step, "query")
                .filter(query -> step.kind().name().equals("sql_query"))
                .ifPresent(query -> {
                    Matcher sql = SQL.matcher(query.text());
                    if (sql.find()) {
                        add(query, sql.group(1), remarks);
                    }
                });
        Subject.textOf(step, "method")
                .filter(method -> method.text().equalsIgnoreCase("POST"))
                .ifPresent(method -> add(method, "POST", remarks));
    }

    private static void script(YamlNode.Scalar script, Remarks remarks) {
        String text = script.text().length() > MOST ? script.text().substring(0, MOST) : script.text();
        Matcher word = WORD.matcher(text);
        while (word.find()) {
            if (PROGRAMS.contains(baseName(word.group())) && ScriptText.commandAt(text, word.start())) {
                at(script, word.start(), word.group(), remarks);
            }
        }
        Matcher verb = WITH_VERB.matcher(text);
        while (verb.find()) {
            if (ScriptText.commandAt(text, verb.start())) {
                at(script, verb.start(), verb.group(), remarks);
            }
        }
        Matcher file = TO_FILE.matcher(text);
        while (file.find()) {
            if (!ScriptText.inSingleQuotes(text, file.start())
                    && !ScriptText.inDoubleQuotes(text, file.start())
                    && !ScriptText.commented(text, file.start())) {
                at(script, file.start(), "> " + file.group(1), remarks);
            }
        }
    }

    private static void at(YamlNode.Scalar script, int offset, String what, Remarks remarks) {
        remarks.add("W203", script, offset, what.length(), message(what), HELP);
    }

    private static void add(YamlNode.Scalar place, String what, Remarks remarks) {
        remarks.add("W203", place, message(what), HELP);
    }

    private static final String HELP = "say effect: write, so that it asks every time; or take it out";

    private static String message(String what) {
        return "'" + what + "' changes something, and the step says that it only reads: it would run without approval";
    }

    private static String baseName(String program) {
        return program.substring(program.lastIndexOf('/') + 1);
    }
}
