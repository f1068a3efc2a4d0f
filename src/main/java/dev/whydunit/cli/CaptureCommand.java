package dev.whydunit.cli;

import dev.whydunit.engine.PlainData;
import dev.whydunit.packet.CaptureAnalysis;
import dev.whydunit.packet.CaptureReport;
import dev.whydunit.packet.Limits;
import dev.whydunit.packet.NotACapture;
import dev.whydunit.report.PlainText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.json.JsonMapper;

/** {@code whydunit capture …}: packets without a runbook. */
@Command(
        mixinStandardHelpOptions = true,
        name = "capture",
        description = "Say what is wrong in a packet capture.",
        footer = {"", "Example: whydunit capture analyse slow.pcap"})
final class CaptureCommand extends CommandGroup {
    /** How the analysis is printed. */
    enum Format {
        TEXT,
        JSON
    }

    CaptureCommand(Application application) {
        super(application);
    }

    @Command(
            mixinStandardHelpOptions = true,
            name = "analyse",
            description = "What is wrong in a capture: pcap or pcapng, gzipped or not; - for standard input.",
            footer = {"", "Example: whydunit capture analyse slow.pcap -o json"})
    int analyse(
            @Parameters(paramLabel = "FILE", description = "The capture, or - for standard input.") String file,
            @Option(
                            names = {"-o", "--output"},
                            defaultValue = "text",
                            paramLabel = "FORMAT",
                            description = "text or json (default: text).")
                    Format format)
            throws IOException {
        Path path = application().directory().resolve(file);
        if (!file.equals("-") && !Files.isReadable(path)) {
            application().fail("cannot read " + path);
            return ExitCode.USAGE;
        }
        try {
            CaptureReport report =
                    file.equals("-") ? CaptureAnalysis.analyse(System.in, Limits.standard()) : watched(path);
            application().console().out().print(format == Format.JSON ? json(report) : text(report));
            application().console().out().flush();
            return ExitCode.DONE;
        } catch (NotACapture e) {
            application().fail(file + ": " + e.getMessage());
            return ExitCode.USAGE;
        }
    }

    private CaptureReport watched(Path path) throws IOException, NotACapture {
        try (Progress progress = Progress.begin(
                application(),
                new CommonOptions(),
                "capture analyse",
                "reads " + path.getFileName(),
                Files.size(path))) {
            CaptureReport report = CaptureAnalysis.analyse(path, Limits.standard());
            progress.finished();
            return report;
        }
    }

    private static String json(CaptureReport report) {
        return JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(PlainData.of(report)) + "\n";
    }

    private static String text(CaptureReport report) {
        StringBuilder text = new StringBuilder();
        text.append(String.format(
                Locale.ROOT,
                "%,d packets, %,d bytes, %.3f s; %,d TCP and %,d UDP conversations%n",
                report.packets(),
                report.bytes(),
                report.seconds(),
                report.tcp().conversations(),
                report.udp().conversations()));
        if (report.malformed() > 0) {
            text.append(String.format(Locale.ROOT, "%,d packets are malformed", report.malformed()));
            report.firstMalformed()
                    .ifPresent(first -> text.append(", the first: ").append(first));
            text.append('\n');
        }
        report.notes().forEach(note -> text.append("note: ").append(note).append('\n'));
        text.append('\n');
        if (report.problems().isEmpty()) {
            text.append("Nothing is wrong that can be seen on the wire.\n");
        }
        report.problems()
                .forEach(problem -> text.append(String.format(Locale.ROOT, "%-7s ", problem.severity()))
                        .append(problem.says())
                        .append('\n'));
        return PlainText.forTerminal(text.toString());
    }
}
