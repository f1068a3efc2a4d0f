package dev.whydunit.source.files;

import dev.whydunit.source.Probed;
import dev.whydunit.source.SourceEnvironment;
import dev.whydunit.source.log.LogAnswer;
import dev.whydunit.source.log.LogQuestion;
import dev.whydunit.source.log.LogSlice;
import dev.whydunit.source.log.LogSource;
import dev.whydunit.source.log.LogUnreadable;
import dev.whydunit.source.log.LogUnreadable.Reason;
import dev.whydunit.source.log.TimeWindow;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** Answers from files: each is read once, in constant memory, and only where the windows lie when its lines are in order. */
final class FileLogSource implements LogSource, Probed {
    private final String name;
    private final FilesSettings settings;
    private final ZoneId zone;
    private final SourceEnvironment environment;

    FileLogSource(String name, FilesSettings settings, ZoneId zone, SourceEnvironment environment) {
        this.name = name;
        this.settings = settings;
        this.zone = zone;
        this.environment = environment;
    }

    @Override
    public LogAnswer ask(LogQuestion question) throws LogUnreadable, InterruptedException {
        EventMatcher query =
                EventMatcher.of(question.query(), name, question.window().to());
        ReadingBudget budget = new ReadingBudget(name, settings.maxBytes(), question.limit());
        List<SliceCollector> collectors = new ArrayList<>();
        collectors.add(new SliceCollector(question, question.window(), question.samples()));
        List<TimeWindow> windows = new ArrayList<>(List.of(question.window()));
        question.baseline().ifPresent(baseline -> {
            collectors.add(new SliceCollector(question, baseline, 0));
            windows.add(baseline);
        });

        List<Path> files = Globs.files(name, settings.paths(), environment::resolve);
        ScanReport report = new ScanReport();
        for (Path file : files) {
            LogFile log = new LogFile(
                    file,
                    settings.format(),
                    zone,
                    Optional.ofNullable(settings.fields().get(FileEvent.TIMESTAMP)));
            try {
                log.scan(
                        windows,
                        budget,
                        report,
                        format -> new FileScan(format, query, collectors, settings.fields(), report));
            } catch (AccessDeniedException _) {
                report.denied(file.toString());
            } catch (NoSuchFileException _) {
                // Rotated away between the listing and the reading: its events are in the file that it became.
                report.broken(file.toString());
            } catch (ClosedByInterruptException interrupted) {
                throw interrupted(interrupted);
            } catch (IOException _) {
                report.broken(file.toString());
            }
        }
        if (!files.isEmpty() && report.denied().size() == files.size()) {
            throw new LogUnreadable(
                    Reason.DENIED,
                    "source " + name + ": no permission to read "
                            + report.denied().getFirst()
                            + (files.size() > 1 ? " and " + (files.size() - 1) + " more" : ""),
                    "Let the user that runs whydunit read it, for example by its group.");
        }
        return answer(question, collectors, files, report);
    }

    private LogAnswer answer(
            LogQuestion question, List<SliceCollector> collectors, List<Path> files, ScanReport report) {
        List<String> caveats = new ArrayList<>(report.caveats());
        if (files.isEmpty()) {
            caveats.add("No file is there: " + String.join(", ", patterns()) + ".");
        }
        SliceCollector window = collectors.getFirst();
        TreeSet<String> crowded = new TreeSet<>();
        collectors.forEach(collector -> crowded.addAll(collector.crowded()));
        crowded.forEach(field -> caveats.add(
                "The field " + field + " has more different values than are counted: its top values may lack some."));
        Map<String, List<LogSlice.ValueCount>> top = window.top();
        Optional<LogSlice> baseline = question.baseline()
                .map(_ -> collectors.get(1).slice(collectors.get(1).countsOf(top)));
        return new LogAnswer(window.slice(top), baseline, caveats);
    }

    @Override
    public String rendered(LogQuestion question) {
        TimeWindow window = question.window();
        return "(" + question.query().strip() + ") AND @timestamp:[" + window.from() + " TO " + window.to() + "}  in "
                + String.join(" ", patterns());
    }

    @Override
    public Optional<String> trouble(Duration limit) {
        try {
            List<Path> files = Globs.files(name, settings.paths(), environment::resolve);
            return files.isEmpty()
                    ? Optional.of("no file is there: " + String.join(", ", patterns()))
                    : files.stream()
                            .filter(file -> !Files.isReadable(file))
                            .findFirst()
                            .map(file -> "no permission to read " + file);
        } catch (LogUnreadable e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    private List<String> patterns() {
        return settings.paths().stream()
                .map(path -> environment.resolve(path).toString())
                .toList();
    }

    private static InterruptedException interrupted(Exception cause) {
        // The channel was closed by the interruption, which left the thread's flag set.
        boolean flagged = Thread.interrupted();
        InterruptedException interrupted =
                new InterruptedException(flagged ? "interrupted while reading files" : "reading files was interrupted");
        interrupted.initCause(cause);
        return interrupted;
    }
}
