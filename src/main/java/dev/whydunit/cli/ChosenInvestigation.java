package dev.whydunit.cli;

import dev.whydunit.journal.Archive;
import dev.whydunit.journal.ArtifactCheck;
import dev.whydunit.journal.Pruned;
import dev.whydunit.journal.StoredEvents;
import dev.whydunit.journal.StoredInvestigation;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.ToIntFunction;

/** Finds the investigation that a command is about. */
final class ChosenInvestigation {
    /** The newest one. */
    static final String LATEST = "latest";

    /** The one that the shell stands in, else the newest. */
    static final String CURRENT = "current";

    /** What an id may be, for descriptions. */
    static final String ID = "Its id, the beginning of it, or 'latest' (default: the shell's, else the latest).";

    private ChosenInvestigation() {}

    /**
     * Does something with an investigation's events. That its journal was changed is said, and fails the command.
     *
     * @param id its id, the beginning of it, {@value #LATEST} or {@value #CURRENT}
     * @return the exit code
     */
    static int use(Application application, CommonOptions options, String id, ToIntFunction<StoredEvents> use) {
        try (Archive archive = application.archive(options)) {
            Optional<String> whole = resolve(application, archive, id);
            if (whole.isEmpty()) {
                return ExitCode.FAILED;
            }
            Optional<Pruned> pruned = archive.pruned(whole.get());
            if (pruned.isPresent()) {
                application.fail(pruned.get().words());
                return ExitCode.FAILED;
            }
            return use(application, archive.events(whole.get()), use);
        }
    }

    /**
     * As {@link #use}, and looks at the files that it kept on this machine: one that was changed is said, and fails the command; one that is
     * not there is said.
     */
    static int verified(Application application, CommonOptions options, String id, ToIntFunction<StoredEvents> use) {
        return use(application, options, id, stored -> {
            int exit = use.applyAsInt(stored);
            if (application.server(options).isPresent()) {
                // The server has the files, and says in the investigation's chain how they are.
                return exit;
            }
            try {
                for (ArtifactCheck check : ArtifactCheck.of(stored.events(), application.artifacts(options))) {
                    if (check.state() != ArtifactCheck.State.INTACT) {
                        application.fail(check.words());
                    }
                    exit = check.state() == ArtifactCheck.State.CHANGED ? ExitCode.FAILED : exit;
                }
                return exit;
            } catch (IOException e) {
                application.fail("a file that " + stored.id() + " kept cannot be read: " + e.getMessage());
                return ExitCode.FAILED;
            }
        });
    }

    private static int use(Application application, StoredEvents stored, ToIntFunction<StoredEvents> use) {
        if (stored.events().isEmpty()) {
            application.fail(
                    stored.intact()
                            ? "investigation " + stored.id() + " has not begun yet"
                            : "the journal of " + stored.id()
                                    + " was changed after it was written: its events are gone");
            return ExitCode.FAILED;
        }
        int exit = use.applyAsInt(stored);
        if (!stored.intact()) {
            application.fail("the journal of " + stored.id() + " was changed after it was written: event "
                    + stored.brokenAt()
                    + (stored.brokenAt() > stored.events().size() ? " is missing" : " does not fit its hash")
                    + "; do not trust what is shown");
            return ExitCode.FAILED;
        }
        return exit;
    }

    /** The whole id; empty, with the reason said, when there is no such one. */
    static Optional<String> resolve(Application application, Archive archive, String id) {
        Optional<String> current = id.equals(CURRENT) ? application.situation().investigation() : Optional.empty();
        if (current.isPresent()) {
            return current;
        }
        if (id.equals(LATEST) || id.equals(CURRENT)) {
            List<StoredInvestigation> newest = archive.list(1);
            if (newest.isEmpty()) {
                application.fail("no investigation yet; start one: whydunit demo, or whydunit run slow_host");
            }
            return newest.stream().map(StoredInvestigation::id).findFirst();
        }
        List<String> matching = archive.matching(id);
        if (matching.size() == 1) {
            return Optional.of(matching.getFirst());
        }
        application.fail(
                matching.isEmpty()
                        ? "no investigation's id begins with " + id + "; see: whydunit investigation list"
                        : "several investigations' ids begin with " + id + ": " + String.join(", ", matching));
        return Optional.empty();
    }
}
