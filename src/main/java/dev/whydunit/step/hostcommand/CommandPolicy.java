package dev.whydunit.step.hostcommand;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which programs host commands may run ({@code policy.commands} of the configuration). It keeps a careless runbook from
 * harm; what a determined author may do is set by the operating system's user that Whydunit runs as.
 *
 * @param allow program names; when not empty, nothing else runs. A script needs {@code sh} here
 * @param deny program names that never run, also not from scripts, shells and wrappers such as {@code sudo}; {@code mkfs}
 *     covers {@code mkfs.ext4} too
 */
public record CommandPolicy(List<String> allow, List<String> deny) {
    /** Programs whose arguments are, or hold, another command. */
    private static final Set<String> WRAPPERS = Set.of(
            "ash",
            "at",
            "awk",
            "bash",
            "busybox",
            "chroot",
            "chrt",
            "dash",
            "doas",
            "docker",
            "env",
            "expect",
            "find",
            "flock",
            "gawk",
            "git",
            "ionice",
            "ip",
            "ksh",
            "kubectl",
            "lua",
            "make",
            "mawk",
            "nice",
            "node",
            "nohup",
            "nsenter",
            "parallel",
            "perl",
            "php",
            "podman",
            "python",
            "rsync",
            "ruby",
            "runuser",
            "script",
            "sed",
            "setpriv",
            "setsid",
            "sh",
            "socat",
            "ssh",
            "stdbuf",
            "strace",
            "su",
            "sudo",
            "systemd-run",
            "tar",
            "taskset",
            "tclsh",
            "tcpdump",
            "time",
            "timeout",
            "unshare",
            "watch",
            "xargs",
            "zsh");

    /** Keeps its own copies. */
    public CommandPolicy {
        allow = List.copyOf(allow);
        deny = List.copyOf(deny);
    }

    /** Allows every program. */
    public static CommandPolicy unrestricted() {
        return new CommandPolicy(List.of(), List.of());
    }

    /** Why this command may not run; empty when it may. */
    Optional<String> refuses(HostCommandParameters parameters) {
        if (parameters.script().isPresent()) {
            return refusesProgram("sh")
                    .or(() -> refusesWords(parameters.script().get()));
        }
        if (parameters.run().isEmpty()) {
            return Optional.empty();
        }
        String program = baseName(parameters.run().getFirst());
        return refusesProgram(program)
                // python3.11 is as good as python.
                .or(() -> WRAPPERS.contains(program.replaceFirst("[0-9.]+$", ""))
                        ? refusesWords(String.join(
                                " ",
                                parameters.run().subList(1, parameters.run().size())))
                        : Optional.empty());
    }

    private Optional<String> refusesProgram(String program) {
        for (String denied : deny) {
            if (program.equals(denied) || program.startsWith(denied + ".")) {
                return Optional.of("the policy denies the program " + denied);
            }
        }
        if (!allow.isEmpty() && !allow.contains(program)) {
            return Optional.of("the policy does not allow the program " + program);
        }
        return Optional.empty();
    }

    /** Errs on the safe side: a denied name counts wherever it stands as a word. */
    private Optional<String> refusesWords(String text) {
        if (deny.isEmpty()) {
            return Optional.empty();
        }
        Set<String> words = new HashSet<>();
        for (String word : text.split("[^\\p{Alnum}_.+/-]+")) {
            words.add(baseName(word));
        }
        return deny.stream()
                .filter(denied -> words.stream().anyMatch(w -> w.equals(denied) || w.startsWith(denied + ".")))
                .findFirst()
                .map(denied -> "the policy denies the program " + denied);
    }

    private static String baseName(String program) {
        return program.substring(program.lastIndexOf('/') + 1);
    }
}
