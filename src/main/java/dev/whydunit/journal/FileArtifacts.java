package dev.whydunit.journal;

import dev.whydunit.digest.Sha256;
import dev.whydunit.engine.Artifact;
import dev.whydunit.engine.ArtifactStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Files of investigations in a folder, each named by the SHA-256 of its content, so that no name comes from outside. */
public final class FileArtifacts implements ArtifactStore {
    private static final String NAME = "[0-9a-f]{64}";

    private final Path folder;
    private final long maxBytes;

    /**
     * @param folder made when the first file is kept
     * @param maxBytes the largest file that is kept
     */
    public FileArtifacts(Path folder, long maxBytes) {
        this.folder = folder;
        this.maxBytes = maxBytes;
    }

    @Override
    public Artifact keep(String name, InputStream content) throws IOException {
        makeFolder(folder);
        Path temporary = Files.createTempFile(folder, "incoming-", ".part");
        try {
            MessageDigest digest = Sha256.begin();
            long bytes = copy(name, content, temporary, digest);
            String sha256 = HexFormat.of().formatHex(digest.digest());
            Path target = path(sha256);
            makeFolder(Objects.requireNonNull(target.getParent()));
            Files.move(temporary, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            return new Artifact(name, bytes, sha256);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    /** For its owner alone; files are made so by {@link Files#createTempFile}. */
    private static void makeFolder(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
    }

    private long copy(String name, InputStream content, Path target, MessageDigest digest) throws IOException {
        long bytes = 0;
        byte[] buffer = new byte[1 << 16];
        try (OutputStream out = Files.newOutputStream(target)) {
            for (int n = content.read(buffer); n >= 0; n = content.read(buffer)) {
                bytes += n;
                if (bytes > maxBytes) {
                    throw new IOException(name + " is larger than the limit for artifacts, " + maxBytes + " bytes");
                }
                digest.update(buffer, 0, n);
                out.write(buffer, 0, n);
            }
        }
        return bytes;
    }

    /** Whether a file could be kept under this name: a SHA-256 in lower-case hex. */
    static boolean isName(String sha256) {
        return sha256.matches(NAME);
    }

    /** Where a file with this content is, whether or not it is there. */
    public Path path(String sha256) {
        if (!isName(sha256)) {
            throw new IllegalArgumentException("not a SHA-256 in lower-case hex: " + sha256);
        }
        return folder.resolve(sha256.substring(0, 2)).resolve(sha256.substring(2));
    }

    /**
     * A file that is kept.
     *
     * @param keptAt when it was last kept: the same content again counts
     */
    public record Kept(String sha256, long bytes, Instant keptAt) {}

    /**
     * Every file that is there.
     *
     * @throws IOException when the folder cannot be read
     */
    public List<Kept> all() throws IOException {
        List<Kept> all = new ArrayList<>();
        if (!Files.isDirectory(folder)) {
            return all;
        }
        try (DirectoryStream<Path> shelves = Files.newDirectoryStream(folder, "[0-9a-f][0-9a-f]")) {
            for (Path shelf : shelves) {
                try (DirectoryStream<Path> files = Files.newDirectoryStream(shelf)) {
                    for (Path file : files) {
                        kept(shelf.getFileName().toString() + file.getFileName(), file)
                                .ifPresent(all::add);
                    }
                }
            }
        }
        return all;
    }

    private static Optional<Kept> kept(String sha256, Path file) throws IOException {
        try {
            BasicFileAttributes attributes =
                    Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            return sha256.matches(NAME) && attributes.isRegularFile()
                    ? Optional.of(new Kept(
                            sha256,
                            attributes.size(),
                            attributes.lastModifiedTime().toInstant()))
                    : Optional.empty();
        } catch (NoSuchFileException e) {
            // Removed meanwhile.
            return Optional.empty();
        }
    }

    /**
     * Removes a file, unless it was kept again since.
     *
     * @return whether it is gone
     */
    public boolean remove(Kept kept) throws IOException {
        Path file = path(kept.sha256());
        Optional<Kept> now = kept(kept.sha256(), file);
        return now.isPresent() && now.get().equals(kept) && Files.deleteIfExists(file);
    }

    /** Removes what processes that died left half written before then; gives how many such files there were. */
    public int removeHalfWritten(Instant before) throws IOException {
        int removed = 0;
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "incoming-*.part")) {
                for (Path file : files) {
                    if (Files.getLastModifiedTime(file).toInstant().isBefore(before) && Files.deleteIfExists(file)) {
                        removed++;
                    }
                }
            }
        }
        return removed;
    }

    /**
     * Whether the file is there and its content still has that hash.
     *
     * @throws IOException when it cannot be read
     */
    public boolean verify(String sha256) throws IOException {
        Path file = path(sha256);
        if (!Files.isRegularFile(file)) {
            return false;
        }
        MessageDigest digest = Sha256.begin();
        try (InputStream in = Files.newInputStream(file)) {
            byte[] buffer = new byte[1 << 16];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                digest.update(buffer, 0, n);
            }
        }
        return HexFormat.of().formatHex(digest.digest()).equals(sha256);
    }
}
