package dev.whydunit.doctor;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The JDK, the state directory and its disk, and what a capture of packets needs. */
final class MachineChecks {
    private static final int OLDEST_JDK = 25;
    private static final long LITTLE = 1L << 30;
    private static final long NOTHING = 64L << 20;
    private static final int CAP_NET_RAW = 13;
    private static final int HEX = 16;
    private static final Set<PosixFilePermission> OTHERS = Set.of(
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE);
    private static final List<Path> PROGRAMS = List.of(
            Path.of("/usr/bin"), Path.of("/usr/sbin"), Path.of("/bin"), Path.of("/sbin"), Path.of("/usr/local/bin"));

    private MachineChecks() {}

    static List<Check> of(Path state) {
        List<Check> checks = new ArrayList<>();
        int version = Runtime.version().feature();
        checks.add(
                version >= OLDEST_JDK
                        ? Check.ok("jdk", "Java " + Runtime.version())
                        : Check.problem("jdk", "Java " + version, "install a JDK " + OLDEST_JDK + " or newer"));
        try {
            checks.add(state(state));
            checks.add(disk(state));
        } catch (IOException e) {
            checks.add(Check.problem(
                    "state", state + " cannot be looked at: " + e.getMessage(), "choose another with --state DIR"));
        }
        checks.add(capture());
        return checks;
    }

    private static Check state(Path state) throws IOException {
        if (!Files.exists(state, LinkOption.NOFOLLOW_LINKS)) {
            return Files.isWritable(nearest(state))
                    ? Check.ok("state", state + " is not there yet; it is made at the first use")
                    : Check.problem(
                            "state",
                            state + " is not there and cannot be made by this user",
                            "choose another with --state DIR or WHYDUNIT_STATE");
        }
        if (!Files.isDirectory(state) || !Files.isWritable(state)) {
            return Check.problem(
                    "state", state + " is no folder that this user may write to", "choose another with --state DIR");
        }
        boolean open = Files.getPosixFilePermissions(state).stream().anyMatch(OTHERS::contains);
        return open
                ? Check.warning("state", "others may read or write " + state, "chmod 700 " + state)
                : Check.ok("state", state + " is this user's alone");
    }

    private static Path nearest(Path path) {
        Path there = path.toAbsolutePath();
        while (!Files.exists(there) && there.getParent() != null) {
            there = there.getParent();
        }
        return there;
    }

    private static Check disk(Path state) throws IOException {
        FileStore store = Files.getFileStore(nearest(state));
        long free = store.getUsableSpace();
        String says = free / (1 << 20) + " MiB are free where the state is";
        String help = "make room, or keep less: retention: in the configuration";
        return free < NOTHING
                ? Check.problem("disk", says, help)
                : free < LITTLE ? Check.warning("disk", says, help) : Check.ok("disk", says);
    }

    private static Check capture() {
        Optional<Path> tcpdump = PROGRAMS.stream()
                .map(folder -> folder.resolve("tcpdump"))
                .filter(Files::isExecutable)
                .findFirst();
        if (mayCapture()) {
            return Check.ok("capture", "this user may capture packets (CAP_NET_RAW)");
        }
        return tcpdump.isPresent()
                ? Check.warning(
                        "capture",
                        "this process may not capture packets; " + tcpdump.get()
                                + " may, if it was given the capability",
                        "setcap cap_net_raw+ep " + tcpdump.get()
                                + ", or give CAP_NET_RAW to the service; packet_capture steps are not checked without it")
                : Check.warning(
                        "capture",
                        "this process may not capture packets, and there is no tcpdump",
                        "install tcpdump; packet_capture steps are not checked without it");
    }

    /** Whether the effective capabilities of this process hold CAP_NET_RAW (capabilities(7)). */
    private static boolean mayCapture() {
        try {
            return Files.readAllLines(Path.of("/proc/self/status")).stream()
                    .filter(line -> line.startsWith("CapEff:"))
                    .map(line -> Long.parseUnsignedLong(
                            line.substring("CapEff:".length()).strip(), HEX))
                    .anyMatch(capabilities -> (capabilities >> CAP_NET_RAW & 1) == 1);
        } catch (IOException | NumberFormatException e) {
            // No Linux, or no such file: then nothing is known, and nothing is promised.
            return false;
        }
    }
}
