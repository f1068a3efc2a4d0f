package dev.whydunit.cli;

import dev.whydunit.engine.Approvals;
import dev.whydunit.engine.Event;
import dev.whydunit.engine.Questions;
import dev.whydunit.engine.Watcher;
import dev.whydunit.report.Summary;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A command's own terminal: one investigation, which Ctrl-C stops, and the command with it. */
final class TerminalStage implements Stage {
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final String NO_SHELL =
            "nothing runs here; this works inside the shell (whydunit without arguments)";

    private final Console console;

    TerminalStage(Console console) {
        this.console = console;
    }

    @Override
    public Show show(String id, String runbook) {
        LiveProgress progress = new LiveProgress(console);
        return new Show() {
            @Override
            public void begun(Event.Started started) {
                progress.begun(started);
            }

            @Override
            public Watcher watcher() {
                return progress;
            }

            @Override
            public Approvals approvals(boolean mayAsk) {
                return mayAsk && console.inIsTerminal() ? new TerminalApprovals(console, PATIENCE) : Approvals.nobody();
            }

            @Override
            public Questions questions(boolean mayAsk) {
                return mayAsk && console.inIsTerminal() ? new TerminalQuestions(console) : Questions.nobody();
            }

            @Override
            public String run(Going investigation) {
                return Interrupts.run(investigation);
            }

            @Override
            public boolean shows(Summary summary) {
                return false;
            }

            @Override
            public void close() {
                progress.close();
            }
        };
    }

    @Override
    public Optional<Going> running(String id) {
        return Optional.empty();
    }

    @Override
    public Optional<String> answer(Optional<String> step, String text) {
        return Optional.of(NO_SHELL);
    }

    @Override
    public boolean asks(String step) {
        return false;
    }

    @Override
    public Optional<String> decide(Optional<String> step, boolean granted) {
        return Optional.of(NO_SHELL);
    }

    @Override
    public void enter(String investigation) {
        console.err().println("whydunit: this works inside the shell (whydunit without arguments)");
    }

    @Override
    public List<String> running() {
        return List.of();
    }
}
