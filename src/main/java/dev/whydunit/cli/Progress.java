package dev.whydunit.cli;

import dev.whydunit.report.PlainText;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Shows that a command works, when it takes longer than half a second: one line on standard error, on a terminal only, with the
 * time that is left by what it took before. The line is gone when the command ends.
 */
final class Progress implements AutoCloseable {
    private static final long AFTER_MILLIS = 500;
    private static final long REDRAW_MILLIS = 120;
    private static final double NANOS = 1e9;
    private static final String SPINNER = "⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏";
    private static final String ASCII_SPINNER = "|/-\\";

    private final Console console;
    private final PastDurations past;
    private final LongSupplier nanoTime;
    private final String command;
    private final String doing;
    private final double amount;
    private final long begun;
    private final Optional<Double> estimate;
    private Optional<ScheduledExecutorService> redraw = Optional.empty();
    private double done;
    private boolean drawn;
    private boolean finished;
    private int frame;

    /**
     * @param nanoTime a clock that only runs forwards, in nanoseconds
     * @param command what is kept under: the same work, of any amount
     * @param doing a few words that are shown
     * @param amount how much there is to do, above 0, in a unit in which time grows evenly
     */
    Progress(Console console, PastDurations past, LongSupplier nanoTime, String command, String doing, double amount) {
        this.console = console;
        this.past = past;
        this.nanoTime = nanoTime;
        this.command = command;
        this.doing = doing;
        this.amount = Math.max(1, amount);
        this.begun = nanoTime.getAsLong();
        this.estimate = console.errIsTerminal() ? past.estimate(command, this.amount) : Optional.empty();
    }

    /** Begins to show it, on a terminal. */
    static Progress begin(Application application, CommonOptions options, String command, String doing, double amount) {
        Progress progress = new Progress(
                application.console(),
                new PastDurations(application.stateDirectory(options)),
                System::nanoTime,
                command,
                doing,
                amount);
        if (application.console().errIsTerminal()) {
            ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("progress").factory());
            progress.redraw = Optional.of(executor);
            executor.scheduleAtFixedRate(progress::draw, AFTER_MILLIS, REDRAW_MILLIS, TimeUnit.MILLISECONDS);
        }
        return progress;
    }

    /** A further part is done, in the unit of the amount. */
    synchronized void done(double part) {
        done += part;
    }

    /** It came to its end, so that how long it took tells how long it will take. */
    synchronized void finished() {
        finished = true;
    }

    private double seconds() {
        return (nanoTime.getAsLong() - begun) / NANOS;
    }

    /** Draws the line anew; nothing before half a second has gone by. */
    synchronized void draw() {
        double seconds = seconds();
        if (!console.errIsTerminal() || seconds * 1000 < AFTER_MILLIS) {
            return;
        }
        String frames = console.unicode() ? SPINNER : ASCII_SPINNER;
        String line = PlainText.forTerminal(frames.charAt(frame++ % frames.length()) + " " + doing + ' '
                + String.format(Locale.ROOT, "%.1f s", seconds) + left(seconds));
        int most = console.width() - 1;
        console.err().print("\r\u001b[K" + (line.length() > most ? line.substring(0, most) : line));
        console.err().flush();
        drawn = true;
    }

    /** By what of it is done, else by what it took before. */
    private String left(double seconds) {
        Optional<Double> whole = done > 0 && done < amount ? Optional.of(seconds * amount / done) : estimate;
        return whole.map(total -> total > seconds
                        ? String.format(
                                Locale.ROOT,
                                ", %.0f %%, about %s left",
                                Math.floor(100 * seconds / total),
                                rounded(total - seconds))
                        : ", longer than the " + rounded(total) + " that were expected")
                .orElse("");
    }

    private static String rounded(double seconds) {
        long whole = Math.max(1, Math.round(seconds));
        return whole < 100 ? whole + " s" : (whole + 30) / 60 + " min";
    }

    /** Erases the line; keeps how long it took when that was long enough to be shown. */
    @Override
    public void close() {
        redraw.ifPresent(ScheduledExecutorService::shutdownNow);
        synchronized (this) {
            if (drawn) {
                console.err().print("\r\u001b[K");
                console.err().flush();
                drawn = false;
            }
            if (finished && console.errIsTerminal() && seconds() * 1000 >= AFTER_MILLIS) {
                past.keep(command, seconds(), amount);
            }
        }
    }
}
