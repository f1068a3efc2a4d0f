package dev.whydunit.shell;

import dev.whydunit.cli.Console;
import dev.whydunit.cli.Going;
import dev.whydunit.cli.Situation;
import dev.whydunit.cli.Stage;
import java.util.List;
import java.util.Optional;

/** Where commands that come from a file or a pipe run their investigations: one after another, each shown as a command by itself would. */
final class Scripted implements Stage, Situation {
    private final Stage terminal;
    private Optional<String> current = Optional.empty();

    Scripted(Console console) {
        this.terminal = Stage.terminal(console);
    }

    @Override
    public Optional<String> investigation() {
        return current;
    }

    @Override
    public Show show(String id, String runbook) {
        current = Optional.of(id);
        return terminal.show(id, runbook);
    }

    @Override
    public void enter(String investigation) {
        current = Optional.of(investigation);
    }

    @Override
    public Optional<Going> running(String id) {
        return terminal.running(id);
    }

    @Override
    public List<String> running() {
        return terminal.running();
    }

    @Override
    public Optional<String> answer(Optional<String> step, String text) {
        return terminal.answer(step, text);
    }

    @Override
    public boolean asks(String step) {
        return terminal.asks(step);
    }

    @Override
    public Optional<String> decide(Optional<String> step, boolean granted) {
        return terminal.decide(step, granted);
    }
}
