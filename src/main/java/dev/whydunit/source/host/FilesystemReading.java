package dev.whydunit.source.host;

import dev.whydunit.source.metric.Sampler.Gap;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Sizes of mounted file systems. One that does not answer (a network file system whose server is gone) is asked by a thread
 * of its own, shown as {@code node_filesystem_device_error 1}, and not asked again until it answers.
 */
final class FilesystemReading implements Reading {
    private static final int MOST = 500;
    private static final long PATIENCE_MILLIS = 1_000;

    /** What node_exporter leaves out: file systems of the kernel's own. */
    private static final Set<String> IGNORED_TYPES = Set.of(
            "autofs",
            "binfmt_misc",
            "bpf",
            "cgroup",
            "cgroup2",
            "configfs",
            "debugfs",
            "devpts",
            "devtmpfs",
            "fusectl",
            "hugetlbfs",
            "iso9660",
            "mqueue",
            "nsfs",
            "overlay",
            "proc",
            "procfs",
            "pstore",
            "rpc_pipefs",
            "securityfs",
            "selinuxfs",
            "squashfs",
            "sysfs",
            "tracefs",
            "efivarfs",
            "fuse.lxcfs");

    private static final List<String> IGNORED_MOUNTS =
            List.of("/dev", "/proc", "/sys", "/run/credentials", "/var/lib/docker", "/var/lib/containers/storage");

    private final StatFilesystem statistics;
    private final Set<String> stuck = ConcurrentHashMap.newKeySet();

    FilesystemReading(StatFilesystem statistics) {
        this.statistics = statistics;
    }

    private record Mount(String device, String point, String type, boolean readOnly) {
        String[] labels() {
            return new String[] {"device", device, "fstype", type, "mountpoint", point};
        }
    }

    @Override
    public List<Gap> read(HostFiles files, Metrics metrics) throws InterruptedException {
        List<Gap> gaps = new ArrayList<>();
        for (Mount mount : mounts(files)) {
            metrics.add("node_filesystem_readonly", mount.readOnly() ? 1 : 0, mount.labels());
            Optional<StatFilesystem.Sizes> sizes = patiently(files, mount);
            metrics.add("node_filesystem_device_error", sizes.isPresent() ? 0 : 1, mount.labels());
            if (sizes.isEmpty()) {
                gaps.add(new Gap(
                        "node_filesystem_",
                        "The file system " + mount.point() + " (" + mount.type() + ") does not tell its size"));
            } else {
                metrics.add("node_filesystem_size_bytes", sizes.get().size(), mount.labels());
                metrics.add("node_filesystem_free_bytes", sizes.get().free(), mount.labels());
                metrics.add("node_filesystem_avail_bytes", sizes.get().available(), mount.labels());
                metrics.add("node_filesystem_files", sizes.get().files(), mount.labels());
                metrics.add("node_filesystem_files_free", sizes.get().filesFree(), mount.labels());
            }
        }
        return gaps;
    }

    private Optional<StatFilesystem.Sizes> patiently(HostFiles files, Mount mount) throws InterruptedException {
        if (isLocal(mount.type())) {
            return statistics.of(files.resolve(mount.point()));
        }
        if (!stuck.add(mount.point())) {
            return Optional.empty();
        }
        List<StatFilesystem.Sizes> answer = new ArrayList<>();
        CountDownLatch answered = new CountDownLatch(1);
        // A platform thread: one that hangs in the kernel would keep the carrier of a virtual one.
        Thread.ofPlatform().daemon().name("statvfs " + mount.point()).start(() -> {
            try {
                statistics.of(files.resolve(mount.point())).ifPresent(answer::add);
            } finally {
                stuck.remove(mount.point());
                answered.countDown();
            }
        });
        return answered.await(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)
                ? answer.stream().findFirst()
                : Optional.empty();
    }

    private static boolean isLocal(String type) {
        return switch (type) {
            case "ext2", "ext3", "ext4", "xfs", "btrfs", "zfs", "tmpfs", "vfat", "f2fs", "overlay", "bcachefs" -> true;
            default -> false;
        };
    }

    private static List<Mount> mounts(HostFiles files) {
        List<Mount> mounts = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        // The last mount at a point is the one that is seen there.
        for (String line : files.lines("proc/self/mounts").reversed()) {
            List<String> words = Words.of(line);
            if (words.size() < 4 || mounts.size() >= MOST) {
                continue;
            }
            Mount mount = new Mount(
                    unescaped(words.get(0)),
                    unescaped(words.get(1)),
                    words.get(2),
                    List.of(words.get(3).split(",")).contains("ro"));
            if (isShown(mount) && seen.add(mount.point())) {
                mounts.add(mount);
            }
        }
        return mounts;
    }

    private static boolean isShown(Mount mount) {
        if (mount.point().equals("/")) {
            // The root of a container is an overlay, and its space can run out like any other.
            return !mount.type().equals("rootfs");
        }
        return mount.point().startsWith("/")
                && !IGNORED_TYPES.contains(mount.type())
                && IGNORED_MOUNTS.stream()
                        .noneMatch(point ->
                                mount.point().equals(point) || mount.point().startsWith(point + "/"));
    }

    /** Blanks and the like come as octal: {@code \040}. */
    static String unescaped(String word) {
        if (word.indexOf('\\') < 0) {
            return word;
        }
        byte[] bytes = word.getBytes(StandardCharsets.UTF_8);
        byte[] plain = new byte[bytes.length];
        int size = 0;
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '\\' && i + 3 < bytes.length && isOctal(bytes, i + 1)) {
                plain[size++] = (byte) ((bytes[i + 1] - '0') * 64 + (bytes[i + 2] - '0') * 8 + bytes[i + 3] - '0');
                i += 3;
            } else {
                plain[size++] = bytes[i];
            }
        }
        return new String(plain, 0, size, StandardCharsets.UTF_8);
    }

    private static boolean isOctal(byte[] bytes, int from) {
        for (int i = from; i < from + 3; i++) {
            if (bytes[i] < '0' || bytes[i] > '7') {
                return false;
            }
        }
        return true;
    }
}
