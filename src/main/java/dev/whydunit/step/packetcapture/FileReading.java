package dev.whydunit.step.packetcapture;

import dev.whydunit.engine.Observation;
import dev.whydunit.engine.Observation.Cause;
import dev.whydunit.engine.Observation.Unseen;
import dev.whydunit.engine.StepContext;
import dev.whydunit.packet.NotACapture;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.FutureTask;
import java.util.zip.GZIPInputStream;

/** Reads a capture file; with a filter, through a child process in which libpcap applies it. */
final class FileReading {
    private static final int GZIP_FIRST = 0x1f;
    private static final int GZIP_SECOND = 0x8b;

    private final PacketCapture parameters;
    private final StepContext context;

    FileReading(PacketCapture parameters, StepContext context) {
        this.parameters = parameters;
        this.context = context;
    }

    Observation observe() throws IOException, InterruptedException {
        Path file;
        try {
            file = context.baseDirectory().resolve(parameters.file().orElseThrow());
        } catch (InvalidPathException e) {
            return new Unseen(Cause.FAILED, "not a path: " + e.getInput(), "");
        }
        if (!Files.isRegularFile(file)) {
            return new Unseen(
                    Cause.FAILED, "there is no capture file " + file, "check file: of step " + context.step());
        }
        Path kept = Files.createTempFile("whydunit-", ".pcap");
        try {
            Optional<String> filter = parameters.filter();
            return filter.isPresent() ? filtered(file, filter.get(), kept) : whole(file, kept);
        } catch (NotACapture e) {
            return new Unseen(
                    Cause.FAILED,
                    file + " is not a capture: " + e.getMessage(),
                    "give it a file in pcap's or pcapng's format, gzipped or not");
        } catch (AccessDeniedException e) {
            return new Unseen(Cause.DENIED, "not permitted to read " + file, "let this user read it");
        } finally {
            Files.deleteIfExists(kept);
        }
    }

    private Observation whole(Path file, Path kept) throws IOException, InterruptedException, NotACapture {
        Looking looking = new Looking(parameters, context);
        FutureTask<Looking.Seen> task = looking.start(Looking.of(file), kept);
        try {
            return looking.observation(Looking.await(task), List.of());
        } finally {
            task.cancel(true);
        }
    }

    private Observation filtered(Path file, String filter, Path kept)
            throws IOException, InterruptedException, NotACapture {
        Looking looking = new Looking(parameters, context);
        try (CaptureChild child = CaptureChild.start(
                Optional.empty(), CaptureRequest.filtering(filter, parameters.packets()), () -> {})) {
            Thread.ofPlatform()
                    .daemon()
                    .name("capture file of " + context.step())
                    .start(() -> feed(file, child));
            FutureTask<Looking.Seen> task = looking.start(Looking.of(child.packets()), kept);
            try {
                Looking.Seen seen = Looking.await(task);
                Optional<Unseen> failure = child.await().failure();
                return failure.isPresent() ? failure.get() : looking.observation(seen, List.of());
            } catch (NotACapture nothing) {
                // The child said why instead of writing packets.
                return child.await().failure().orElseThrow(() -> nothing);
            }
        }
    }

    /** Gives the child the file, unpacked; it ends early when the child does. */
    private static void feed(Path file, CaptureChild child) {
        try (OutputStream to = child.input();
                InputStream in = open(file)) {
            in.transferTo(to);
        } catch (IOException e) {
            child.inputFailed(e);
        }
    }

    private static InputStream open(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            boolean zipped = in.read() == GZIP_FIRST && in.read() == GZIP_SECOND;
            return zipped ? new GZIPInputStream(Files.newInputStream(file)) : Files.newInputStream(file);
        }
    }
}
