package dev.whydunit.shell;

import dev.whydunit.cli.Going;
import dev.whydunit.cli.Situation;
import dev.whydunit.cli.Stage;
import dev.whydunit.cli.StepLines;
import dev.whydunit.engine.Approvals;
import dev.whydunit.engine.Event;
import dev.whydunit.engine.Questions;
import dev.whydunit.engine.Watcher;
import dev.whydunit.report.Summary;
import dev.whydunit.report.SummaryText;
import dev.whydunit.report.TextStyle;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;

/** The investigations that run behind the prompt, and the one that commands are about. Thread-safe. */
final class Runs implements Stage, Situation, AutoCloseable {
    private static final long REDRAW_MILLIS = 150;
    private static final int FOOT_LINES = 8;
    private static final long TWICE_NANOS = TimeUnit.SECONDS.toNanos(5);

    /** What runs: its runbook, since when, its board, and itself once it has begun. */
    private record Live(String runbook, Board board, Optional<Going> investigation) {}

    /** The investigation that commands are about: its id, its runbook and since when. */
    record Current(String id, String runbook, Instant since) {}

    private final ShellReader reader;
    private final Supplier<TextStyle> style;
    private final Waiting waiting;
    private final Map<String, Live> live = new LinkedHashMap<>();
    private final ScheduledExecutorService redraw;
    private Optional<Current> current = Optional.empty();
    private long lastInterrupt = System.nanoTime() - TWICE_NANOS;
    private boolean footShown;
    private Runnable moved = () -> {};

    Runs(ShellReader reader, Supplier<TextStyle> style) {
        this.reader = reader;
        this.style = style;
        this.waiting = new Waiting(reader::above);
        this.redraw = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("foot").factory());
        redraw.scheduleAtFixedRate(this::draw, REDRAW_MILLIS, REDRAW_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** @param told when another investigation has become the one that commands are about */
    synchronized void onMove(Runnable told) {
        moved = told;
    }

    synchronized Optional<Current> current() {
        return current;
    }

    @Override
    public synchronized Optional<String> investigation() {
        return current.map(Current::id);
    }

    @Override
    public synchronized void enter(String investigation) {
        Live running = live.get(investigation);
        current = Optional.of(new Current(
                investigation,
                running == null ? "" : running.runbook(),
                InstantSource.system().instant()));
    }

    /** As {@link #enter(String)}, of one whose runbook and time are known. */
    synchronized void enter(Current other) {
        current = Optional.of(other);
    }

    @Override
    public synchronized Optional<Going> running(String id) {
        return Optional.ofNullable(live.get(id)).flatMap(Live::investigation);
    }

    @Override
    public synchronized List<String> running() {
        return List.copyOf(live.keySet());
    }

    @Override
    public Optional<String> answer(Optional<String> step, String text) {
        return waiting.answer(step, text);
    }

    @Override
    public boolean asks(String step) {
        return waiting.asks(step);
    }

    @Override
    public Optional<String> decide(Optional<String> step, boolean granted) {
        return waiting.decide(step, granted);
    }

    /**
     * Ctrl-C at the prompt: the first stops the steps that run, the second within five seconds the investigation.
     *
     * @return what to say; empty when nothing runs
     */
    synchronized Optional<String> interrupt() {
        Optional<Map.Entry<String, Live>> chosen = live.entrySet().stream()
                .filter(entry -> entry.getKey().equals(investigation().orElse("")))
                .findFirst()
                .or(() -> live.entrySet().stream().findFirst());
        if (chosen.isEmpty() || chosen.get().getValue().investigation().isEmpty()) {
            return Optional.empty();
        }
        Going investigation = chosen.get().getValue().investigation().get();
        String id = Board.shortId(chosen.get().getKey());
        boolean second = System.nanoTime() - lastInterrupt < TWICE_NANOS;
        lastInterrupt = System.nanoTime();
        if (second) {
            investigation.stop();
            return Optional.of("stopping investigation " + id);
        }
        investigation.stopSteps();
        return Optional.of("stopping the running step of " + id + "; Ctrl-C again stops the investigation");
    }

    /** Stops all. */
    synchronized void stopAll() {
        live.values().forEach(one -> one.investigation().ifPresent(Going::stop));
    }

    @Override
    public Show show(String id, String runbook) {
        TextStyle look = style.get();
        Board board = new Board(
                id,
                runbook,
                new StepLines(
                        reader::above,
                        look.colour(),
                        look.unicode(),
                        () -> style.get().width()),
                look.unicode());
        synchronized (this) {
            live.put(id, new Live(runbook, board, Optional.empty()));
            current =
                    Optional.of(new Current(id, runbook, InstantSource.system().instant()));
        }
        moved.run();
        return new Shown(id, runbook, board);
    }

    private final class Shown implements Show {
        private final String id;
        private final String runbook;
        private final Board board;

        Shown(String id, String runbook, Board board) {
            this.id = id;
            this.runbook = runbook;
            this.board = board;
        }

        @Override
        public void begun(Event.Started started) {
            board.begun(started);
        }

        @Override
        public Watcher watcher() {
            return board;
        }

        @Override
        public Approvals approvals(boolean mayAsk) {
            return mayAsk ? waiting : Approvals.nobody();
        }

        @Override
        public Questions questions(boolean mayAsk) {
            return mayAsk ? waiting : Questions.nobody();
        }

        @Override
        public String run(Going investigation) {
            synchronized (Runs.this) {
                live.put(id, new Live(runbook, board, Optional.of(investigation)));
            }
            return investigation.run();
        }

        @Override
        public boolean shows(Summary summary) {
            reader.above(SummaryText.brief(summary, style.get()));
            return true;
        }

        @Override
        public void close() {
            synchronized (Runs.this) {
                live.remove(id);
            }
            draw();
        }
    }

    /** Holds no lock of its own while it draws: the editor's thread comes here with its lock held. */
    private void draw() {
        List<Board> boards;
        synchronized (this) {
            boards = live.values().stream().map(Live::board).toList();
            if (boards.isEmpty() && !footShown) {
                return;
            }
            footShown = !boards.isEmpty();
        }
        int width = style.get().width();
        List<AttributedString> lines = new ArrayList<>();
        for (Board board : boards) {
            for (AttributedStringBuilder line : board.foot()) {
                if (lines.size() < FOOT_LINES) {
                    lines.add(line.toAttributedString().columnSubSequence(0, width - 1));
                }
            }
        }
        reader.foot(lines);
    }

    @Override
    public void close() {
        redraw.shutdownNow();
    }
}
