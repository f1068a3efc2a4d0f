package dev.whydunit.source.files;

import dev.whydunit.source.log.LogUnreadable;
import dev.whydunit.source.log.TimeWindow;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.zip.GZIPInputStream;

/** One file: its format, and which parts of it are worth reading. */
final class LogFile {
    private static final int HEAD = 1 << 16;
    private static final int UNPACKED = 1 << 16;
    private static final List<String> UNSUPPORTED = List.of(".xz", ".zst", ".bz2", ".zip", ".lz4");

    private final Path path;
    private final LogFormat format;
    private final ZoneId zone;
    private final Optional<String> timeKey;

    /** @param timeKey what JSON lines call the time, when it is none of the usual names */
    LogFile(Path path, LogFormat format, ZoneId zone, Optional<String> timeKey) {
        this.path = path;
        this.format = format;
        this.zone = zone;
        this.timeKey = timeKey;
    }

    void scan(List<TimeWindow> windows, Lines.Meter meter, ScanReport report, Function<LineFormat, FileScan> scans)
            throws IOException, LogUnreadable, InterruptedException {
        String file = path.getFileName().toString().toLowerCase(Locale.ROOT);
        if (UNSUPPORTED.stream().anyMatch(file::endsWith)) {
            report.unsupported(path.toString());
            return;
        }
        Instant written = Files.getLastModifiedTime(path).toInstant();
        // Times without a year are taken as before the file was written last, or unpacked files would move to the
        // future.
        TimeReader times = new TimeReader(zone, written);
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            byte[] magic = new byte[2];
            boolean gzip =
                    channel.read(ByteBuffer.wrap(magic), 0) == 2 && magic[0] == (byte) 0x1f && magic[1] == (byte) 0x8b;
            if (gzip) {
                unpacked(channel, times, windows, written, meter, scans);
            } else {
                plain(channel, times, windows, written, meter, scans);
            }
        }
    }

    private void unpacked(
            FileChannel channel,
            TimeReader times,
            List<TimeWindow> windows,
            Instant written,
            Lines.Meter meter,
            Function<LineFormat, FileScan> scans)
            throws IOException, LogUnreadable, InterruptedException {
        InputStream stream = new GZIPInputStream(Channels.newInputStream(channel), UNPACKED);
        byte[] head = stream.readNBytes(HEAD);
        LineFormat lines = format(head, head.length < HEAD, times);
        if (skippable(lines, head, windows, written)) {
            return;
        }
        InputStream whole = new SequenceInputStream(new ByteArrayInputStream(head), stream);
        scans.apply(lines).run(Channels.newChannel(whole), Long.MAX_VALUE, false, meter);
    }

    private void plain(
            FileChannel channel,
            TimeReader times,
            List<TimeWindow> windows,
            Instant written,
            Lines.Meter meter,
            Function<LineFormat, FileScan> scans)
            throws IOException, LogUnreadable, InterruptedException {
        byte[] head = Channels.newInputStream(channel).readNBytes(HEAD);
        long size = channel.size();
        LineFormat lines = format(head, head.length < HEAD, times);
        if (skippable(lines, head, windows, written)) {
            return;
        }
        FileScan scan = scans.apply(lines);
        for (TimeSeek.Part part : parts(channel, size, lines, windows)) {
            channel.position(part.from());
            scan.run(channel, part.to() - part.from(), part.from() > 0, meter);
        }
    }

    private static List<TimeSeek.Part> parts(FileChannel channel, long size, LineFormat lines, List<TimeWindow> windows)
            throws IOException {
        TimeSeek seek = new TimeSeek(channel, size, lines);
        if (size < TimeSeek.WORTHWHILE || !seek.ordered()) {
            return List.of(new TimeSeek.Part(0, size));
        }
        List<TimeSeek.Part> found = new ArrayList<>();
        for (TimeWindow window : windows) {
            found.add(seek.find(TimeReader.nanos(window.from()), TimeReader.nanos(window.to())));
        }
        found.sort(Comparator.comparingLong(TimeSeek.Part::from));
        List<TimeSeek.Part> parts = new ArrayList<>();
        for (TimeSeek.Part part : found) {
            TimeSeek.Part before = parts.isEmpty() ? null : parts.getLast();
            // Parts that touch are one: no line may be read twice.
            if (before != null && part.from() <= before.to() + Lines.LINE_LIMIT) {
                parts.set(parts.size() - 1, new TimeSeek.Part(before.from(), Math.max(before.to(), part.to())));
            } else {
                parts.add(part);
            }
        }
        return parts;
    }

    private LineFormat format(byte[] head, boolean whole, TimeReader times) {
        LogFormat found = format == LogFormat.AUTO ? Formats.detect(head, head.length, whole, times, timeKey) : format;
        return Formats.of(found, times, timeKey);
    }

    /**
     * Whether all of the file was written before the windows. The time of its last writing is believed only where the file's first
     * line does not contradict it, as in archives that were unpacked with a time of their own.
     */
    private static boolean skippable(LineFormat lines, byte[] head, List<TimeWindow> windows, Instant written) {
        long lastWritten = TimeReader.nanos(written.plusSeconds(60));
        boolean older = windows.stream().allMatch(window -> TimeReader.nanos(window.from()) > lastWritten);
        if (!older) {
            return false;
        }
        int start = 0;
        for (int i = 0; i < head.length; i++) {
            if (head[i] == '\n') {
                long time = lines.time(head, start, i);
                if (time != TimeReader.NONE) {
                    return time <= lastWritten;
                }
                start = i + 1;
            }
        }
        return false;
    }
}
