package dev.whydunit.backup;

import dev.whydunit.digest.Sha256;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Enumeration;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** An archive from wherever it came: nothing in it is believed before it was compared with the manifest. */
final class Archive implements AutoCloseable {
    private static final int LONGEST_MANIFEST = 1 << 28;
    /** Larger than any event can be. */
    private static final int LONGEST_LINE = 1 << 27;

    private final ZipFile zip;
    private final Manifest manifest;

    private Archive(ZipFile zip, Manifest manifest) {
        this.zip = zip;
        this.manifest = manifest;
    }

    /** @throws BackupFailure when it is no backup, or holds anything that its manifest does not name */
    static Archive open(Path file) throws BackupFailure {
        try {
            ZipFile zip = new ZipFile(file.toFile(), StandardCharsets.UTF_8);
            try {
                return new Archive(zip, manifest(zip, file));
            } catch (IOException | BackupFailure | RuntimeException e) {
                zip.close();
                throw e;
            }
        } catch (ZipException e) {
            throw new BackupFailure(file + " is no backup, or was cut off: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new BackupFailure("cannot read " + file + ": " + e.getMessage(), e);
        } catch (IllegalArgumentException e) {
            throw new BackupFailure(file + " is no backup: " + e.getMessage(), e);
        }
    }

    private static Manifest manifest(ZipFile zip, Path file) throws IOException, BackupFailure {
        ZipEntry entry = zip.getEntry(Manifest.NAME);
        if (entry == null) {
            throw new BackupFailure(file + " is no backup of whydunit: it has no " + Manifest.NAME);
        }
        Manifest manifest;
        try (InputStream in = zip.getInputStream(entry)) {
            byte[] bytes = in.readNBytes(LONGEST_MANIFEST);
            manifest = JsonMapper.shared().readValue(bytes, Manifest.class);
        } catch (JacksonException e) {
            throw new BackupFailure(file + " is no backup: its " + Manifest.NAME + " cannot be read", e);
        }
        if (manifest.schemaVersion() != Manifest.VERSION) {
            throw new BackupFailure(file + " was written by a later version of whydunit (its form is "
                    + manifest.schemaVersion() + ", this program reads " + Manifest.VERSION + ")");
        }
        compareNames(zip, manifest);
        return manifest;
    }

    /** Only names that a backup gives are ever looked at, so that none can lead out of the folder that it is put into. */
    private static void compareNames(ZipFile zip, Manifest manifest) throws BackupFailure {
        Set<String> named = new HashSet<>();
        named.add(Manifest.NAME);
        for (Manifest.Entry entry : manifest.entries()) {
            if (!entry.isTable() && !entry.isArtifact()) {
                throw new BackupFailure("the manifest names " + shown(entry.name()) + ", which no backup holds");
            }
            if (!named.add(entry.name())) {
                throw new BackupFailure("the manifest names " + shown(entry.name()) + " twice");
            }
        }
        Enumeration<? extends ZipEntry> there = zip.entries();
        int count = 0;
        while (there.hasMoreElements()) {
            String name = there.nextElement().getName();
            count++;
            if (!named.contains(name)) {
                throw new BackupFailure("the archive holds " + shown(name) + ", which its manifest does not name");
            }
        }
        if (count != named.size()) {
            throw new BackupFailure("the archive does not hold what its manifest names: " + count
                    + " entries instead of " + named.size());
        }
    }

    private static String shown(String name) {
        String cut = name.length() > 100 ? name.substring(0, 100) + "…" : name;
        return "'" + cut.replaceAll("\\p{Cntrl}", "?") + "'";
    }

    Manifest manifest() {
        return manifest;
    }

    /** Its content; to be read to its end, and then {@link Content#check} said whether it is what it was. */
    Content content(Manifest.Entry entry) throws IOException {
        ZipEntry found = zip.getEntry(entry.name());
        return new Content(entry, zip.getInputStream(found), Sha256.begin());
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }

    /** The bytes of an entry: no more than the manifest says, however they were packed. */
    static final class Content extends FilterInputStream {
        private final Manifest.Entry entry;
        private final MessageDigest digest;
        private long read;

        private Content(Manifest.Entry entry, InputStream in, MessageDigest digest) {
            super(in);
            this.entry = entry;
            this.digest = digest;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] buffer, int from, int length) throws IOException {
            int n = super.read(buffer, from, length);
            if (n > 0) {
                read += n;
                if (read > entry.bytes()) {
                    throw new IOException(entry.name() + " is longer than its manifest says");
                }
                digest.update(buffer, from, n);
            }
            return n;
        }

        /** The next line; empty at the end. */
        Optional<String> line() throws IOException {
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            while (true) {
                int c = next();
                if (c < 0) {
                    return line.size() == 0 ? Optional.empty() : Optional.of(line.toString(StandardCharsets.UTF_8));
                }
                if (c == '\n') {
                    return Optional.of(line.toString(StandardCharsets.UTF_8));
                }
                if (line.size() == LONGEST_LINE) {
                    throw new IOException(entry.name() + " has a line of more than " + LONGEST_LINE + " bytes");
                }
                line.write(c);
            }
        }

        private final byte[] buffer = new byte[1 << 16];
        private int at;
        private int filled;

        private int next() throws IOException {
            if (at == filled) {
                filled = read(buffer, 0, buffer.length);
                at = 0;
                if (filled <= 0) {
                    filled = 0;
                    return -1;
                }
            }
            return buffer[at++] & 0xff;
        }

        /** @throws IOException when what was read is not what was backed up */
        void check() throws IOException {
            // A table is read to its last line, a file to its end; there may be more.
            int more = read(buffer, 0, buffer.length);
            while (more >= 0) {
                more = read(buffer, 0, buffer.length);
            }
            String sha256 = HexFormat.of().formatHex(digest.digest());
            if (read != entry.bytes() || !sha256.equals(entry.sha256())) {
                throw new IOException(entry.name() + " is not what was backed up: its SHA-256 is " + sha256 + ", not "
                        + entry.sha256());
            }
            if (entry.isArtifact() && !sha256.equals(entry.artifact())) {
                throw new IOException(entry.name() + " does not hold what its name says");
            }
        }
    }
}
