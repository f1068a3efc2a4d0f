package dev.whydunit.policy;

import dev.whydunit.config.NamePattern;
import dev.whydunit.engine.Touch;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Whether a rule about programs is about the one that a step starts. To allow is strict, to deny errs on the safe side. */
final class ProgramNames {
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

    private ProgramNames() {}

    /**
     * Whether an allowed name is that program: a bare name only where it means the file that is started, a path only where it is written so,
     * without any way round. What a wrapper such as {@code sudo} is given to start is not looked at: the wrapper itself must be allowed.
     */
    static boolean allows(NamePattern allowed, Touch.Program program) {
        if (!allowed.text().contains("/")) {
            return program.byName() && allowed.matches(program.name());
        }
        String file = program.file();
        return file.indexOf('\0') < 0
                && Path.of(file).isAbsolute()
                && Path.of(file).normalize().toString().equals(file)
                && allowed.matches(file);
    }

    /** Whether a denied name is that program, under whatever path or link, or stands as a word in what a wrapper or a script is given. */
    static boolean denies(NamePattern denied, Touch.Program program) {
        if (denied.text().contains("/") && (denied.matches(program.file()) || denied.matches(program.real()))) {
            return true;
        }
        return covers(denied, program.name())
                || covers(denied, program.realName())
                || isWrapper(program) && words(program.argv()).stream().anyMatch(word -> covers(denied, word));
    }

    /** Whether it starts whatever it is told to. */
    static boolean isWrapper(Touch.Program program) {
        return isWrapper(program.name()) || isWrapper(program.realName());
    }

    static boolean isWrapper(String name) {
        // python3.11 is as good as python.
        return WRAPPERS.contains(name.replaceFirst("[0-9.]+$", ""));
    }

    /** {@code mkfs} covers {@code mkfs.ext4} too. */
    private static boolean covers(NamePattern denied, String name) {
        return denied.matches(name) || name.startsWith(denied.text() + ".");
    }

    private static Set<String> words(List<String> argv) {
        Set<String> words = new HashSet<>();
        for (String argument : argv.subList(1, argv.size())) {
            for (String word : argument.split("[^\\p{Alnum}_.+/-]+")) {
                words.add(word.substring(word.lastIndexOf('/') + 1));
            }
        }
        return words;
    }
}
