package dev.whydunit.cli;

import dev.whydunit.journal.Archive;
import dev.whydunit.journal.StoredEvents;
import dev.whydunit.report.SummaryFold;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code whydunit investigation watch}: another process's investigation, as its steps end. */
@Command(
        mixinStandardHelpOptions = true,
        name = "watch",
        description = "Follow an investigation until it ends, then show its summary.",
        footer = {
            "",
            "Ctrl-C ends the watching and not the investigation.",
            "",
            "Example: whydunit investigation watch latest"
        })
final class FollowCommand implements Callable<Integer> {
    private static final long LOOK_MILLIS = 300;
    private static final long LONGEST_SECONDS = 24 * 3600L;

    private final Application application;

    @Parameters(paramLabel = "ID", defaultValue = ChosenInvestigation.CURRENT, description = ChosenInvestigation.ID)
    private String id = ChosenInvestigation.CURRENT;

    @Option(
            names = "--for",
            paramLabel = "SECONDS",
            defaultValue = "1800",
            description = "How long to wait for its end (default: ${DEFAULT-VALUE}).")
    private long seconds;

    @Mixin
    private CommonOptions options = new CommonOptions();

    @Mixin
    private OutputOption output = new OutputOption();

    FollowCommand(Application application) {
        this.application = application;
    }

    @Override
    public Integer call() throws InterruptedException {
        try (Archive archive = application.archive(options);
                LiveProgress progress = new LiveProgress(application.console())) {
            Optional<String> whole = ChosenInvestigation.resolve(application, archive, id);
            if (whole.isEmpty()) {
                return ExitCode.FAILED;
            }
            Optional<StoredEvents> ended = follow(archive, whole.get(), progress);
            progress.close();
            if (ended.isEmpty()) {
                application.fail("investigation " + whole.get() + " has not ended within " + seconds
                        + " s; if its process died: whydunit investigation resume " + whole.get());
                return ExitCode.OUT_OF_TIME;
            }
            application.print(SummaryFold.of(whole.get(), ended.get().events()), output.format());
            return ended.get().intact() ? ExitCode.DONE : ExitCode.FAILED;
        }
    }

    /** Its events once it has ended; empty when it does not within the time. */
    private Optional<StoredEvents> follow(Archive archive, String whole, LiveProgress progress)
            throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(Math.clamp(seconds, 0, LONGEST_SECONDS));
        CountDownLatch never = new CountDownLatch(1);
        EventTail tail = new EventTail(archive, whole, progress, 0);
        while (true) {
            Optional<StoredEvents> ended = tail.look();
            boolean waits = ended.isEmpty() && System.nanoTime() <= deadline;
            if (!waits || never.await(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                return ended;
            }
        }
    }
}
