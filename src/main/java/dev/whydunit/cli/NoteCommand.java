package dev.whydunit.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code whydunit note}: keeps what a person says with an investigation. */
@Command(
        mixinStandardHelpOptions = true,
        name = "note",
        description = "Keep a note with an investigation. It moves nothing.",
        footer = {"", "Example: whydunit note 'switched the pool to 40 connections'"})
final class NoteCommand implements Callable<Integer> {
    private final Application application;

    @Parameters(paramLabel = "TEXT", arity = "1..*", description = "The note.")
    private List<String> words = List.of();

    @Mixin
    private OfOption of = new OfOption();

    @Mixin
    private CommonOptions common = new CommonOptions();

    NoteCommand(Application application) {
        this.application = application;
    }

    @Override
    public Integer call() {
        return new Acts(application, common).note(of.id(), String.join(" ", words));
    }
}
