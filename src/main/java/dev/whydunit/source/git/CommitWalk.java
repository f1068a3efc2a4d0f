package dev.whydunit.source.git;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.diff.DiffEntry;
import org.eclipse.jgit.diff.DiffFormatter;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.FooterKey;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.treewalk.CanonicalTreeParser;
import org.eclipse.jgit.treewalk.EmptyTreeIterator;
import org.eclipse.jgit.util.io.DisabledOutputStream;

/**
 * Reads a git repository by JGit. Apart from {@link GitHistory}, since JGit's archive is signed: to check the signature, which the first class of it
 * asks for, takes longer than to start a short command, and most commands have nothing to do with git.
 */
final class CommitWalk {
    private static final FooterKey TEAM = new FooterKey("Team");
    private static final int MAX_FILES = 20;
    private static final int MAX_SUBJECT = 200;
    private static final int MAX_WALK = 100_000;

    private final Path folder;
    private final String ref;

    CommitWalk(Path folder, String ref) {
        this.folder = folder;
        this.ref = ref;
    }

    List<Change> changes(Instant from, Instant to, int limit) throws IOException, InterruptedException {
        try (Repository repository = open();
                RevWalk walk = new RevWalk(repository)) {
            ObjectId head = repository.resolve(ref);
            if (head == null) {
                throw new IOException("the git repository in " + folder + " has no " + ref);
            }
            walk.markStart(walk.parseCommit(head));
            List<Change> changes = new ArrayList<>();
            int walked = 0;
            for (RevCommit commit : walk) {
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                Instant at = Instant.ofEpochSecond(commit.getCommitTime());
                // A walk goes by commit time: what follows is older.
                if (changes.size() == limit || at.isBefore(from) || ++walked > MAX_WALK) {
                    break;
                }
                if (!at.isAfter(to)) {
                    changes.add(change(repository, commit, at));
                }
            }
            return changes;
        }
    }

    /** What keeps the repository from being read; empty when nothing does. */
    Optional<String> trouble() {
        try (Repository repository = open()) {
            return repository.resolve(ref) == null
                    ? Optional.of("the git repository in " + folder + " has no " + ref)
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    private Repository open() throws IOException {
        OwnSettingsOnly.install();
        FileRepositoryBuilder builder = new FileRepositoryBuilder();
        if (folder.getParent() != null) {
            // A repository further up is not the one that was meant.
            builder.addCeilingDirectory(folder.getParent().toFile());
        }
        builder.findGitDir(folder.toFile());
        if (builder.getGitDir() == null) {
            throw new IOException("there is no git repository in " + folder);
        }
        return builder.setMustExist(true).build();
    }

    private static Change change(Repository repository, RevCommit commit, Instant at) throws IOException {
        String subject = commit.getShortMessage();
        List<String> teams = commit.getFooterLines(TEAM);
        return new Change(
                at,
                subject.length() <= MAX_SUBJECT ? subject : subject.substring(0, MAX_SUBJECT) + "…",
                commit.abbreviate(10).name(),
                teams.isEmpty() ? "" : teams.getFirst(),
                files(repository, commit));
    }

    private static CanonicalTreeParser treeOf(Repository repository, RevCommit commit) throws IOException {
        try (ObjectReader reader = repository.newObjectReader()) {
            return new CanonicalTreeParser(new byte[0], reader, commit.getTree());
        }
    }

    private static List<String> files(Repository repository, RevCommit commit) throws IOException {
        try (DiffFormatter differ = new DiffFormatter(DisabledOutputStream.INSTANCE)) {
            differ.setRepository(repository);
            List<DiffEntry> entries = commit.getParentCount() == 0
                    ? differ.scan(new EmptyTreeIterator(), treeOf(repository, commit))
                    : differ.scan(commit.getParent(0).getId(), commit.getId());
            return entries.stream()
                    .limit(MAX_FILES)
                    .map(entry -> entry.getChangeType() == DiffEntry.ChangeType.DELETE
                            ? entry.getOldPath()
                            : entry.getNewPath())
                    .toList();
        }
    }
}
