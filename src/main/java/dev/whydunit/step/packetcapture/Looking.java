package dev.whydunit.step.packetcapture;

import dev.whydunit.engine.Artifact;
import dev.whydunit.engine.Observation;
import dev.whydunit.engine.StepContext;
import dev.whydunit.packet.CaptureAnalysis;
import dev.whydunit.packet.CaptureReport;
import dev.whydunit.packet.Limits;
import dev.whydunit.packet.NotACapture;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** Analyses a capture while it comes in, keeps its headers beside it, and makes an observation of both. */
final class Looking {
    private final PacketCapture parameters;
    private final StepContext context;

    Looking(PacketCapture parameters, StepContext context) {
        this.parameters = parameters;
        this.context = context;
    }

    /** What can be analysed: a file or a stream. */
    interface Capture {
        CaptureReport analyse(Limits limits, CutCapture kept) throws IOException, NotACapture;
    }

    /** A report, and the file with the headers of its packets; both when all went well. */
    record Seen(CaptureReport report, Path kept, long leftOut) {}

    /** A capture that is read to its end from a stream. */
    static Capture of(InputStream stream) {
        return (limits, kept) -> CaptureAnalysis.analyse(stream, limits, Optional.empty(), Optional.of(kept));
    }

    /** A capture that lies in a file. */
    static Capture of(Path file) {
        return (limits, kept) -> CaptureAnalysis.analyse(file, limits, Optional.empty(), Optional.of(kept));
    }

    /**
     * Starts analysing on a thread of its own: reading a process's output cannot be interrupted, waiting for this can.
     *
     * @param kept where the packets' headers go
     */
    FutureTask<Seen> start(Capture capture, Path kept) {
        FutureTask<Seen> task = new FutureTask<>(() -> {
            try (CutCapture cut = new CutCapture(kept, parameters.snaplen())) {
                Limits limits =
                        Limits.standard().withPackets(parameters.packets()).withBytes(parameters.bytes());
                CaptureReport report = capture.analyse(limits, cut);
                return new Seen(report, kept, cut.leftOut());
            }
        });
        Thread.ofPlatform().daemon().name("packets of " + context.step()).start(task);
        return task;
    }

    /** Waits for the analysis; what it failed with is thrown as it is. */
    static Seen await(FutureTask<Seen> task) throws InterruptedException, IOException, NotACapture {
        try {
            return task.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException io) {
                throw io;
            }
            if (e.getCause() instanceof NotACapture not) {
                throw not;
            }
            throw new IllegalStateException("analysing the capture failed", e.getCause());
        }
    }

    /** The observation: the report, the kept headers as an artifact, and what weakens both. */
    Observation observation(Seen seen, List<String> caveats) throws IOException {
        CaptureReport report = seen.report();
        List<String> all = new ArrayList<>(caveats);
        all.addAll(report.notes());
        if (seen.leftOut() > 0) {
            all.add(seen.leftOut()
                    + " packets are not in the kept capture, which is limited in size and holds one link type; the"
                    + " numbers count them");
        }
        parameters.filter().ifPresent(text -> all.add("only packets that match the filter: " + text));
        if (report.packets() == 0) {
            return new Observation.Seen(report, false, List.of(), all);
        }
        try (InputStream in = Files.newInputStream(seen.kept())) {
            Artifact artifact = context.keep("pcap", in);
            return new Observation.Seen(report, true, List.of(artifact), all);
        }
    }
}
