package dev.whydunit.source.git;

import dev.whydunit.source.Probed;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The changes of a git repository on this machine. Reads only; needs no git program. Thread-safe. */
public final class GitHistory implements Probed {
    private final Path folder;
    private final String ref;

    /**
     * @param folder the work tree, or the repository itself
     * @param ref a branch, tag or other name of a commit
     */
    public GitHistory(Path folder, String ref) {
        this.folder = folder.toAbsolutePath().normalize();
        this.ref = ref;
    }

    /**
     * The changes in a span of time, newest first.
     *
     * @param limit the most that are given
     * @throws IOException when there is no repository, no such ref, or it cannot be read; the message says which
     * @throws InterruptedException when interrupted
     */
    public List<Change> changes(Instant from, Instant to, int limit) throws IOException, InterruptedException {
        return new CommitWalk(folder, ref).changes(from, to, limit);
    }

    @Override
    public Optional<String> trouble(Duration limit) {
        return new CommitWalk(folder, ref).trouble();
    }
}
