package dev.whydunit.step.changequery;

import dev.whydunit.engine.Observation;
import dev.whydunit.engine.Observation.Cause;
import dev.whydunit.engine.Observation.Seen;
import dev.whydunit.engine.Observation.Unseen;
import dev.whydunit.engine.SourceUnavailable;
import dev.whydunit.engine.StepContext;
import dev.whydunit.engine.StepKind;
import dev.whydunit.engine.Touch;
import dev.whydunit.runbook.Effect;
import dev.whydunit.runbook.KindSignature;
import dev.whydunit.source.git.Change;
import dev.whydunit.source.git.GitHistory;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The step kind {@code change_query}. */
public final class ChangeQueryKind implements StepKind<ChangeQueryParameters> {
    private static final KindSignature SIGNATURE = new KindSignature(
            "change_query",
            "What was changed lately, from a git repository.",
            ChangeQueryParameters.class,
            ChangeQueryResult.class,
            Duration.ofSeconds(30),
            Duration.ofSeconds(1),
            Effect.READ,
            Optional.of(GitHistory.class));

    /** Clocks differ, and commits are stamped in whole seconds: a release of the alert's own minute still counts. */
    private static final Duration SLACK = Duration.ofMinutes(1);

    @Override
    public KindSignature signature() {
        return SIGNATURE;
    }

    /** The command that shows the same by hand; the folder is where the source's or the step's path says. */
    @Override
    public String rendered(ChangeQueryParameters parameters) {
        String where = parameters
                .path()
                .map(path -> "-C '" + path.replace("'", "'\\''") + "' ")
                .orElse("");
        return "git " + where + "log --since='" + parameters.over().toSeconds() + " seconds ago' --max-count="
                + parameters.limit();
    }

    @Override
    public List<Touch> touches(ChangeQueryParameters parameters) {
        return parameters.path().isPresent()
                ? List.of()
                : List.of(new Touch.Source(GitHistory.class, parameters.source()));
    }

    @Override
    public Observation observe(ChangeQueryParameters parameters, StepContext context) throws InterruptedException {
        try {
            GitHistory history = parameters.path().isPresent()
                    ? new GitHistory(
                            context.baseDirectory().resolve(parameters.path().get()), "HEAD")
                    : context.source(GitHistory.class, parameters.source());
            Instant from = context.anchor().minus(parameters.over());
            List<Change> changes = history.changes(from, context.anchor().plus(SLACK), parameters.limit());
            List<String> caveats = changes.size() == parameters.limit()
                    ? List.of("only the newest " + parameters.limit() + " changes were read")
                    : List.of();
            return new Seen(ChangeQueryResult.of(changes), true, List.of(), caveats);
        } catch (IOException | SourceUnavailable e) {
            return new Unseen(
                    Cause.FAILED, String.valueOf(e.getMessage()), "correct the step's path, or the path of its source");
        }
    }
}
