package dev.whydunit.step.changequery;

import dev.whydunit.schema.About;
import dev.whydunit.source.git.Change;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What was changed.
 *
 * @param changes newest first
 * @param count how many
 * @param firstAt of the oldest
 * @param lastAt of the newest
 */
public record ChangeQueryResult(
        @About("The changes, newest first.") List<Change> changes,
        @About("How many there are.") long count,
        @About("When the oldest of them was made.") Optional<Instant> firstAt,
        @About("When the newest of them was made.") Optional<Instant> lastAt) {
    /** Keeps its own copy of the list. */
    public ChangeQueryResult {
        changes = List.copyOf(changes);
    }

    static ChangeQueryResult of(List<Change> changes) {
        return new ChangeQueryResult(
                changes,
                changes.size(),
                changes.isEmpty()
                        ? Optional.empty()
                        : Optional.of(changes.getLast().at()),
                changes.isEmpty()
                        ? Optional.empty()
                        : Optional.of(changes.getFirst().at()));
    }
}
