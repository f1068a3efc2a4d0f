package dev.whydunit.step.remedy;

import dev.whydunit.engine.Observation;
import dev.whydunit.engine.Observation.Cause;
import dev.whydunit.engine.Observation.Seen;
import dev.whydunit.engine.Observation.Unseen;
import dev.whydunit.engine.StepContext;
import dev.whydunit.engine.StepKind;
import dev.whydunit.engine.Touch;
import dev.whydunit.runbook.Effect;
import dev.whydunit.runbook.KindSignature;
import dev.whydunit.step.hostcommand.HostCommandKind;
import dev.whydunit.step.hostcommand.HostCommandParameters;
import dev.whydunit.step.hostcommand.HostCommandResult;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** {@code remedy}: a host command that puts right the cause that was found. It is run once that cause is the verdict, and a person allows it. */
public final class RemedyKind implements StepKind<RemedyParameters> {
    private final HostCommandKind commands = new HostCommandKind();

    @Override
    public KindSignature signature() {
        return new KindSignature(
                "remedy",
                "Does what puts right the cause that was found, after a person has allowed it.",
                RemedyParameters.class,
                RemedyResult.class,
                Duration.ofMinutes(1),
                Duration.ofSeconds(5),
                Effect.WRITE,
                Optional.empty());
    }

    @Override
    public boolean writes() {
        return true;
    }

    @Override
    public String rendered(RemedyParameters parameters) {
        return commands.rendered(command(parameters));
    }

    @Override
    public List<Touch> touches(RemedyParameters parameters) {
        return commands.touches(command(parameters));
    }

    @Override
    public Optional<String> undo(RemedyParameters parameters) {
        return parameters.undo();
    }

    @Override
    public Observation observe(RemedyParameters parameters, StepContext context)
            throws IOException, InterruptedException {
        Optional<String> approvedBy = context.approvedBy();
        if (approvedBy.isEmpty()) {
            return new Unseen(Cause.DENIED, "nobody allowed it", "a remedy is run by an investigation, which asks");
        }
        return switch (commands.observe(command(parameters), context)) {
            case Seen(HostCommandResult result, boolean hasData, var artifacts, var caveats) ->
                new Seen(
                        new RemedyResult(
                                result.exitCode() == 0,
                                result.exitCode(),
                                result.stdout(),
                                result.stderr(),
                                result.seconds(),
                                approvedBy.get(),
                                parameters.undo()),
                        hasData,
                        artifacts,
                        caveats);
            case Observation other -> other;
        };
    }

    private static HostCommandParameters command(RemedyParameters parameters) {
        return new HostCommandParameters(
                parameters.run(),
                parameters.script(),
                parameters.stdin(),
                parameters.env(),
                parameters.cwd(),
                Optional.empty());
    }
}
