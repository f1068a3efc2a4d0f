package dev.whydunit.step.hostcommand;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Starts a process by glibc's {@code posix_spawn}.
 *
 * <p>Why not {@link ProcessBuilder}: it starts a helper program that then starts the command, which doubles the time
 * (measured: 1.9 ms against 1.1 ms for {@code /bin/true}; a shell needs 0.8 ms); its quicker VFORK mode is deprecated as
 * dangerous; it writes arguments in the locale's charset, so that a service with {@code LANG=C} sends {@code ?} for
 * every letter beyond ASCII; and it cannot give the child a session of its own, which keeps a terminal's Ctrl-C and
 * password prompts away from it. Where a function is missing (another libc, an older glibc than 2.34), {@link #available}
 * is empty, and the caller falls back to it.
 */
final class PosixSpawn {
    private static final int O_CLOEXEC = 0x80000;
    private static final int SET_SIGNAL_DEFAULTS_MASK_AND_SESSION = 0x04 | 0x08 | 0x80;
    private static final int WNOHANG = 1;
    /** The same number on all platforms; glibc has a function for it only since 2.36. */
    private static final int SYS_PIDFD_OPEN = 434;
    /** More than any known libc needs for these opaque structures (glibc: 80 and 336 bytes). */
    private static final long OPAQUE_BYTES = 1024;

    private static final Optional<PosixSpawn> INSTANCE = load();

    private final Libc libc;
    private final MemorySegment pipe;
    private final MemorySegment close;
    private final MemorySegment actionsInit;
    private final MemorySegment actionsDestroy;
    private final MemorySegment actionsDup;
    private final MemorySegment actionsFolder;
    private final MemorySegment actionsCloseFrom;
    private final MemorySegment attributesInit;
    private final MemorySegment attributesDestroy;
    private final MemorySegment attributesFlags;
    private final MemorySegment attributesDefaults;
    private final MemorySegment spawn;
    private final MemorySegment waitPid;
    private final MemorySegment systemCall;
    private final MemorySegment poll;
    private final MemorySegment read;

    private PosixSpawn(Libc libc) {
        this.libc = libc;
        pipe = libc.function("pipe2");
        close = libc.function("close");
        actionsInit = libc.function("posix_spawn_file_actions_init");
        actionsDestroy = libc.function("posix_spawn_file_actions_destroy");
        actionsDup = libc.function("posix_spawn_file_actions_adddup2");
        actionsFolder = libc.function("posix_spawn_file_actions_addchdir_np");
        actionsCloseFrom = libc.function("posix_spawn_file_actions_addclosefrom_np");
        attributesInit = libc.function("posix_spawnattr_init");
        attributesDestroy = libc.function("posix_spawnattr_destroy");
        attributesFlags = libc.function("posix_spawnattr_setflags");
        attributesDefaults = libc.function("posix_spawnattr_setsigdefault");
        spawn = libc.function("posix_spawn");
        waitPid = libc.function("waitpid");
        systemCall = libc.function("syscall");
        poll = libc.function("poll");
        read = libc.function("read");
    }

    private int call(MemorySegment function, long... words) {
        return libc.call(function, words);
    }

    private static Optional<PosixSpawn> load() {
        boolean known = System.getProperty("os.name", "").equals("Linux")
                && Set.of("amd64", "aarch64").contains(System.getProperty("os.arch", ""));
        if (!known || !Files.isDirectory(Path.of("/proc/self/fd"))) {
            return Optional.empty();
        }
        try {
            return Optional.of(new PosixSpawn(new Libc(Linker.nativeLinker())));
        } catch (NoSuchElementException | UnsupportedOperationException | IllegalCallerException e) {
            // A libc without one of the functions, or native access not permitted: the JDK's own way still works.
            return Optional.empty();
        }
    }

    /** Empty where this system has not all that it takes. */
    static Optional<PosixSpawn> available() {
        return INSTANCE;
    }

    /**
     * Starts a program in a session of its own, with only its three standard streams open.
     *
     * @param program absolute path
     * @param argv the arguments, the program's name first; without NUL
     * @param feed takes our end of its standard input when there is something to write; without, that input is empty
     * @throws IOException when it cannot be started; the message says why
     */
    SpawnedCommand start(
            Path program,
            List<String> argv,
            Map<String, String> environment,
            Path folder,
            Optional<Consumer<OutputStream>> feed)
            throws IOException {
        List<Integer> open = new ArrayList<>();
        try (Arena arena = Arena.ofConfined()) {
            long actions = arena.allocate(OPAQUE_BYTES, 16).address();
            long attributes = arena.allocate(OPAQUE_BYTES, 16).address();
            check("posix_spawn_file_actions_init", call(actionsInit, actions));
            check("posix_spawnattr_init", call(attributesInit, attributes));
            try {
                int[] parentEnds = pipes(arena, actions, open);
                check("chdir", call(actionsFolder, actions, text(arena, folder.toString())));
                check("closefrom", call(actionsCloseFrom, actions, 3));
                long allSignals =
                        arena.allocate(OPAQUE_BYTES, 16).fill((byte) 0xff).address();
                check("setsigdefault", call(attributesDefaults, attributes, allSignals));
                check("setflags", call(attributesFlags, attributes, SET_SIGNAL_DEFAULTS_MASK_AND_SESSION));
                MemorySegment pid = arena.allocate(JAVA_INT);
                List<String> variables = environment.entrySet().stream()
                        .map(e -> e.getKey() + "=" + e.getValue())
                        .toList();
                int error = call(
                        spawn,
                        pid.address(),
                        text(arena, program.toString()),
                        actions,
                        attributes,
                        array(arena, argv),
                        array(arena, variables));
                if (error != 0) {
                    throw new IOException("cannot start " + program + " in " + folder + ": " + reason(error));
                }
                return command(pid.get(JAVA_INT, 0), parentEnds, open, feed);
            } finally {
                call(actionsDestroy, actions);
                call(attributesDestroy, attributes);
                open.forEach(this::close);
            }
        }
    }

    /** Makes the three pipes; gives our ends of them, as descriptors that are closed with the rest of {@code open}. */
    private int[] pipes(Arena arena, long actions, List<Integer> open) throws IOException {
        int[] ours = new int[3];
        MemorySegment ends = arena.allocate(JAVA_INT, 2);
        for (int stream = 0; stream < 3; stream++) {
            if (call(pipe, ends.address(), O_CLOEXEC) != 0) {
                throw new IOException("cannot make a pipe: too many open files");
            }
            int read = ends.getAtIndex(JAVA_INT, 0);
            int write = ends.getAtIndex(JAVA_INT, 1);
            open.add(read);
            open.add(write);
            if (read <= 2 || write <= 2) {
                throw new IOException("cannot start a process while this program's own standard streams are closed");
            }
            ours[stream] = stream == 0 ? write : read;
            check("dup2", call(actionsDup, actions, stream == 0 ? read : write, stream));
        }
        return ours;
    }

    private SpawnedCommand command(int pid, int[] ours, List<Integer> open, Optional<Consumer<OutputStream>> feed)
            throws IOException {
        int exit = call(systemCall, SYS_PIDFD_OPEN, pid, 0);
        if (exit < 0) {
            throw abandoned(pid, new IOException("cannot watch process " + pid + ": this kernel has no pidfd_open"));
        }
        open.remove((Integer) ours[1]);
        open.remove((Integer) ours[2]);
        SpawnedCommand command = new SpawnedCommand(this, pid, ours[1], ours[2], exit);
        if (feed.isPresent()) {
            try {
                // Java opens a descriptor anew by its path in /proc, so that it is an ordinary file stream.
                feed.get().accept(new FileOutputStream("/proc/self/fd/" + ours[0]));
            } catch (IOException e) {
                command.close();
                throw abandoned(pid, e);
            }
        }
        return command;
    }

    private IOException abandoned(int pid, IOException cause) {
        ProcessHandle.of(pid).ifPresent(handle -> {
            handle.destroyForcibly();
            handle.onExit().thenRunAsync(() -> reap(pid), Thread::startVirtualThread);
        });
        return cause;
    }

    /** As poll(2), in milliseconds; less than 0 when it failed, most often for a signal. */
    int poll(MemorySegment entries, int count, int timeoutMillis) {
        return call(poll, entries.address(), count, timeoutMillis);
    }

    /** How many bytes were read; 0 or less at the end. */
    int read(int descriptor, MemorySegment buffer) {
        return call(read, descriptor, buffer.address(), buffer.byteSize());
    }

    void close(int descriptor) {
        call(close, descriptor);
    }

    /** Collects a process that has ended; gives its exit code, 128 and the signal's number if one ended it. */
    int reap(int pid) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment status = arena.allocate(JAVA_INT);
            if (call(waitPid, pid, status.address(), WNOHANG) != pid) {
                throw new IllegalStateException("process " + pid + " was collected by someone else");
            }
            int value = status.get(JAVA_INT, 0);
            int signal = value & 0x7f;
            return signal == 0 ? value >> 8 & 0xff : 128 + signal;
        }
    }

    private static long text(Arena arena, String text) {
        return arena.allocateFrom(text).address();
    }

    private static long array(Arena arena, List<String> texts) {
        MemorySegment array = arena.allocate(JAVA_LONG, texts.size() + 1L);
        for (int i = 0; i < texts.size(); i++) {
            array.setAtIndex(JAVA_LONG, i, text(arena, texts.get(i)));
        }
        return array.address();
    }

    private static void check(String function, int error) throws IOException {
        if (error != 0) {
            throw new IOException(function + ": " + reason(error));
        }
    }

    private static String reason(int error) {
        return switch (error) {
            case 2 -> "no such file, or the interpreter in its first line is missing";
            case 7 -> "its arguments and environment are too long";
            case 8 -> "it is not a program (a script needs #! in its first line)";
            case 11 -> "no more processes may be started now";
            case 12 -> "not enough memory";
            case 13 -> "permission denied";
            default -> "error " + error;
        };
    }
}
