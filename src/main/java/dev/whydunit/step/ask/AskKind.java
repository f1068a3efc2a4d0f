package dev.whydunit.step.ask;

import dev.whydunit.engine.Observation;
import dev.whydunit.engine.Observation.Cause;
import dev.whydunit.engine.Observation.Seen;
import dev.whydunit.engine.Observation.Unseen;
import dev.whydunit.engine.Questions;
import dev.whydunit.engine.StepContext;
import dev.whydunit.engine.StepKind;
import dev.whydunit.runbook.Effect;
import dev.whydunit.runbook.KindSignature;
import java.time.Duration;
import java.util.Optional;

/** The step kind {@code ask}. */
public final class AskKind implements StepKind<AskParameters> {
    private static final int LONGEST_ANSWER = 1000;

    private static final KindSignature SIGNATURE = new KindSignature(
            "ask",
            "A question to whoever is there.",
            AskParameters.class,
            AskResult.class,
            Duration.ofMinutes(5),
            Duration.ofMinutes(1),
            Effect.READ,
            Optional.empty());

    @Override
    public KindSignature signature() {
        return SIGNATURE;
    }

    @Override
    public String rendered(AskParameters parameters) {
        return parameters.question()
                + (parameters.choices().isEmpty() ? "" : " (" + String.join(", ", parameters.choices()) + ")");
    }

    @Override
    public Observation observe(AskParameters parameters, StepContext context) throws InterruptedException {
        Optional<Questions.Answer> answer = context.questions()
                .ask(context.step(), parameters.question(), parameters.choices(), context.remaining());
        if (answer.isEmpty()) {
            return new Unseen(
                    Cause.FAILED,
                    "nobody answered",
                    "run it where somebody can answer: in the shell, or at a terminal");
        }
        String text = answer.get().text().strip();
        String kept = text.length() > LONGEST_ANSWER ? text.substring(0, LONGEST_ANSWER) : text;
        Optional<String> choice = parameters.choices().stream()
                .filter(one -> one.equalsIgnoreCase(kept))
                .findFirst();
        if (!parameters.choices().isEmpty() && choice.isEmpty()) {
            return new Unseen(
                    Cause.FAILED,
                    "the answer was '" + kept + "', which is none of " + String.join(", ", parameters.choices()),
                    "answer with one of the choices");
        }
        return Seen.of(new AskResult(choice.orElse(kept), answer.get().by()));
    }
}
