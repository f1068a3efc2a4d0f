package dev.whydunit.cli;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code whydunit answer}: answers a question of a step that runs in this shell. */
@Command(
        mixinStandardHelpOptions = true,
        name = "answer",
        description = "Answer what a step asks.",
        footer = {"", "Example: whydunit answer from_desk yes"})
final class AnswerCommand implements Callable<Integer> {
    private final Application application;

    @Parameters(paramLabel = "TEXT", arity = "1..*", description = "The step that asks, if several do, and the answer.")
    private List<String> words = List.of();

    AnswerCommand(Application application) {
        this.application = application;
    }

    @Override
    public Integer call() {
        Stage stage = application.stage();
        boolean named = words.size() > 1 && stage.asks(words.getFirst());
        Optional<String> step = named ? Optional.of(words.getFirst()) : Optional.empty();
        String text = String.join(" ", named ? words.subList(1, words.size()) : words);
        Optional<String> wrong = stage.answer(step, text);
        wrong.ifPresent(application::fail);
        return wrong.isPresent() ? ExitCode.FAILED : ExitCode.DONE;
    }
}
