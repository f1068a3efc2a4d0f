package dev.whydunit.step.changequery;

import dev.whydunit.expression.Into;
import dev.whydunit.expression.Sink;
import dev.whydunit.schema.About;
import dev.whydunit.schema.Default;
import java.time.Duration;
import java.util.Optional;

/**
 * What {@code change_query} asks.
 *
 * @param source the repository, as configured
 * @param path a repository's folder instead of a configured source
 * @param over how far back
 * @param limit changes that are kept
 */
@About("What was changed lately, from a git repository.")
public record ChangeQueryParameters(
        @About(value = "The repository, as configured; may be left out when only one is.", example = "shop_repository")
        Optional<String> source,

        @About(value = "A repository's folder, instead of a source.", example = "${{ service.repository }}")
        @Into(Sink.ARGUMENT)
        Optional<String> path,

        @About(value = "How far back to look.", example = "24h") @Default("24h")
        Duration over,

        @About("Changes that are kept, the newest; from 1 to 1000.") @Default("50")
        int limit) {
    /** Keeps the number of changes bounded, and the place unambiguous. */
    public ChangeQueryParameters {
        if (limit < 1 || limit > 1000) {
            throw new IllegalArgumentException("limit is from 1 to 1000, not " + limit);
        }
        if (source.isPresent() && path.isPresent()) {
            throw new IllegalArgumentException("give source or path, not both");
        }
    }
}
